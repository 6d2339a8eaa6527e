import type { UnitChangePreview } from '#lib/reorganisation';
import type { ItemKind } from '#lib/organisation';
import { one, ONCE_FIELD } from '../../../layout/form-body';
import { Button, Buttons, PostForm, SelectField } from '../../../layout/forms';
import { Section, Text } from '../../../layout/parts';
import type { ChangeProps } from './organisation-change.props';
import { assignables } from './plan';

const ITEM_NAME: Record<ItemKind, string> = {
  PRODUCT: 'Datenprodukt',
  REQUEST: 'Antrag',
  UNIT: 'Abteilung',
  CLIENT: 'Anwendung',
};

/** Who takes over what: each thing of the units that end, with the unit it goes to. */
export const Assign = ({
  change,
  preview,
  mine,
  problem,
  body,
  once,
}: ChangeProps & { preview: UnitChangePreview }) => {
  const items = assignables(change.kind, preview.sources);
  if (items.length === 0 || change.targets.length === 0) return null;
  const targets = change.targets.map(({ unitId, name }) => ({ value: unitId, text: name }));
  return (
    <Section title="Wer übernimmt was?" id="zuordnen">
      {!mine ? (
        <Text>Die Zuordnung legt fest, wer die Änderung vorbereitet hat. Was wohin geht, sehen Sie unten.</Text>
      ) : (
        <PostForm action={`/organisation-changes/${change.id}/items`} faults={problem?.errors}>
          <input type="hidden" name={ONCE_FIELD} value={once} />
          <input type="hidden" name="items" value={items.length} />
          {items.map(({ kind, id, name, toUnitId }, at) => (
            <div key={`${kind} ${id}`}>
              <input type="hidden" name={`kind-${at}`} value={kind} />
              <input type="hidden" name={`item-${at}`} value={id} />
              <SelectField
                name={`to-${at}`}
                label={`${ITEM_NAME[kind]}: ${name}`}
                value={one(body, `to-${at}`) || toUnitId}
                empty="Noch offen"
                options={targets}
              />
            </div>
          ))}
          <Buttons>
            <Button>Zuordnung speichern</Button>
          </Buttons>
        </PostForm>
      )}
    </Section>
  );
};
