import { newId, type Problem } from '#lib/kernel';
import { type FormBody, one, ONCE_FIELD } from '../../../layout/form-body';
import { day } from '../../../layout/format';
import { Button, Buttons, type Option, PostForm, SelectField, TextField } from '../../../layout/forms';
import { Badge, Link, LinkButton, Table, Text } from '../../../layout/parts';
import { FormProblem } from '../../../layout/form-problem';
import type { WorkplaceModel } from './publish.presenter';

export const WorkplaceView = ({ products, mayCreate }: WorkplaceModel) => (
  <>
    <h1 className="kern-heading-large">Eigene Datenprodukte</h1>
    <Text>
      Die fachliche Betreuung beschreibt die Daten und lädt sie hoch. Eine zweite Person mit Datenverantwortung gibt sie
      frei.
    </Text>
    {mayCreate && (
      <div className="dr-buttons">
        <LinkButton href="/publish/new">Neues Datenprodukt anlegen</LinkButton>
      </div>
    )}
    {products.length === 0 ? (
      <Text>Ihre Stelle hat noch keine Datenprodukte.</Text>
    ) : (
      <Table
        caption="Datenprodukte Ihrer Stelle"
        columns={[{ head: 'Titel' }, { head: 'Stand' }, { head: 'Stelle' }, { head: 'Geändert am' }]}
        rows={products.map((product) => [
          <Link href={`/publish/${product.id}`} key="titel">
            {product.title}
          </Link>,
          <Badge tone={product.tone} key="stand">
            {product.stateName}
          </Badge>,
          product.providerName,
          day(product.modifiedAt),
        ])}
      />
    )}
  </>
);

export const NewProductView = ({
  units,
  body,
  problem,
}: {
  units: readonly Option[];
  body: FormBody;
  problem?: Problem;
}) => (
  <>
    <h1 className="kern-heading-large">Neues Datenprodukt</h1>
    <FormProblem problem={problem} />
    <PostForm action="/publish/new" faults={problem?.errors}>
      <input type="hidden" name={ONCE_FIELD} value={newId()} />
      <SelectField
        name="providerUnitId"
        label="Bereitstellende Stelle"
        value={one(body, 'providerUnitId')}
        options={units}
      />
      <TextField
        name="title"
        label="Titel"
        hint="So heißt das Datenprodukt im Katalog, zum Beispiel: Baumkataster"
        value={one(body, 'title')}
      />
      <TextField
        name="summary"
        label="Kurzbeschreibung"
        hint="Ein Satz: Was steht in den Daten?"
        rows={2}
        value={one(body, 'summary')}
      />
      <TextField
        name="key"
        label="Kurzname"
        hint="Kleinbuchstaben, Ziffern und Bindestriche, zum Beispiel: baumkataster"
        value={one(body, 'key')}
        optional
      />
      <Buttons>
        <Button>Entwurf anlegen</Button>
        <Link href="/publish">Abbrechen</Link>
      </Buttons>
    </PostForm>
  </>
);
