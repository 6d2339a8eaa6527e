import type { Problem } from '#lib/kernel';
import type { WorkModel } from './publish.presenter';
import { Alert, Badge, Link, Text, Table, Section, LinkButton } from '../../../layout/parts';
import { PostForm, Button, Buttons } from '../../../layout/forms';
import type { Missing } from '#lib/catalogue';
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
