import { type Obstacle, type Part, PARTS, type PartName, type UnitChangePreview } from '#lib/reorganisation';
import type { Problem } from '#lib/kernel';
import type { ChangedUnit, ItemKind, UnitChangeView } from '#lib/organisation';
import { type FormBody, one, ONCE_FIELD } from '../../../layout/form-body';
import { counted, moment } from '../../../layout/format';
import { Button, Buttons, PostForm, SelectField } from '../../../layout/forms';
import { Alert, Badge, Details, Facts, Link, List, Section, Table, Text } from '../../../layout/parts';
import { UNIT_KIND_NAME } from '../../../layout/words';
import { orderedFor } from '../../../layout/units/unit-change-words';
import { inShort } from '../../../layout/units/unit-change-words';
import { standing } from '../../../layout/units/unit-change-words';
import { FormProblem } from '../../../layout/form-problem';
import { assignables } from './plan';

interface ChangeProps {
  change: UnitChangeView;
  /** what it would touch; null when that is settled, or not for the reader */
  preview: UnitChangePreview | null;
  administers: boolean;
  /** the reader prepared it, so somebody else must confirm */
  mine: boolean;
  problem?: Problem | undefined;
  body: FormBody;
  once: string;
}

export const ChangeView = (props: ChangeProps) => {
  const { change, preview, problem, administers } = props;
  const [tone, text] = standing(change);
  return (
    <>
      <p className="kern-preline">{change.kindName}</p>
      <h1 className="kern-heading-large">{inShort(change)}</h1>
      <div className="dr-badges">
        <Badge tone={tone}>{text}</Badge>
      </div>
      <FormProblem problem={problem} />
      <Facts
        items={[
          ['Organisationsverfügung', change.basis],
          ['Gilt', change.effectiveAt ? `ab ${moment(change.effectiveAt)}` : orderedFor(change)],
          ['Stellen vorher', <Units units={change.sources} key="s" />],
          ['Stellen danach', change.targets.length > 0 ? <Units units={change.targets} key="t" /> : null],
          ['Vorbereitet von', change.preparedByName],
          ['Bestätigt von', change.confirmedByName],
        ]}
      />
      {preview && <Preview {...props} preview={preview} />}
      {administers && change.state === 'PREPARED' && <Decide {...props} />}
    </>
  );
};

const Units = ({ units }: { units: readonly ChangedUnit[] }) => (
  <List
    items={units.map(({ unitId, name, kind, isNew }) => (
      <>
        {isNew ? name : <Link href={`/organisation/units/${unitId}`}>{name}</Link>} ({UNIT_KIND_NAME[kind]})
        {isNew && ', neu'}
      </>
    ))}
  />
);

const Preview = (props: ChangeProps & { preview: UnitChangePreview }) => {
  const { sources, targets, obstacles, hints } = props.preview;
  return (
    <>
      <Section title="Was steht noch im Weg?">
        {obstacles.length === 0 ? (
          <Alert tone="success" title="Nichts steht im Weg">
            <Text>Eine zweite Person aus der Administration kann bestätigen.</Text>
          </Alert>
        ) : (
          <Alert
            tone="warning"
            title={`Erst sind ${counted(obstacles.length, 'Hindernis', 'Hindernisse')} zu beseitigen`}
          >
            <ul className="kern-list kern-list--bullet">
              {obstacles.map((obstacle, at) => (
                <li key={at}>
                  {obstacle.text} {obstacle.clearedBy} <Remedy obstacle={obstacle} />
                </li>
              ))}
            </ul>
          </Alert>
        )}
        {hints.length > 0 && (
          <>
            <h3 className="kern-title">Was danach anders ist</h3>
            <List items={hints} />
          </>
        )}
      </Section>
      <Assign {...props} />
      <Section title="Was wird berührt?">
        {sources.map((source) => (
          <section key={source.unitId} aria-labelledby={`von-${source.unitId}`}>
            <h3 className="kern-title" id={`von-${source.unitId}`}>
              {source.name}
            </h3>
            {PARTS.every((part) => source[part].count === 0) && <Text>Hier ist nichts berührt.</Text>}
            {PARTS.filter((part) => source[part].count > 0).map((part) => (
              <Details summary={`${PART_NAME[part]} (${source[part].count})`} key={part}>
                <Touches part={source[part]} caption={`${PART_NAME[part]}: ${source.name}`} />
              </Details>
            ))}
          </section>
        ))}
      </Section>
      {targets.length > 0 && (
        <Section title="Wer übernimmt?">
          <Table
            caption="Stellen, die übernehmen"
            hideCaption
            columns={[
              { head: 'Stelle' },
              { head: 'Datenprodukte', numeric: true },
              { head: 'Anträge', numeric: true },
              { head: 'Vereinbarungen', numeric: true },
              { head: 'Rollen an diesem Tag' },
            ]}
            rows={targets.map(({ name, isNew, arrives, roles }) => [
              name + (isNew ? ' (neu)' : ''),
              arrives.products,
              arrives.requests,
              arrives.agreements,
              roles
                .map(({ roleCode, personName, deputy }) => `${roleCode}${deputy ? ' (Vertretung)' : ''}: ${personName}`)
                .join('; ') || 'noch niemand',
            ])}
          />
        </Section>
      )}
    </>
  );
};

const PART_NAME: Record<PartName, string> = {
  products: 'Datenprodukte',
  requests: 'Offene Anträge',
  tasks: 'Offene Aufgaben',
  agreements: 'Vereinbarungen',
  appointments: 'Rollen',
  contracts: 'Verträge',
  machineClients: 'Anwendungen',
  departments: 'Abteilungen',
};

const Remedy = ({ obstacle: { code } }: { obstacle: Obstacle }) => {
  if (code === 'no_holder' || code === 'no_deputy')
    return <Link href="/administration/people">Person suchen und vorschlagen</Link>;
  return code.endsWith('_unassigned') ? <Link href="#zuordnen">Zur Zuordnung</Link> : null;
};

const Touches = ({ part: { count, items }, caption }: { part: Part; caption: string }) => (
  <>
    <Table
      caption={caption}
      hideCaption
      columns={[{ head: 'Was' }, { head: 'Angabe' }, { head: 'geht an' }]}
      rows={items.map((item) => [item.name, item.note, item.toUnitName ?? '–'])}
    />
    {items.length < count && <Text>Gezeigt werden die ersten {items.length}.</Text>}
  </>
);

const ITEM_NAME: Record<ItemKind, string> = {
  PRODUCT: 'Datenprodukt',
  REQUEST: 'Antrag',
  UNIT: 'Abteilung',
  CLIENT: 'Anwendung',
};

/** Who takes over what, one by one; only who prepared the change says so. */
const Assign = ({ change, preview, mine, problem, body, once }: ChangeProps & { preview: UnitChangePreview }) => {
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

const Decide = ({ change, preview, mine, once }: ChangeProps) => {
  const at = (step: string) => `/organisation-changes/${change.id}/${step}`;
  const free = preview !== null && preview.obstacles.length === 0;
  return (
    <Section title="Entscheiden">
      <Text>
        {mine
          ? 'Sie haben das vorbereitet. Eine andere Person aus der Administration muss bestätigen.'
          : free
            ? 'Bitte prüfen Sie die Vorschau. Mit Ihrer Bestätigung gilt die Änderung ab ihrem Tag. Zurück geht es nur mit einer neuen Verfügung.'
            : 'Bestätigen können Sie, sobald kein Hindernis mehr im Weg steht.'}
      </Text>
      <PostForm action={at('confirm')}>
        <input type="hidden" name={ONCE_FIELD} value={once} />
        <Buttons>
          {!mine && free && <Button>Änderung bestätigen</Button>}
          <Button kind="secondary" action={at('cancel')}>
            Änderung verwerfen
          </Button>
        </Buttons>
      </PostForm>
    </Section>
  );
};
