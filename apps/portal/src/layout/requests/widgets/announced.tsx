import { all } from '../../form-body';
import { Checkboxes } from '../../forms';
import type { Widget } from './widget';

/** Kinds of documents that were announced and not uploaded yet. Nobody is asked to announce: there is nothing to tick where nothing is. */
export const announced: Widget = {
  draw: ({ name, field, body, choices }) => {
    const kinds = all(body, name);
    if (kinds.length === 0) return null;
    const offered = choices.options[String(field.choices)] ?? [];
    return (
      <Checkboxes
        name={name}
        legend={field.label}
        hint={field.hint}
        value={kinds}
        options={kinds.map((value) => offered.find((one) => one.value === value) ?? { value, text: value })}
      />
    );
  },
  read: (body, name) => all(body, name),
  write: (value: readonly string[] | undefined, name) => ({ [name]: [...(value ?? [])] }),
};
