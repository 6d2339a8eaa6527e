import { counted, lastDay } from '../../../layout/format';
import { Alert, Badge, Details, Link, LinkButton, List, Section, Table, Text } from '../../../layout/parts';
import { GAP_TEXT } from '../../../layout/units/gap-badge';
import { UNIT_KIND_NAME } from '../../../layout/words';
import type { Branch, OrganisationModel } from './organisation.presenter';
import type { SeatView } from '../../../layout/units/unit-lines';

export const OrganisationView = ({ city, others, former }: OrganisationModel) => {
  const withGaps = [...city, ...others].flatMap(all).filter(({ gaps }) => gaps.length > 0);
  const count = withGaps.reduce((sum, { gaps }) => sum + gaps.length, 0);
  return (
    <>
      <h1 className="kern-heading-large">Organisation</h1>
      <Text>
        Hier sehen Sie die Stellen im Datenraum: welche Rechtsform sie haben, wer welche Rolle hat und wer vertritt.
      </Text>
      <div className="dr-buttons">
        <LinkButton href="/organisation/roles" kind="secondary">
          Alle Rollen und ihre Pflichten
        </LinkButton>
        <LinkButton href="/organisation-changes" kind="secondary">
          Änderungen der Organisation
        </LinkButton>
      </div>
      {count > 0 && (
        <Alert
          tone="info"
          title={counted(count, 'Rolle ist offen oder ohne Vertretung', 'Rollen sind offen oder ohne Vertretung')}
        >
          <Text>
            <Link href="#offen">Zur Liste der offenen Rollen</Link>
          </Text>
        </Alert>
      )}
      <Section title="Stadtverwaltung und Eigenbetriebe">
        <Tree branches={city} label="Stadtverwaltung und Eigenbetriebe" />
      </Section>
      {others.length > 0 && (
        <Section title="Gesellschaften und andere Parteien">
          <Text>Das sind eigene Rechtspersonen. Sie bekommen Daten nur mit einem Vertrag.</Text>
          <Tree branches={others} label="Gesellschaften und andere Parteien" />
        </Section>
      )}
      {count > 0 && (
        <Section title="Offene Rollen" id="offen">
          <Text>
            Offene Rollen sind kein Fehler. Eine Stelle ohne diese Rollen kann nur keine Daten anbieten oder beantragen.
            Fällt eine Person aus, geht eine laufende Entscheidung in der Regel an die Stelle darüber. Vorschlagen kann
            die Administration, bestellt wird zu zweit.
          </Text>
          <List
            items={withGaps.map(({ unit, gaps }) => (
              <>
                <Link href={`/organisation/units/${unit.id}`}>{unit.name}</Link>: {inWords(gaps)}
              </>
            ))}
          />
        </Section>
      )}
      {former.length > 0 && (
        <Details summary={`Frühere Stellen (${former.length})`}>
          <Table
            caption="Frühere Stellen"
            hideCaption
            columns={[{ head: 'Stelle' }, { head: 'Art' }, { head: 'bestand bis' }]}
            rows={former.map((unit) => [
              <Link href={`/organisation/units/${unit.id}`} key="u">
                {unit.name}
              </Link>,
              UNIT_KIND_NAME[unit.kind],
              lastDay(unit.validTo),
            ])}
          />
        </Details>
      )}
    </>
  );
};

const all = (branch: Branch): Branch[] => [branch, ...branch.below.flatMap(all)];

/** `nicht besetzt: …; ohne Vertretung: …` */
const inWords = (gaps: readonly SeatView[]): string =>
  (Object.keys(GAP_TEXT) as (keyof typeof GAP_TEXT)[])
    .map((kind) => [GAP_TEXT[kind], gaps.filter(({ gap }) => gap === kind).map(({ roleName }) => roleName)] as const)
    .filter(([, roles]) => roles.length > 0)
    .map(([text, roles]) => `${text}: ${roles.join(', ')}`)
    .join('; ');

const Tree = ({ branches, label }: { branches: readonly Branch[]; label?: string }) => (
  <ul className="dr-tree" aria-label={label}>
    {branches.map(({ unit, filled, gaps, below }) => {
      const empty = gaps.filter(({ gap }) => gap !== 'NO_DEPUTY');
      return (
        <li key={unit.id}>
          <div className="dr-tree__unit">
            <Link href={`/organisation/units/${unit.id}`}>{unit.name}</Link>
            <span className="kern-body kern-body--small kern-body--muted">
              {UNIT_KIND_NAME[unit.kind]}
              {unit.competition && ', im Wettbewerb'}, {counted(filled, 'Rolle besetzt', 'Rollen besetzt')}
            </span>
            {empty.length > 0 && <Badge tone="warning">{counted(empty.length, 'Rolle offen', 'Rollen offen')}</Badge>}
          </div>
          {below.length > 0 && <Tree branches={below} />}
        </li>
      );
    })}
  </ul>
);
