import { PARTS, Obstacle, type Part, type PartName, type UnitChangePreview } from '#lib/reorganisation';
import { counted } from '../../../layout/format';
import { Link, Text, Table, Section, List, Details, Alert } from '../../../layout/parts';
import type { ChangeProps } from './organisation-change.props';
import { Assign } from './assign';

export const PART_NAME: Record<PartName, string> = {
  products: 'Datenprodukte',
  requests: 'Offene Anträge',
  tasks: 'Offene Aufgaben',
  agreements: 'Vereinbarungen',
  appointments: 'Rollen',
  contracts: 'Verträge',
  duties: 'Pflichtaufgaben',
  machineClients: 'Anwendungen',
  departments: 'Abteilungen',
};

export const Remedy = ({ obstacle: { code } }: { obstacle: Obstacle }) => {
  if (code === 'no_holder' || code === 'no_deputy')
    return <Link href="/administration/people">Person suchen und vorschlagen</Link>;
  return code.endsWith('_unassigned') ? <Link href="#zuordnen">Zur Zuordnung</Link> : null;
};

export const Touches = ({ part: { count, items }, caption }: { part: Part; caption: string }) => (
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

export const Preview = (props: ChangeProps & { preview: UnitChangePreview }) => {
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
