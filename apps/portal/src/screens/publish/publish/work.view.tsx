import { type Problem, quoted } from '#lib/kernel';
import type { WorkModel } from './publish.presenter';
import { Alert, Badge, Link, Text, Table, Section, LinkButton } from '../../../layout/parts';
import { PostForm, Button, Buttons, SelectField, TextField } from '../../../layout/forms';
import { type Missing, STATISTICS_RELEASE, STATISTICS_RELEASES } from '#lib/catalogue';
import { fieldId } from '../../../layout/page-context';
import { FormProblem } from '../../../layout/form-problem';
import { day, count } from '../../../layout/format';

/** On this page nothing is filled in, so the list names what is missing and the links stand below. */
export const withoutLinks = (problem: Problem): Problem =>
  Object.assign(Object.create(problem) as Problem, {
    errors: (problem.errors ?? []).map((fault) => ({ ...fault, pointer: '' })),
    because: undefined,
  });
/** A version with other fields than before: it holds only when the owner says so. */
export const WaitingVersion = ({ work, versionId }: { work: WorkModel; versionId: string }) =>
  work.mayRelease ? (
    <PostForm action={`/publish/${work.id}/versions/${versionId}/release`}>
      <input type="hidden" name="revision" value={work.revision} />
      <Button kind="secondary">Datenstand freigeben</Button>
    </PostForm>
  ) : (
    <Badge tone="warning">wartet auf Freigabe</Badge>
  );
/** Where somebody can supply what is missing. */
export function placeOf({ pointer }: Missing, { id, currentVersionId, mayEdit }: WorkModel): string | null {
  if (!mayEdit || pointer.startsWith('/accountable')) return null;
  if (pointer === '/currentVersionId') return `/publish/${id}/upload`;
  if (pointer.startsWith('/fields/'))
    return currentVersionId ? `/publish/${id}/versions/${currentVersionId}/fields` : `/publish/${id}/upload`;
  return `/publish/${id}/card#${fieldId(pointer.split('/').at(-1) ?? '')}`;
}

export const Completeness = ({
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

/** What the Statistikstelle says of a version as what it may leave; it alone has the buttons. */
const StatisticsReleases = ({ work }: { work: WorkModel }) =>
  work.versions.length > 0 &&
  (work.mayReleaseStatistics || work.versions.some(({ releasedAs }) => releasedAs.length > 0)) ? (
    <Section title="Freigaben der Statistikstelle">
      <Text>
        Die Statistikstelle gibt einen Datenstand als geschützte Tabelle oder als anonyme Einzeldaten frei. Das eine
        ersetzt das andere nicht.
      </Text>
      <Table
        caption="Freigaben der Statistikstelle je Datenstand"
        hideCaption
        columns={[{ head: 'Nummer' }, { head: 'Freigegeben als' }, { head: 'Ändern' }]}
        rows={work.versions.map(({ id, number, releasedAs }) => [
          String(number),
          releasedAs.map((kind) => STATISTICS_RELEASE[kind]).join(', ') || 'nicht freigegeben',
          work.mayReleaseStatistics
            ? STATISTICS_RELEASES.map((kind) => (
                <PostForm
                  key={kind}
                  action={`/publish/${work.id}/versions/${id}/${releasedAs.includes(kind) ? 'statistics-withdrawal' : 'statistics-release'}`}
                >
                  <input type="hidden" name="kind" value={kind} />
                  <Button kind="secondary">
                    {`${STATISTICS_RELEASE[kind]}: ${releasedAs.includes(kind) ? 'Freigabe zurücknehmen' : 'freigeben'}`}
                  </Button>
                </PostForm>
              ))
            : '–',
        ])}
      />
    </Section>
  ) : null;

const OPINION = { POSITIVE: 'keine Bedenken', NEGATIVE: 'Bedenken' } as const;
const ADVISER = { DSB: 'Datenschutz', STAT: 'Statistikstelle' } as const;

/** Who was asked because the classification is to be lower, and what they say. */
const Opinions = ({ work }: { work: WorkModel }) =>
  work.opinions.length > 0 ? (
    <Section title="Stellungnahmen zu einer niedrigeren Einstufung">
      {work.opinions.map(({ id, role, lines, opinion, text, reasons, mine }) => (
        <div key={id}>
          <h3 className="kern-title">{`${ADVISER[role]}: ${opinion ? OPINION[opinion] : 'noch offen'}`}</h3>
          <ul className="kern-list kern-list--bullet">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {text && <Text>{text}</Text>}
          {reasons && <Text>{`Gründe für die Freigabe: ${quoted(reasons)}`}</Text>}
          {mine && (
            <PostForm action={`/publish/${work.id}/opinions/${id}`}>
              <SelectField
                name="opinion"
                label="Ihre Stellungnahme"
                value=""
                options={Object.entries(OPINION).map(([value, word]) => ({ value, text: word }))}
              />
              <TextField name="text" label="Begründung" value="" rows={4} />
              <Button>Stellung nehmen</Button>
            </PostForm>
          )}
        </div>
      ))}
    </Section>
  ) : null;

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
    <StatisticsReleases work={work} />
    <Opinions work={work} />
    {work.steps.length > 0 && (
      <Section title="Nächster Schritt">
        <PostForm action={`/publish/${work.id}/steps/${work.steps[0]!.step}`}>
          <input type="hidden" name="revision" value={work.revision} />
          {work.mayRelease && work.opinions.some(({ opinion }) => opinion === 'NEGATIVE') && (
            <TextField name="reasons" label="Gründe, wenn Sie trotz Bedenken freigeben" value="" rows={4} optional />
          )}
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
