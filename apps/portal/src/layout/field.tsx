import { type FormField, INFORMATION_ONLY, informsOnly, isOptional } from '#lib/kernel';
import { NO, NONE, YES } from './field-values';
import { all, type FormBody, one, ticked } from './form-body';
import { Checkbox, Checkboxes, type Option, Radios, SelectField, TextField } from './forms';

export interface FieldProps {
  /** of the input in the browser */
  name: string;
  field: FormField;
  body: FormBody;
  /** choices of a list that the field only names */
  options?: readonly Option[];
  /** in place of the hint of the table, where it depends on what the form is about */
  hint?: string;
  /** neither marked as needed nor as optional: what is missing is said elsewhere */
  plain?: boolean;
}

const YES_NO: readonly Option[] = [
  { value: NO, text: 'Nein' },
  { value: YES, text: 'Ja' },
];

/** The hint of a field, with the mark of one that nothing follows from. */
export const hintOf = (field: FormField, said = field.hint): string | undefined =>
  informsOnly(field) ? [said, INFORMATION_ONLY].filter(Boolean).join(' – ') : said;

/** One field of a form by its kind. A widget is not drawn here. */
export const Field = ({
  name,
  field,
  body,
  options = choicesOf(field),
  hint: said = field.hint,
  plain,
}: FieldProps) => {
  const hint = hintOf(field, said);
  const shared = { name, hint };
  const text = { ...shared, label: field.label, optional: !plain && isOptional(field), plain, value: one(body, name) };
  switch (field.kind) {
    case 'line':
      return <TextField {...text} />;
    case 'text':
    case 'lines':
      return <TextField {...text} rows={field.rows ?? 3} />;
    case 'date':
      return <TextField {...text} type="date" />;
    case 'number':
      return <TextField {...text} type="number" width={4} />;
    case 'tick':
      return <Checkbox name={name} label={field.label} hint={hint} checked={ticked(body, name)} />;
    case 'yesNo':
      if (field.empty !== undefined) return <SelectField {...text} options={YES_NO} empty={field.empty} />;
      return <Radios {...shared} legend={field.label} value={one(body, name)} options={YES_NO} />;
    case 'oneOf':
      return field.radios ? (
        <Radios {...shared} legend={field.label} value={one(body, name)} options={options} />
      ) : (
        <SelectField {...text} options={options} empty={field.empty} />
      );
    case 'manyOf':
      return <Checkboxes {...shared} legend={field.label} value={all(body, name)} options={withNone(field, options)} />;
    case 'widget':
      throw new Error(`\`${name}\` is drawn by its widget`);
  }
};

const withNone = ({ none }: FormField, options: readonly Option[]): readonly Option[] =>
  none === undefined ? options : [{ value: NONE, text: none }, ...options];

const choicesOf = ({ choices }: FormField): Option[] =>
  typeof choices === 'object' ? Object.entries(choices).map(([value, text]) => ({ value, text })) : [];
