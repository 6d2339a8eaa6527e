import type { Missing } from '#lib/catalogue';
import { newId, type Problem } from '#lib/kernel';
import { type FormBody, one, ONCE_FIELD } from '../../../layout/form-body';
import { count, day } from '../../../layout/format';
import { Button, Buttons, type Option, PostForm, SelectField, TextField } from '../../../layout/forms';
import { fieldId } from '../../../layout/page-context';
import { Alert, Badge, Link, LinkButton, Section, Table, Text } from '../../../layout/parts';
import { FormProblem } from '../../../layout/form-problem';
import type { WorkModel, WorkplaceModel } from './publish.presenter';

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

export const WorkView = ({ work, problem }: { work: WorkModel; problem?: Problem }) => (
  <>
    <h1 className="kern-heading-large">{work.title}</h1>
    <div className="dr-badges">
      <Badge tone={work.tone}>{work.stateName}</Badge>
    </div>
    <Text>{work.summary}</Text>
    <FormProblem problem={problem ? withoutLinks(problem) : undefined} />
    {work.mayEdit && (
      <div className="dr-buttons">
        <LinkButton href={`/publish/${work.id}/card`} kind="secondary">
          Beschreibung bearbeiten
        </LinkButton>
        <LinkButton href={`/publish/${work.id}/upload`} kind="secondary">
          Daten hochladen
        </LinkButton>
      </div>
    )}
    <Section title="Was fehlt noch?">
      <Completeness
        missing={work.toShow}
        work={work}
        done="Für „intern sichtbar“ ist alles da."
        title="Damit andere die Beschreibung sehen"
      />
      <Completeness
        missing={work.toOffer}
        work={work}
        done="Für „anfragbar“ ist alles da."
        title="Damit andere die Daten beantragen können"
      />
    </Section>
    <Section title="Datenstände">
      {work.versions.length === 0 ? (
        <Text>Es sind noch keine Daten hochgeladen.</Text>
      ) : (
        <Table
          caption="Datenstände, neueste zuerst"
          hideCaption
          columns={[
            { head: 'Nummer' },
            { head: 'Vom' },
            { head: 'Zeilen', numeric: true },
            { head: 'Stand' },
            { head: 'Felder' },
          ]}
          rows={work.versions.map((version) => [
            String(version.number),
            day(version.createdAt),
            count(version.rows),
            version.current ? (
              <Badge tone="success" key="s">
                gilt
              </Badge>
            ) : version.frozen ? (
              'abgelöst'
            ) : (
              <WaitingVersion work={work} versionId={version.id} key="s" />
            ),
            <Link href={`/publish/${work.id}/versions/${version.id}/fields`} key="f">
              Felder von Nr. {version.number}
            </Link>,
          ])}
        />
      )}
    </Section>
    {work.steps.length > 0 && (
      <Section title="Nächster Schritt">
        <PostForm action={`/publish/${work.id}/steps/${work.steps[0]!.step}`}>
          <input type="hidden" name="revision" value={work.revision} />
          <Buttons>
            {work.steps.map(({ step, text, main }) => (
              <Button key={step} action={`/publish/${work.id}/steps/${step}`} kind={main ? 'primary' : 'secondary'}>
                {text}
              </Button>
            ))}
          </Buttons>
          {work.mayRelease && (
            <Text>Sie geben frei, was andere bearbeitet haben. Wer selbst bearbeitet hat, kann nicht freigeben.</Text>
          )}
        </PostForm>
      </Section>
    )}
  </>
);

/** A version with other fields than before: it holds only when the owner says so. */
const WaitingVersion = ({ work, versionId }: { work: WorkModel; versionId: string }) =>
  work.mayRelease ? (
    <PostForm action={`/publish/${work.id}/versions/${versionId}/release`}>
      <input type="hidden" name="revision" value={work.revision} />
      <Button kind="secondary">Datenstand freigeben</Button>
    </PostForm>
  ) : (
    <Badge tone="warning">wartet auf Freigabe</Badge>
  );

/** On this page nothing is filled in, so the list names what is missing and the links stand below. */
const withoutLinks = (problem: Problem): Problem =>
  Object.assign(Object.create(problem) as Problem, {
    errors: (problem.errors ?? []).map((fault) => ({ ...fault, pointer: '' })),
    because: undefined,
  });

const Completeness = ({
  missing,
  work,
  title,
  done,
}: {
  missing: readonly Missing[];
  work: WorkModel;
  title: string;
  done: string;
}) => (
  <>
    <h3 className="kern-title">{title}</h3>
    {missing.length === 0 ? (
      <Alert tone="success" title={done} />
    ) : (
      <ul className="kern-list kern-list--bullet">
        {missing.map((one) => (
          <li key={one.pointer}>
            {placeOf(one, work) ? <Link href={placeOf(one, work) ?? ''}>{one.detail}</Link> : one.detail}
          </li>
        ))}
      </ul>
    )}
  </>
);

/** Where somebody can supply what is missing. */
function placeOf({ pointer }: Missing, { id, currentVersionId, mayEdit }: WorkModel): string | null {
  if (!mayEdit || pointer.startsWith('/accountable')) return null;
  if (pointer === '/currentVersionId') return `/publish/${id}/upload`;
  if (pointer.startsWith('/fields/'))
    return currentVersionId ? `/publish/${id}/versions/${currentVersionId}/fields` : `/publish/${id}/upload`;
  return `/publish/${id}/card#${fieldId(pointer.split('/').at(-1) ?? '')}`;
}
