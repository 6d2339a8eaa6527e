import type { DecisionExplained } from '#lib/requests';
import { OUTCOME_TONE } from '../../../layout/decision-parts';
import { counted, moment } from '../../../layout/format';
import { ruleNames } from '../../../layout/words';
import { Alert, Details, Facts, LinkButton, List, Section, Table, Text } from '../../../layout/parts';

const FOR: Record<DecisionExplained['depth'], string> = {
  CLERK: 'Sie sehen, was entschieden ist, warum, und was Sie tun können.',
  OWNER:
    'Sie antworten für die Daten oder entscheiden mit. Deshalb sehen Sie auch die Regeln, die Auflagen und die Angaben, auf denen die Entscheidung beruht.',
  AUDITOR:
    'Sie prüfen. Deshalb sehen Sie auch jede erwogene Regel, die Angaben im Wortlaut und ob sich die Entscheidung nachvollziehen lässt.',
};

/** One decision, as deep as the reader's work needs. */
export const ExplanationView = (explained: DecisionExplained) => {
  const {
    depth,
    number,
    outcome,
    outcomeName,
    summary,
    because,
    toDo,
    rules,
    obligations,
    facts,
    considered,
    snapshot,
    replay,
    decisionId,
    decidedAt,
    requestId,
  } = explained;
  return (
    <>
      <h1 className="kern-heading-large">Erklärung der Entscheidung</h1>
      <Text>
        Antrag {number}, entschieden am {moment(decidedAt)}. {FOR[depth]}
      </Text>
      <Alert tone={OUTCOME_TONE[outcome]} title={outcomeName}>
        <Text>
          {summary} {explained.afterwards}
        </Text>
      </Alert>
      <Section title="Warum?">
        <List items={because} />
      </Section>
      <Section title={depth === 'CLERK' ? 'Was ist zu tun?' : 'Was der anfragenden Stelle gesagt wird'}>
        <List items={toDo} />
        {outcome === 'FORBID' && depth === 'CLERK' && (
          <LinkButton href={`/requests/${requestId}`}>Zum Antrag</LinkButton>
        )}
      </Section>
      {rules && (
        <Section title="Welche Regeln haben entschieden?">
          <Table
            caption="Regeln, die entschieden haben"
            hideCaption
            columns={[{ head: 'Regel' }, { head: 'Satz' }, { head: 'Quelle' }, { head: 'Stand der Quelle' }]}
            rows={rules.map(({ id, text, source, markName }) => [
              depth === 'AUDITOR' ? id : ruleNames([id]),
              text,
              source,
              markName,
            ])}
          />
        </Section>
      )}
      {obligations && obligations.length > 0 && (
        <Section title="Welche Auflagen gelten, und wer sorgt dafür?">
          <Table
            caption="Auflagen"
            hideCaption
            columns={[{ head: 'Auflage' }, { head: 'Was sie verlangt' }, { head: 'Wie sie gehalten wird' }]}
            rows={obligations.map(({ name, parameters, meaning, label }) => [
              parameters ? `${name}: ${parameters}` : name,
              meaning,
              label,
            ])}
          />
        </Section>
      )}
      {facts && (
        <Section title="Auf welchen Angaben beruht das?">
          <Text>Was hier nicht steht, trifft nicht zu oder war nicht angegeben.</Text>
          <Facts items={facts.map(({ name, value }) => [name, value] as const)} />
        </Section>
      )}
      {replay && (
        <Section title="Lässt sich die Entscheidung nachvollziehen?">
          <Alert
            tone={replay.same ? 'success' : 'danger'}
            title={replay.same ? 'Ja: Sie kommt genau so wieder heraus' : 'Nein: Sie kommt anders heraus'}
          >
            <Text>
              Geprüft mit den Angaben und dem Regelwerk von damals
              {replay.version === null ? '' : ` (Fassung ${replay.version})`}.
            </Text>
          </Alert>
          <LinkButton href={`/replays/${decisionId}`} kind="secondary">
            Nachprüfung öffnen
          </LinkButton>
        </Section>
      )}
      {considered && (
        <Section title="Welche Regeln wurden erwogen?">
          <Details
            summary={`${counted(considered.filter(({ matched }) => matched).length, 'Regel trifft zu', 'Regeln treffen zu')}, ${considered.filter(({ matched }) => !matched).length} nicht`}
          >
            <Table
              caption="Erwogene Regeln"
              hideCaption
              columns={[
                { head: 'Regel' },
                { head: 'Was sie tut' },
                { head: 'Trifft zu?' },
                { head: 'Was dafür gefehlt hätte' },
              ]}
              rows={considered.map(({ id, effectName, matched, unmet }) => [
                id,
                effectName,
                matched ? 'ja' : 'nein',
                matched ? '–' : unmet.join('; '),
              ])}
            />
          </Details>
        </Section>
      )}
      {snapshot && (
        <Section title="Angaben im Wortlaut">
          <Facts
            items={[
              ['Prüfsumme der Angaben', <code key="f">{explained.factsSha256}</code>],
              ['Prüfsumme des Regelwerks', <code key="r">{explained.rulesetHash}</code>],
            ]}
          />
          <Details summary="Angaben als JSON">
            <pre tabIndex={0} aria-label="Angaben als JSON">
              {JSON.stringify(snapshot, null, 2)}
            </pre>
          </Details>
        </Section>
      )}
    </>
  );
};
