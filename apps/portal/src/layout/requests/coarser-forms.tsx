import { type Field, maskOf } from '#lib/catalogue';
import { type CoarserField, formInWords } from '#lib/requests';
import { all, type FormBody, given, one } from '../form-body';
import { Fieldset, type Option, SelectField } from '../forms';

/** A field that may come coarser, with the forms its product declares; `at` is its place among the fields, from 0. */
export interface CoarserChoice {
  name: string;
  at: number;
  options: Option[];
}

export const coarserChoices = (fields: readonly Pick<Field, 'name' | 'generalisations'>[]): CoarserChoice[] =>
  fields.flatMap(({ name, generalisations }, at) =>
    generalisations.length === 0
      ? []
      : [
          {
            name,
            at,
            options: generalisations.map((one) => ({ value: JSON.stringify(maskOf(one)), text: formInWords(one) })),
          },
        ],
  );

/** The chosen forms of fields that are ticked; the options carry their mask as JSON, and the use case looks whether it is declared. */
export function coarserOf(body: FormBody, names: readonly string[]): CoarserField[] {
  const ticked = all(body, 'fields');
  return names.flatMap((field, at) => {
    const chosen = given(body, `coarser-${at}`);
    return chosen && ticked.includes(field) ? [{ field, mask: chosenMask(chosen) }] : [];
  });
}

/** What is no mask is a mask no product declares: refused, never left out. */
function chosenMask(text: string): CoarserField['mask'] {
  try {
    return JSON.parse(text) as CoarserField['mask'];
  } catch {
    return { kind: 'redact', with: '' };
  }
}

interface CoarserFormsProps {
  body: FormBody;
  coarser: readonly CoarserChoice[];
  legend: string;
  hint: string;
  /** what no choice means */
  asItIs: string;
}

export const CoarserForms = ({ body, coarser, legend, hint, asItIs }: CoarserFormsProps) =>
  coarser.length === 0 ? null : (
    <Fieldset name="coarser" legend={legend} hint={hint}>
      {coarser.map(({ name, at, options }) => (
        <SelectField
          key={name}
          name={`coarser-${at}`}
          label={name}
          value={one(body, `coarser-${at}`)}
          options={options}
          empty={asItIs}
          plain
        />
      ))}
    </Fieldset>
  );
