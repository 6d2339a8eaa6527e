import { all } from '../../form-body';
import { Button, Buttons, Checkbox, Fieldset } from '../../forms';
import { Text } from '../../parts';
import type { Widget } from './widget';

/** Uploaded documents to tick, and the way to add one: the one place of a form where something is proved. */
export const documents: Widget = {
  draw: ({ name, field, body, choices }) => {
    const offered = choices.options[String(field.choices)] ?? [];
    const ticked = all(body, name);
    return (
      <Fieldset name={name} legend={field.label} hint={field.hint}>
        {offered.length === 0 && <Text muted>Ihre Stelle hat noch keinen Nachweis hochgeladen.</Text>}
        {offered.map(({ value, text, hint }) => (
          <Checkbox key={value} name={name} value={value} label={text} hint={hint} checked={ticked.includes(value)} />
        ))}
        {choices.uploads && (
          <Buttons>
            <Button kind="secondary" name="step" value="evidence">
              Nachweis hochladen
            </Button>
          </Buttons>
        )}
      </Fieldset>
    );
  },
  read: (body, name) => all(body, name),
  write: (value: readonly string[] | undefined, name) => ({ [name]: [...(value ?? [])] }),
};
