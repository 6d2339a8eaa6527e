import { all } from '../../form-body';
import { Checkbox, Checkboxes } from '../../forms';
import type { Widget } from './widget';

/** Those that fit the purpose are in sight, the others in the part that opens. */
export const legalBases: Widget = {
  draw: ({ name, field, body, choices }) => (
    <Checkboxes
      name={name}
      legend={field.label}
      hint={field.hint}
      value={all(body, name)}
      options={choices.options.suggestedBases ?? []}
    />
  ),
  drawMore: ({ name, body, choices }) => (
    <fieldset className="kern-fieldset">
      <legend className="kern-label kern-label--large">Andere Rechtsgrundlagen</legend>
      <div className="kern-fieldset__body">
        {(choices.options.otherBases ?? []).map(({ value, text, hint }) => (
          <Checkbox
            key={value}
            name={name}
            value={value}
            label={text}
            hint={hint}
            checked={all(body, name).includes(value)}
          />
        ))}
      </div>
    </fieldset>
  ),
  read: (body, name) => all(body, name),
  write: (value: readonly string[] | undefined, name) => ({ [name]: [...(value ?? [])] }),
};
