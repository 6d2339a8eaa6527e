import type { Count, ImpactReport } from '#lib/agreements';
import { counted } from '../../../layout/format';
import { DIRECTION_LABEL, ASPECT_LABEL } from '#lib/rulebook';
import { Details, Link, Facts, List, Text, Table, Section } from '../../../layout/parts';

export const inWords = ({ tried, changed, stricter, looser, other }: Count): string =>
  `${changed} von ${tried} wären anders: ${stricter} strenger, ${looser} großzügiger, ${other} anders`;
export const DecisionInShort = ({ summary }: { summary: ImpactReport['affected'][number]['before'] }) => (
  <Details summary={`${summary.outcomeName}${summary.chain.length > 0 ? ` (${summary.chain.join(' + ')})` : ''}`}>
    <List items={[...summary.rules, ...summary.steps, ...summary.obligations]} />
  </Details>
);

export const ImpactPage = ({ report, citywide }: { report: ImpactReport; citywide: boolean }) => (
  <>
    <h1 className="kern-heading-large">Auswirkungen von Fassung {report.version}</h1>
    <Text>
      Verglichen mit Fassung {report.comparedWith.version}, die heute gilt, auf denselben Angaben.{' '}
      {!citywide && 'Sie sehen die Vorgänge Ihrer Stelle.'}
    </Text>
    <Facts
      items={[
        ['Frühere Entscheidungen', inWords(report.decisions)],
        [
          'Laufende Vereinbarungen',
          `${inWords(report.agreements)}. ${report.agreements.rests} davon würden ruhen, bis die nötigen Stellen entschieden haben.`,
        ],
        ['Betroffene Stellen', report.units.map(({ name, changes }) => `${name} (${changes})`).join(', ')],
        ['Betroffene Datenprodukte', report.products.map(({ title, changes }) => `${title} (${changes})`).join(', ')],
      ]}
    />
    {report.affected.length > 0 && (
      <Section title="Was wäre anders?">
        <Text>
          {counted(report.affected.length, 'Vorgang', 'Vorgänge')}, laufende Vereinbarungen und strengere zuerst.
        </Text>
        <Table
          caption="Vorgänge, die anders entschieden würden"
          columns={[
            { head: 'Vorgang' },
            { head: 'Richtung' },
            { head: 'Datenprodukt' },
            { head: 'nutzt' },
            { head: 'gibt' },
            { head: 'vorher' },
            { head: 'nachher' },
          ]}
          rows={report.affected.map((one) => [
            <Link href={one.kind === 'AGREEMENT' ? `/agreements/${one.id}` : `/requests/${one.requestId}`} key={one.id}>
              {one.kind === 'AGREEMENT' ? 'Vereinbarung' : 'Antrag'} {one.number}
            </Link>,
            `${DIRECTION_LABEL[one.direction]}${one.rests ? ', würde ruhen' : ''} (${one.aspects.map((aspect) => ASPECT_LABEL[aspect]).join(', ')})`,
            one.productTitle,
            one.consumerUnit,
            one.providerUnit,
            <DecisionInShort summary={one.before} key="before" />,
            <DecisionInShort summary={one.after} key="after" />,
          ])}
        />
      </Section>
    )}
  </>
);
