import type { Count, ImpactReport } from '#lib/agreements';
import type { Problem } from '#lib/kernel';
import { ASPECT_LABEL, type Change, DIRECTION_LABEL, type VersionView, VOTE_LABEL } from '#lib/rulebook';
import { type FormBody, one, ONCE_FIELD } from '../../../layout/form-body';
import { counted, lastDay, moment } from '../../../layout/format';
import { Button, Buttons, PostForm, Radios, TextField } from '../../../layout/forms';
import {
  Badge,
  Details,
  Facts,
  Link,
  LinkButton,
  List,
  MultilineText,
  Section,
  Table,
  Text,
} from '../../../layout/parts';
import { RulebookProblem } from '../../../layout/rulebook-problem';
import { VERSION_TONE } from '../../../layout/tones';

interface VersionProps {
  version: VersionView;
  /** null: one of the two texts can not be read today */
  changes: readonly Change[] | null;
  problem?: Problem | undefined;
  body: FormBody;
  once: string;
}

export const VersionPage = (props: VersionProps) => {
  const { version, problem } = props;
  const { may } = version;
  return (
    <>
      <h1 className="kern-heading-large">
        Fassung {version.version}: {version.title}
      </h1>
      <div className="dr-badges">
        <Badge tone={VERSION_TONE[version.state]}>{version.stateName}</Badge>
      </div>
      <RulebookProblem problem={problem} />
      {version.reason && <MultilineText>{version.reason}</MultilineText>}
      <Facts
        items={[
          ['Geht aus von', version.basedOn ? `Fassung ${version.basedOn}` : null],
          ['Vorgeschlagen von', version.proposedByName],
          ['Geänderte Dateien', version.changedFiles.join(', ')],
          ['Beschlussnummer', version.decisionNumber],
          ['In Kraft gesetzt von', version.activatedByName],
          [
            'Gilt',
            version.inForceFrom &&
              `ab ${moment(version.inForceFrom)}${version.inForceUntil ? ` bis ${moment(version.inForceUntil)}` : ''}`,
          ],
          ['Kennung', <code key="hash">{version.hash}</code>],
        ]}
      />
      <div className="dr-buttons">
        <LinkButton href={`/rulebook/document?version=${version.id}`} kind="secondary">
          Als Dokument lesen
        </LinkButton>
        {(may.comment || may.change || may.vote || may.adopt) && (
          <LinkButton href={`/rulebook/versions/${version.id}/impact`} kind="secondary">
            Auswirkungen prüfen
          </LinkButton>
        )}
        {may.change && <LinkButton href={`/rulebook/drafts/${version.id}`}>Text bearbeiten</LinkButton>}
      </div>
      {version.basedOn !== null && <Changes {...props} />}
      <Section title="Stellungnahmen">
        {version.comments.length === 0 && <Text>Noch keine.</Text>}
        {version.comments.map((comment) => (
          <section key={comment.id}>
            <h3 className="kern-title">
              {comment.by}, {comment.unitName} ({comment.role}){comment.ruleId && ` zu ${comment.ruleId}`}
            </h3>
            <MultilineText>{comment.text}</MultilineText>
            <Text muted small>
              {moment(comment.at)}
              {!comment.aboutThisText && ', zu einem früheren Text'}
            </Text>
          </section>
        ))}
        {may.comment && <CommentForm {...props} />}
      </Section>
      {(version.votes.length > 0 || version.state === 'VOTE') && (
        <Section title="Abstimmung">
          <Text>
            Nötig sind {version.quorum.votes} von {version.quorum.of} Ja-Stimmen der Stellen im Steuerungskreis.
            {version.voteUntil && ` Frist: ${lastDay(version.voteUntil)}.`}
          </Text>
          {version.votes.length === 0 ? (
            <Text>Noch keine Stelle hat abgestimmt.</Text>
          ) : (
            <Table
              caption="Abgegebene Stimmen"
              columns={[{ head: 'Stelle' }, { head: 'Stimme' }, { head: 'abgegeben von' }, { head: 'am' }]}
              rows={version.votes.map((one) => [
                one.unitName,
                VOTE_LABEL[one.vote],
                `${one.by}${one.as === 'DEPUTY' ? ' (Vertretung)' : ''}`,
                moment(one.at),
              ])}
            />
          )}
          {may.vote && <VoteForm {...props} />}
          {may.adopt && <AdoptForm {...props} />}
        </Section>
      )}
      {(may.recall || version.recalls.length > 0) && (
        <Section title="Zurücknehmen, bevor die Fassung gilt" id="zuruecknehmen">
          <Text>
            Was beschlossen ist und noch nicht gilt, können {version.quorum.votes} Stellen des Steuerungskreises
            zurücknehmen. Dann gilt die bisherige Fassung weiter.
          </Text>
          {version.recalls.length > 0 && (
            <Table
              caption="Stellen, die die Fassung zurücknehmen wollen"
              columns={[{ head: 'Stelle' }, { head: 'Grund' }, { head: 'Beschlussnummer' }, { head: 'Wer und wann' }]}
              rows={version.recalls.map((one) => [
                one.unitName,
                one.reason,
                one.decisionNumber,
                `${one.by}, ${moment(one.at)}`,
              ])}
            />
          )}
          {may.recall && <RecallForm {...props} />}
        </Section>
      )}
      {(may.consult || may.revise || may.callVote || may.withdraw) && <NextSteps {...props} />}
    </>
  );
};

const Once = ({ once }: VersionProps) => <input type="hidden" name={ONCE_FIELD} value={once} />;
const at = ({ version }: VersionProps, path: string): string => `/rulebook/versions/${version.id}/${path}`;

/** What somebody votes on, in sentences. */
const Changes = ({ version, changes }: Pick<VersionProps, 'version' | 'changes'>) => (
  <Section title="Was ändert sich?">
    {changes === null && (
      <Text>Die Texte lassen sich nicht als Sätze vergleichen. Bitte lesen Sie die geänderten Dateien.</Text>
    )}
    {changes?.length === 0 && (
      <Text>
        Was gilt, bleibt wie in Fassung {version.basedOn}. Geändert sind nur Fälle, Hinweise oder Schreibweisen.
      </Text>
    )}
    {changes?.map(({ name, before, after }) => (
      <Details
        summary={`${name}${before.length === 0 ? ' (neu)' : after.length === 0 ? ' (entfällt)' : ''}`}
        open={changes.length === 1}
        key={name}
      >
        {before.length > 0 && (
          <>
            <h3 className="kern-title">Bisher</h3>
            <List items={before} />
          </>
        )}
        {after.length > 0 && (
          <>
            <h3 className="kern-title">Künftig</h3>
            <List items={after} />
          </>
        )}
      </Details>
    ))}
  </Section>
);

const CommentForm = (props: VersionProps) => (
  <PostForm action={at(props, 'comments')} faults={props.problem?.errors}>
    <Once {...props} />
    <TextField
      name="ruleId"
      label="Zu welcher Regel?"
      hint="Zum Beispiel R-GEN-02. Leer: zum ganzen Entwurf."
      value={one(props.body, 'ruleId')}
      optional
    />
    <TextField name="text" label="Ihre Stellungnahme" rows={4} value={one(props.body, 'text')} />
    <Buttons>
      <Button>Stellung nehmen</Button>
    </Buttons>
  </PostForm>
);

const VoteForm = (props: VersionProps) => (
  <PostForm action={at(props, 'votes')} faults={props.problem?.errors}>
    <Once {...props} />
    <Radios
      name="vote"
      legend="Stimme Ihrer Stelle"
      hint="Eine abgegebene Stimme bleibt."
      value={one(props.body, 'vote')}
      options={Object.entries(VOTE_LABEL).map(([value, text]) => ({ value, text }))}
    />
    <Buttons>
      <Button>Abstimmen</Button>
    </Buttons>
  </PostForm>
);

const AdoptForm = (props: VersionProps) => (
  <PostForm action={at(props, 'adoption')} faults={props.problem?.errors}>
    <Once {...props} />
    <TextField name="decisionNumber" label="Beschlussnummer" value={one(props.body, 'decisionNumber')} />
    <TextField
      name="inForceFrom"
      label="In Kraft ab"
      type="date"
      hint="Ab Beginn dieses Tages. Leer: in einer Minute."
      value={one(props.body, 'inForceFrom')}
      optional
    />
    <Buttons>
      <Button>In Kraft setzen</Button>
    </Buttons>
  </PostForm>
);

const RecallForm = (props: VersionProps) => (
  <PostForm action={at(props, 'recall')} faults={props.problem?.errors}>
    <Once {...props} />
    <TextField
      name="reason"
      label="Warum soll die Fassung nicht in Kraft treten?"
      rows={3}
      value={one(props.body, 'reason')}
    />
    <TextField name="decisionNumber" label="Beschlussnummer" value={one(props.body, 'decisionNumber')} />
    <Buttons>
      <Button kind="secondary">Für meine Stelle zurücknehmen</Button>
    </Buttons>
  </PostForm>
);

const NextSteps = (props: VersionProps) => {
  const { may } = props.version;
  return (
    <Section title="Nächster Schritt">
      {may.consult && (
        <PostForm action={at(props, 'consultation')}>
          <Once {...props} />
          <Text>In der Beratung bleibt der Text fest. Alle Fälle müssen stimmen.</Text>
          <Buttons>
            <Button>In die Beratung geben</Button>
          </Buttons>
        </PostForm>
      )}
      {may.callVote && (
        <PostForm action={at(props, 'ballot')} faults={props.problem?.errors}>
          <Once {...props} />
          <TextField
            name="until"
            label="Letzter Tag der Abstimmung"
            type="date"
            hint="Danach dürfen Vertretungen abstimmen. Leer: in 28 Tagen."
            optional
          />
          <Buttons>
            <Button>Zur Abstimmung stellen</Button>
          </Buttons>
        </PostForm>
      )}
      {may.revise && (
        <PostForm action={at(props, 'revision')}>
          <Once {...props} />
          <Buttons>
            <Button kind="secondary">Zurück in den Entwurf</Button>
          </Buttons>
        </PostForm>
      )}
      {may.withdraw && (
        <PostForm action={at(props, 'withdrawal')}>
          <Once {...props} />
          <Buttons>
            <Button kind="tertiary">Entwurf zurückziehen</Button>
          </Buttons>
        </PostForm>
      )}
    </Section>
  );
};

const inWords = ({ tried, changed, stricter, looser, other }: Count): string =>
  `${changed} von ${tried} wären anders: ${stricter} strenger, ${looser} großzügiger, ${other} anders`;

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

const DecisionInShort = ({ summary }: { summary: ImpactReport['affected'][number]['before'] }) => (
  <Details summary={`${summary.outcomeName}${summary.chain.length > 0 ? ` (${summary.chain.join(' + ')})` : ''}`}>
    <List items={[...summary.rules, ...summary.steps, ...summary.obligations]} />
  </Details>
);
