import { all, type FormBody } from '../../form-body';
import { SelectField } from '../../forms';
import type { Widget } from './widget';

/** The first has the name of the field, so that its faults find it. */
const nameAt = (name: string, at: number): string => (at === 0 ? name : `${name}-${at}`);

const read = (body: FormBody, name: string): string[] => [
  ...new Set(
    Object.keys(body)
      .filter((key) => key === name || (key.startsWith(`${name}-`) && /^\d{1,2}$/.test(key.slice(name.length + 1))))
      .flatMap((key) => all(body, key)),
  ),
];

/** Other units, each in a list of its own: as many as are named, at least one. */
export const onward: Widget = {
  draw: ({ name, field, body, choices }) => {
    const chosen = read(body, name);
    return (chosen.length > 0 ? chosen : ['']).map((value, at) => (
      <SelectField
        key={at}
        name={nameAt(name, at)}
        label={field.label}
        value={value}
        options={choices.options[String(field.choices)] ?? []}
        empty={field.empty}
        optional
      />
    ));
  },
  read,
  write: (value: readonly string[] | undefined, name) =>
    Object.fromEntries((value?.length ? value : ['']).map((one, at) => [nameAt(name, at), one])),
};
