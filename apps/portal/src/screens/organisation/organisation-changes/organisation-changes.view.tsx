import { UNIT_CHANGE_KIND_LABEL, UNIT_CHANGE_KINDS, type UnitChangeKind, type UnitChangeView } from '#lib/organisation';
import { Button, Buttons, GetForm, Radios } from '../../../layout/forms';
import { Badge, Link, LinkButton, Section, Table, Text } from '../../../layout/parts';
import { inShort, standing } from '../../../layout/units/unit-change-words';

export const KIND_SAYS: Record<UnitChangeKind, string> = {
  RENAME: 'Eine Stelle bekommt einen neuen Namen. Sonst bleibt alles.',
  MERGE: 'Mehrere Stellen gehen in einer auf, die es schon gibt oder die neu entsteht.',
  SPLIT: 'Eine Stelle endet, ihre Aufgaben gehen auf mehrere über.',
  DISSOLVE: 'Eine Stelle endet. Ihre Datenprodukte können andere übernehmen, ihre Anträge niemand.',
  MOVE: 'Eine Stelle gehört künftig zu einer anderen.',
};

export const ChangesView = ({ changes, administers }: { changes: readonly UnitChangeView[]; administers: boolean }) => (
  <>
    <h1 className="kern-heading-large">Änderungen der Organisation</h1>
    <Text>
      Stellen werden umbenannt, zusammengelegt, geteilt, aufgelöst oder neu zugeordnet. Eine Person bereitet vor, eine
      zweite bestätigt. Nichts wird gelöscht: alte Namen und Stellen bleiben als Geschichte stehen.
    </Text>
    {administers && (
      <div className="dr-buttons">
        <LinkButton href="/organisation-changes/new">Änderung vorbereiten</LinkButton>
      </div>
    )}
    <Section title="Alle Änderungen">
      {changes.length === 0 ? (
        <Text>Noch keine.</Text>
      ) : (
        <Table
          caption="Änderungen, neueste zuerst"
          hideCaption
          columns={[
            { head: 'Änderung' },
            { head: 'Stand' },
            { head: 'Organisationsverfügung' },
            { head: 'vorbereitet von' },
            { head: 'bestätigt von' },
          ]}
          rows={changes.map((change) => {
            const [tone, text] = standing(change);
            return [
              <Link href={`/organisation-changes/${change.id}`} key="c">
                {change.kindName}: {inShort(change)}
              </Link>,
              <Badge tone={tone} key="s">
                {text}
              </Badge>,
              change.basis,
              change.preparedByName,
              change.confirmedByName ?? '–',
            ];
          })}
        />
      )}
    </Section>
  </>
);

export const ChangeKindView = () => (
  <>
    <h1 className="kern-heading-large">Änderung der Organisation vorbereiten</h1>
    <Text>Schritt 1 von 3: Was soll sich ändern?</Text>
    <GetForm action="/organisation-changes/new">
      <Radios
        name="kind"
        legend="Art der Änderung"
        value="RENAME"
        options={UNIT_CHANGE_KINDS.map((value) => ({
          value,
          text: UNIT_CHANGE_KIND_LABEL[value],
          hint: KIND_SAYS[value],
        }))}
      />
      <Buttons>
        <Button>Weiter</Button>
      </Buttons>
    </GetForm>
  </>
);
