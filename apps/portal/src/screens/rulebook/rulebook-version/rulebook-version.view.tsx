import { VOTE_LABEL } from '#lib/rulebook';
import { lastDay, moment } from '../../../layout/format';
import { Badge, Details, Facts, LinkButton, List, MultilineText, Section, Table, Text } from '../../../layout/parts';
import { RulebookProblem } from '../../../layout/rulebook-problem';
import { VERSION_TONE } from '../../../layout/tones';
import { AdoptForm, CommentForm, NextSteps, RecallForm, VoteForm } from './next-steps';
import type { VersionProps } from './rulebook-version.props';

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
