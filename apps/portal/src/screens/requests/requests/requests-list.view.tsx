import { day } from '../../../layout/format';
import { Text, Table, Link, Badge, Pagination, LinkButton } from '../../../layout/parts';
import { Noted } from '../../../layout/requests/case-note';
import { type RequestsModel, STATE_TONE } from './requests.presenter';

export const RequestsView = ({ side, sides, items, page, pages, mayAsk }: RequestsModel) => (
  <>
    <h1 className="kern-heading-large">Anträge</h1>
    <nav className="dr-tabs" aria-label="Welche Anträge">
      <ul>
        {sides.map((one) => (
          <li key={one.side}>
            <a href={`/requests?side=${one.side}`} aria-current={one.side === side ? 'page' : undefined}>
              {one.text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
    {items.length === 0 ? (
      <Text>Hier gibt es noch keine Anträge.</Text>
    ) : (
      <Table
        caption={`Anträge: ${sides.find((one) => one.side === side)?.text}`}
        columns={[
          { head: 'Nummer' },
          { head: 'Stand' },
          { head: 'Datenprodukt' },
          { head: 'Anfragende Stelle' },
          { head: 'Vorhaben' },
          { head: 'Gestellt am' },
        ]}
        rows={items.map((item) => [
          <Link href={`/requests/${item.id}`} key="nummer">
            {item.number}
          </Link>,
          <Badge tone={STATE_TONE[item.state]} key="stand">
            {item.stateName}
          </Badge>,
          <Noted note={item.note} key="produkt">
            {item.productTitle}
          </Noted>,
          item.consumerUnitName,
          item.project,
          day(item.submittedAt),
        ])}
      />
    )}
    <Pagination
      page={page}
      pages={pages}
      address={(to) => `/requests?side=${side}&page=${to}`}
      label="Seiten der Anträge"
    />
    {!mayAsk && (
      <div className="dr-buttons">
        <LinkButton href="/rule-proposals" kind="tertiary">
          Vorschläge für Regeln
        </LinkButton>
      </div>
    )}
    {mayAsk && (
      <div className="dr-buttons">
        <LinkButton href="/catalogue" kind="secondary">
          Datenprodukt suchen und Zugang beantragen
        </LinkButton>
      </div>
    )}
  </>
);
