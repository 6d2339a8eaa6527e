import type { Obligation, Parameter } from '../engine/decision';
import type { ObligationText } from './law.schema';

/** An obligation as people read it, in the words of one law book. */
export interface ObligationWords {
  name: string;
  meaning: string;
  /** `90 Tage`, names of fields, `fehlt noch`; empty when it has none */
  parameters: string;
  /** how it is kept: `technisch durchgesetzt` */
  label: string;
}

/** The values of an obligation with the words and units that `obligations.yaml` gives them. */
export function parametersInWords({ params }: Obligation, text: ObligationText | undefined): string {
  return Object.entries(params)
    .map(([name, value]) => {
      const { unit, words = {} } = text?.params?.find((param) => param.name === name) ?? {};
      const said = [value].flat().map((one) => inWords(one, words));
      return [said.join(', '), ...(unit ? [unit] : [])].join(' ');
    })
    .join('; ');
}

const inWords = (value: Exclude<Parameter, string[]>, words: Readonly<Record<string, string>>): string => {
  if (typeof value === 'number') return value.toLocaleString('de-DE');
  return Object.hasOwn(words, value) ? words[value]! : value;
};
