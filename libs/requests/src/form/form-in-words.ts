import type { LabelList, Ruleset } from '#lib/policy';
import { type AnyForm, type Names, type RequestField, type RequestFieldTable, valueIn } from './request-field';

/** What a filled-in form says, statement by statement, in the order of its table. */
export function whatWasAskedFor(
  fields: RequestFieldTable,
  form: AnyForm,
  names: Names,
): [label: string, words: string][] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const words = [inWords(name, field, form, names)].flat().filter((one) => one !== null && one !== '');
    const told = words.length === 0 && field.unsaid !== undefined && !tellsNothing(field) ? [field.unsaid] : words;
    return told.map((one): [string, string] => [calledAs(field), one!]);
  });
}
const tellsNothing = (field: RequestField): boolean => field.section === 'given';

/** What a field is called where it is read. */
export const calledAs = (field: Pick<RequestField, 'said' | 'label'>): string => field.said ?? field.label;

/** The lines the agreement takes from the form as it is, each with the section it stands under. */
export function clausesOf(fields: RequestFieldTable, form: AnyForm, names: Names): { under: string; line: string }[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const { binds, clause = { under: 'Weitere Angaben' } } = field;
    if (!binds.includes('term') || clause === 'narrowed') return [];
    const words = [inWords(name, field, form, names)].flat().filter((one) => one !== null && one !== '');
    const called = calledAs(field).replace(/\?$/, '');
    return words.map((one) => ({ under: clause.under, line: 'bare' in clause ? one! : `${called}: ${one}` }));
  });
}

/** Null when nothing was said, or when another field tells it. */
function inWords(name: string, field: RequestField, form: AnyForm, names: Names): string | readonly string[] | null {
  if (field.words) return field.words(form as never, names);
  const value = valueIn(form, name, field);
  if (value === undefined || value === null || value === '') return null;
  const { choices } = field;
  const named = (one: unknown): string =>
    typeof choices === 'object' ? (choices[String(one)] ?? String(one)) : names(choices ?? name, String(one));
  switch (field.kind) {
    case 'tick':
      return value === true ? 'ja' : null;
    case 'yesNo':
      return value === true ? 'ja' : 'nein';
    case 'oneOf':
      return named(value);
    case 'manyOf':
      return (value as unknown[]).map(named).join(', ');
    case 'lines':
      return (value as string[]).join(', ');
    case 'date':
      return String(value).split('-').reverse().join('.');
    case 'number':
      return [String(value).replace('.', ','), field.unit].filter(Boolean).join(' ');
    case 'line':
    case 'text':
      return String(value);
    case 'widget':
      throw new Error(`the widget \`${name}\` needs words of its own`);
  }
}

/** Words for the codes and ids of a form: by a law book, and the names of the units. */
export const namesOf =
  (ruleset: Pick<Ruleset, 'purposes' | 'legalBases' | 'label'>, units: ReadonlyMap<string, string>): Names =>
  (list, code) => {
    switch (list) {
      case 'ownUnits':
      case 'otherUnits':
        return units.get(code) ?? 'unbekannte Stelle';
      case 'purposes':
      case 'legalBases':
        return ruleset[list].find((one) => one.code === code)?.name ?? code;
      default:
        return ruleset.label(list as LabelList, code);
    }
  };
