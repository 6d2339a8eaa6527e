import { Button, GetForm, SelectField, TextField } from '../../../layout/forms';
import { Badge, Link, Text } from '../../../layout/parts';
import type { CatalogueModel, Hit } from './catalogue.presenter';

export const CatalogueView = ({ query, hits, next, first, units, openness, themes, unitName }: CatalogueModel) => (
  <>
    <h1 className="kern-heading-large">Datenkatalog</h1>
    <Text>
      Hier sehen Sie, welche Daten es gibt.{' '}
      {unitName ? `Bei jedem Datenprodukt steht, ob Ihre Stelle (${unitName}) es voraussichtlich bekommt.` : ''} Die
      Daten selbst sind geschützt. Sie bekommen sie über einen Antrag.
    </Text>
    <GetForm action="/catalogue" label="Datenkatalog durchsuchen">
      <TextField
        name="q"
        label="Suchwort"
        type="search"
        value={query.q}
        hint="Zum Beispiel: Bäume, Gebäude, Baustellen"
        plain
      />
      <div className="dr-row">
        <SelectField
          name="unit"
          label="Bereitstellende Stelle"
          empty="Alle Stellen"
          value={query.unit}
          options={units}
          plain
        />
        <SelectField name="theme" label="Thema" empty="Alle Themen" value={query.theme} options={themes} plain />
        <SelectField name="openness" label="Offenheit" empty="Alle" value={query.openness} options={openness} plain />
      </div>
      <div className="dr-buttons">
        <Button>Suchen</Button>
        <Link href="/catalogue">Filter zurücksetzen</Link>
      </div>
    </GetForm>
    <h2 className="kern-heading-medium" id="treffer">
      {hits.length === 0
        ? 'Keine Treffer'
        : first && !next
          ? `${hits.length} ${hits.length === 1 ? 'Treffer' : 'Treffer'}`
          : 'Treffer'}
    </h2>
    {hits.length === 0 ? (
      <Text>Zu Ihrer Suche gibt es kein Datenprodukt. Versuchen Sie ein anderes Wort oder weniger Filter.</Text>
    ) : (
      <ul className="dr-hits" aria-labelledby="treffer">
        {hits.map((hit) => (
          <HitCard hit={hit} key={hit.id} />
        ))}
      </ul>
    )}
    {(next || !first) && (
      <nav className="dr-pagination" aria-label="Seiten der Trefferliste">
        <ul>
          {!first && (
            <li>
              <Link href="/catalogue">Zum Anfang</Link>
            </li>
          )}
          {next && (
            <li>
              <Link href={next}>Weitere Treffer</Link>
            </li>
          )}
        </ul>
      </nav>
    )}
  </>
);

const HitCard = ({ hit }: { hit: Hit }) => (
  <li className="kern-card">
    <div className="kern-card__container">
      <div className="kern-card__header">
        <p className="kern-preline">{hit.providerName}</p>
        <h3 className="kern-title">
          <a className="kern-link" href={`/products/${hit.id}`}>
            {hit.title}
          </a>
        </h3>
      </div>
      <div className="kern-card__body">
        <Text>{hit.summary}</Text>
        <div className="dr-badges">
          <Badge tone={hit.outlook.tone}>{hit.outlook.text}</Badge>
        </div>
        {hit.outlook.reason && <Text small>{hit.outlook.reason}</Text>}
      </div>
    </div>
  </li>
);
