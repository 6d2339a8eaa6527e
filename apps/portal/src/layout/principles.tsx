import type { ProofView, ShownDifference } from '#lib/rulebook';
import { counted, moment } from './format';
import { Details, Facts, List, Section, Table, Text } from './parts';

type Report = NonNullable<ProofView['report']>;
type Principle = Report['principles'][number];
type ShownExchange = ShownDifference['example'];

export const isProved = ({ verdict, proof }: Principle): boolean => verdict === 'HOLDS' && proof?.accepted === true;

const VERDICT: Record<Principle['verdict'], string> = {
  HOLDS: 'bewiesen',
  REFUTED: 'gilt nicht',
  EMPTY: 'spricht von nichts',
};
const verdictOf = (one: Principle): string =>
  one.verdict === 'HOLDS' && !isProved(one) ? 'Beweis nicht anerkannt' : VERDICT[one.verdict];

/** In one sentence, whether and when the principles of a text were proved. */
export const ProofState = ({ proof }: { proof: ProofView }) => {
  if (proof.promised === 0) return <Text>Nicht bewiesen. Dieses Regelwerk enthält keine Leitsätze.</Text>;
  if (!proof.report)
    return <Text>Nicht bewiesen. Das Regelwerk enthält {counted(proof.promised, 'Leitsatz', 'Leitsätze')}.</Text>;
  const proved = proof.report.principles.filter(isProved).length;
  return (
    <Text>
      {proof.holds
        ? `Bewiesen am ${moment(proof.provedAt)}: ${counted(proved, 'Leitsatz', 'Leitsätze')}, jeder über alle Anfragen, die es geben kann, und unabhängig nachgeprüft.`
        : `Geprüft am ${moment(proof.provedAt)}: ${proved} von ${proof.report.principles.length} Leitsätzen sind bewiesen.`}
      {!proof.current && ' Der Beweis stammt von einer früheren Fassung des Programms.'}
    </Text>
  );
};

/** Every principle with its source and what became of it. */
export const PrincipleTable = ({ principles }: { principles: readonly Principle[] }) => (
  <Table
    caption="Leitsätze mit Quelle und Beweis"
    columns={[{ head: 'Leitsatz' }, { head: 'Was er sagt' }, { head: 'Quelle' }, { head: 'Beweis' }]}
    rows={principles.map((one) => [
      one.id,
      [one.sentence, ...one.exceptions.map((because) => `Ausnahme: ${because}`)].join(' '),
      one.source,
      verdictOf(one),
    ])}
  />
);

/** An exchange that breaks a principle, or that two law books decide otherwise. */
export const Exchange = ({ exchange: { facts, decided } }: { exchange: ShownExchange }) => (
  <>
    {facts.length > 0 ? (
      <List items={facts} />
    ) : (
      <Text>Es ist der gewöhnlichste Austausch: nichts an ihm ist besonders.</Text>
    )}
    <Text>Entscheidung: {decided}.</Text>
  </>
);

/** By which texts and which program it was proved. */
export const ProofNames = ({ proof }: { proof: ProofView }) =>
  proof.report && (
    <Details summary="Kennungen des Beweises">
      <Facts
        items={[
          ['Leitsätze', <code key="principles">{proof.principlesHash}</code>],
          ['Beweise', <code key="proof">{proof.proofHash}</code>],
          ['Programm, das bewiesen hat', <code key="program">{proof.program}</code>],
        ]}
      />
    </Details>
  );

/** Rules without effect and parts that never match, by name. */
export const IdleParts = ({ idle }: { idle: NonNullable<Report['idle']> }) => (
  <Section title="Was nichts bewirkt">
    <Text>
      {idle.rules.length === 0
        ? 'Jede Regel bewirkt etwas.'
        : `${counted(idle.rules.length, 'Regel oder Grundregel ändert', 'Regeln und Grundregeln ändern')} keine Entscheidung; sie nennen nur einen weiteren Grund.`}{' '}
      {idle.proven ? 'Das ist bewiesen.' : 'Der Beweis dafür wurde nicht anerkannt.'}
    </Text>
    {idle.rules.length > 0 && (
      <Details summary="Regeln ohne Wirkung">
        <List items={idle.rules} />
      </Details>
    )}
    {idle.never.length > 0 && (
      <Details summary={`${counted(idle.never.length, 'Teil einer Regel trifft', 'Teile von Regeln treffen')} nie zu`}>
        <List
          items={idle.never.map(
            ({ id, steps }) => `${id}${steps.length > 0 ? ` mit dem Schritt ${steps.join(', ')}` : ''}`,
          )}
        />
      </Details>
    )}
  </Section>
);
