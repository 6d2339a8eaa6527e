import { day, lastDay } from '../../../layout/format';
import { Alert, Badge, Facts, Link, List, Section, Table, Text } from '../../../layout/parts';
import { CONTRACT_KIND_NAME, UNIT_KIND_NAME } from '../../../layout/words';
import type { UnitModel } from './unit.presenter';
import type { ContractLine } from './unit.presenter';
import type { HeldRole, Seat } from '../../../layout/units/seats';
import { GapBadge } from '../../../layout/units/gap-badge';

const STANDING: Record<Exclude<ContractLine['standing'], 'VALID'>, string> = {
  FUTURE: 'gilt noch nicht',
  ENDED: 'beendet',
};

export const UnitView = ({ unit, above, below, seats, contracts, duties, ended, history, before }: UnitModel) => (
  <>
    <p className="kern-preline">{UNIT_KIND_NAME[unit.kind]}</p>
    <h1 className="kern-heading-large">{unit.name}</h1>
    {ended && (
      <Alert tone="info" title={`Diese Stelle bestand bis ${lastDay(unit.validTo)}`}>
        <Text>
          Ihre Einträge bleiben als Geschichte stehen.{' '}
          {history.standsFor && (
            <>
              An ihrer Stelle handelt heute:{' '}
              <Link href={`/organisation/units/${history.standsFor.unitId}`}>{history.standsFor.name}</Link>.
            </>
          )}
        </Text>
      </Alert>
    )}
    <Facts
      items={[
        ['Rechtsform', UNIT_KIND_NAME[unit.kind] + (unit.competition ? ', steht im Wettbewerb' : '')],
        ['Gehört zu', above.length > 0 ? <UnitLink unit={above.at(-1)!} key="a" /> : null],
        ['Besteht seit', day(unit.validFrom)],
      ]}
    />
    <Section title="Rollen und Vertretungen">
      {seats.length === 0 ? (
        <Text>Diese Stelle hat keine Rolle im Datenraum.</Text>
      ) : (
        <Table
          caption={`Rollen und Vertretungen: ${unit.name}`}
          hideCaption
          columns={[{ head: 'Rolle' }, { head: 'Wer' }, { head: 'Vertretung' }]}
          rows={seats.map((seat) => [
            <>
              {seat.roleName} <GapBadge seat={seat} />
            </>,
            <People people={seat.holders} nobody="niemand" key="h" />,
            <Deputies seat={seat} key="d" />,
          ])}
        />
      )}
      {seats.some(({ gap }) => gap === 'EMPTY') && (
        <Text>
          Ist eine Rolle nicht besetzt, geht eine Entscheidung in der Regel an die Stelle darüber. Die Administration
          kann eine Person vorschlagen.
        </Text>
      )}
    </Section>
    <Section title="Verträge mit anderen Parteien">
      {contracts.length === 0 ? (
        <Text>Es steht kein Vertrag im Register.</Text>
      ) : (
        <Table
          caption={`Verträge: ${unit.name}`}
          hideCaption
          columns={[{ head: 'Partei' }, { head: 'gilt bis' }, { head: 'Art' }, { head: 'Fundstelle' }]}
          rows={contracts.map((one) => [
            <Link href={`/organisation/units/${one.partnerId}`} key="p">
              {one.partnerName}
            </Link>,
            <>
              {lastDay(one.validTo)}{' '}
              {one.standing !== 'VALID' && (
                <Badge tone={one.standing === 'ENDED' ? 'warning' : 'info'}>{STANDING[one.standing]}</Badge>
              )}
            </>,
            CONTRACT_KIND_NAME[one.kind] + (one.signedBy ? `, geschlossen von: ${one.signedBy}` : ''),
            one.reference,
          ])}
        />
      )}
    </Section>
    <Section title="Pflichtaufgaben">
      {duties.length === 0 ? <Text>Es steht keine Pflichtaufgabe im Verzeichnis.</Text> : <List items={duties} />}
      <Text>
        <Link href="/duties">Alle Pflichtaufgaben der Stellen</Link>
      </Text>
    </Section>
    {(history.formerNames.length > 0 || before.length > 0) && (
      <Section title="Geschichte">
        <List
          items={[
            ...history.formerNames.map(
              ({ name, from, until }) => `Hieß vom ${day(from)} bis ${lastDay(until)}: ${name}`,
            ),
            ...before.map((one) => (
              <>
                Seit {day(one.at)} {one.whole ? 'an der Stelle von' : 'für einzelne Vorgänge an der Stelle von'}:{' '}
                <Link href={`/organisation/units/${one.id}`}>{one.name}</Link>
              </>
            )),
          ]}
        />
      </Section>
    )}
    {below.length > 0 && (
      <Section title="Stellen darunter">
        <List
          items={below.map((one) => (
            <UnitLink unit={one} key={one.id} />
          ))}
        />
      </Section>
    )}
  </>
);

const UnitLink = ({ unit }: { unit: UnitModel['unit'] }) => (
  <Link href={`/organisation/units/${unit.id}`}>{unit.name}</Link>
);

const since = ({ name, validFrom, validTo, scope, absent }: HeldRole): string =>
  [
    `${name}, seit ${day(validFrom)}`,
    validTo && `bis ${lastDay(validTo)}`,
    scope && `für ${scope}`,
    absent && 'zurzeit abwesend',
  ]
    .filter(Boolean)
    .join(', ');

const People = ({ people, nobody }: { people: readonly HeldRole[]; nobody: string }) =>
  people.length === 0 ? (
    nobody
  ) : (
    <ul className="dr-plain">
      {people.map((one) => (
        <li key={one.id}>{since(one)}</li>
      ))}
    </ul>
  );

/** A deputy of one of several holders is shown with whom they stand in for. */
const Deputies = ({ seat }: { seat: Seat }) => {
  if (seat.deputies.length === 0) return 'keine';
  const principal = (id: string | null) => seat.holders.find((one) => one.id === id)?.name;
  return (
    <ul className="dr-plain">
      {seat.deputies.map((one) => (
        <li key={one.id}>
          {since(one)}
          {seat.holders.length > 1 && principal(one.deputyOf) ? `, für ${principal(one.deputyOf)}` : ''}
        </li>
      ))}
    </ul>
  );
};
