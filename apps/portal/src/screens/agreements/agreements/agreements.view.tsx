import type { AgreementConcern, AgreementLine } from '#lib/agreements';
import { day, lastDay } from '../../../layout/format';
import { Badge, Link, Pagination, Section, Table, Text } from '../../../layout/parts';
import { AGREEMENT_TONE } from '../../../layout/tones';

interface AgreementsProps {
  /** what asks for the reader */
  concerns: readonly AgreementConcern[];
  sides: Record<string, string>;
  side: string;
  items: readonly AgreementLine[];
  page: number;
  pages: number;
}

export const AgreementsView = ({ concerns, sides, side, items, page, pages }: AgreementsProps) => (
  <>
    <h1 className="kern-heading-large">Vereinbarungen</h1>
    <Text>Eine Vereinbarung ist für beide Seiten derselbe Text. Geliefert wird nur, solange sie in Kraft ist.</Text>
    <Concerns
      title="Ausgesetzte Vereinbarungen"
      id="resting"
      text="Zurzeit fließen hier keine Daten. Sobald die Gründe behoben sind, gilt die Vereinbarung von selbst wieder."
      items={concerns.filter(({ kind }) => kind === 'RESTS')}
    />
    <Concerns
      title="Verträge, die bald enden"
      id="contracts"
      text="Endet der Vertrag, fließen keine Daten mehr. Schließen Sie den nächsten rechtzeitig. Das Rechtsamt trägt ihn ein."
      items={concerns.filter(({ kind }) => kind === 'CONTRACT_ENDS')}
    />
    <nav className="dr-tabs" aria-label="Welche Vereinbarungen">
      <ul>
        {Object.entries(sides).map(([value, text]) => (
          <li key={value}>
            <a href={`/agreements?side=${value}`} aria-current={value === side ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
    {items.length === 0 ? (
      <Text>Hier gibt es noch keine Vereinbarungen.</Text>
    ) : (
      <Table
        caption={`Vereinbarungen: ${sides[side]}`}
        columns={[
          { head: 'Nummer' },
          { head: 'Stand' },
          { head: 'Datenprodukt' },
          { head: 'Von' },
          { head: 'An' },
          { head: 'Gültig' },
        ]}
        rows={items.map((item) => [
          <Link href={`/agreements/${item.id}`} key="nummer">
            {item.number}
          </Link>,
          <Badge tone={AGREEMENT_TONE[item.state]} key="stand">
            {item.stateName}
          </Badge>,
          item.productTitle,
          item.providerUnitName,
          item.consumerUnitName,
          `${day(item.validFrom)} bis ${lastDay(item.validUntil)}`,
        ])}
      />
    )}
    <Pagination
      page={page}
      pages={pages}
      address={(to) => `/agreements?side=${side}&page=${to}`}
      label="Seiten der Vereinbarungen"
    />
  </>
);

const Concerns = ({
  title,
  id,
  text,
  items,
}: {
  title: string;
  id: string;
  text: string;
  items: readonly AgreementConcern[];
}) =>
  items.length === 0 ? null : (
    <Section title={title} id={id}>
      <Text>{text}</Text>
      <Table
        caption={title}
        hideCaption
        columns={[{ head: 'Vereinbarung' }, { head: 'Datenprodukt' }, { head: 'Grund' }]}
        rows={items.map((item) => [
          <Link href={`/agreements/${item.id}`} key="nummer">
            {item.number}
          </Link>,
          item.productTitle,
          item.because.join(' '),
        ])}
      />
    </Section>
  );
