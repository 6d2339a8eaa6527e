import type { AgreementLine } from '#lib/agreements';
import { day, lastDay } from '../../../layout/format';
import { Badge, Link, Pagination, Table, Text } from '../../../layout/parts';
import { AGREEMENT_TONE } from '../../../layout/tones';

interface AgreementsProps {
  sides: Record<string, string>;
  side: string;
  items: readonly AgreementLine[];
  page: number;
  pages: number;
}

export const AgreementsView = ({ sides, side, items, page, pages }: AgreementsProps) => (
  <>
    <h1 className="kern-heading-large">Vereinbarungen</h1>
    <Text>Eine Vereinbarung ist für beide Seiten derselbe Text. Geliefert wird nur, solange sie in Kraft ist.</Text>
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
