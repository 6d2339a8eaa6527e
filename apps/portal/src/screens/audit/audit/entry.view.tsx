import type { EntryDetail } from '#lib/audit';
import { Facts, Details, Alert, Section, Table, Text } from '../../../layout/parts';
import { PostForm, Buttons, Button, SelectField, TextField } from '../../../layout/forms';
import { FormProblem } from '../../../layout/form-problem';
import { type FormBody, one as oneOf } from '../../../layout/form-body';
import { type RevealLine, REVEAL_REASONS, REVEAL_REASON_NAME } from '#lib/assurance';
import type { Problem } from '#lib/kernel';
import { moment, count, visible } from '../../../layout/format';
import { Seal, EventType } from './audit.view';

export const CLEAR: Record<EntryDetail['clear'][number]['state'], string> = {
  MATCHES: 'stimmt',
  ERASED: 'gelöscht (zulässig)',
  MISMATCH: 'verändert – bitte melden',
};

/** Under a mandate the log names nobody. Who must know asks here, and others decide. */
export const Reveal = ({
  entry,
  reveals,
  problem,
  body,
  personName,
}: {
  entry: EntryDetail;
  reveals: readonly RevealLine[];
  problem?: Problem;
  body: FormBody;
  personName?: string;
}) => (
  <Section title="Wer war es?">
    <FormProblem problem={problem} />
    {personName ? (
      <Text>{personName}. Dieser Blick steht im Protokoll.</Text>
    ) : reveals.some(({ state }) => state === 'OPEN') ? (
      <PostForm action={`/audit/entries/${entry.eventId}/person`}>
        <Buttons>
          <Button>Namen zeigen</Button>
        </Buttons>
      </PostForm>
    ) : reveals.some(({ state }) => state === 'WAITING') ? (
      <Text>Die Offenlegung ist beantragt. Datenschutz und Geschäftsstelle entscheiden.</Text>
    ) : (
      <PostForm action={`/audit/entries/${entry.eventId}/reveal`} faults={problem?.errors}>
        <SelectField
          name="reasonCode"
          label="Grund"
          value={oneOf(body, 'reasonCode')}
          options={REVEAL_REASONS.map((value) => ({ value, text: REVEAL_REASON_NAME[value] }))}
          empty="Bitte wählen"
        />
        <TextField name="reason" label="Warum muss die Person bekannt sein?" rows={3} value={oneOf(body, 'reason')} />
        <Buttons>
          <Button kind="secondary">Offenlegung beantragen</Button>
        </Buttons>
      </PostForm>
    )}
  </Section>
);

export const EntryView = ({
  entry,
  reveals = null,
  problem,
  body = {},
  personName,
}: {
  entry: EntryDetail;
  reveals?: readonly RevealLine[] | null;
  problem?: Problem;
  body?: FormBody;
  personName?: string;
}) => (
  <>
    <h1 className="kern-heading-large">Eintrag im Protokoll</h1>
    <div className="dr-badges">
      <Seal state={entry.state} />
    </div>
    {entry.state === 'MISMATCH' && (
      <Alert tone="danger" title="Der gespeicherte Eintrag ist nicht der versiegelte">
        <Text>Bitte melden Sie das sofort der Informationssicherheit und dem Revisionsamt.</Text>
      </Alert>
    )}
    <Facts
      items={[
        ['Ereignis', <EventType type={entry.type} key="t" />],
        ['Zeit', moment(entry.time)],
        [
          'Platz im Protokoll',
          entry.index === null ? 'wartet auf die Versiegelung' : `${entry.year}, Nummer ${count(entry.index)}`,
        ],
        ['Wer (Pseudonym)', <code key="a">{visible(entry.actor)}</code>],
        ['Kennung', <code key="i">{entry.eventId}</code>],
      ]}
    />
    <Section title="Angaben">
      <Table
        caption="Angaben des Eintrags"
        hideCaption
        columns={[{ head: 'Name' }, { head: 'Wert' }]}
        rows={Object.entries(entry.facts).map(([name, value]) => [
          name,
          <code key="w">{visible(JSON.stringify(value))}</code>,
        ])}
      />
    </Section>
    {entry.clear.length > 0 && (
      <Section title="Angaben außerhalb des Siegels">
        <Text>Diese Angaben dürfen später gelöscht werden. Im Siegel steht nur ihre Prüfsumme.</Text>
        <Table
          caption="Löschbare Angaben"
          hideCaption
          columns={[{ head: 'Name' }, { head: 'Prüfung' }, { head: 'Wert' }]}
          rows={entry.clear.map(({ field, state, value }) => [
            field,
            CLEAR[state],
            value === null ? '–' : visible(value),
          ])}
        />
      </Section>
    )}
    {reveals && entry.actor === 'person' && (
      <Reveal entry={entry} reveals={reveals} problem={problem} body={body} personName={personName} />
    )}
    <Details summary="Versiegelte Bytes und Nachweis">
      {entry.leaf === '' ? (
        <Text>Die versiegelten Bytes nennen ein Pseudonym. Im Rahmen eines Prüfauftrags werden sie nicht gezeigt.</Text>
      ) : (
        <pre tabIndex={0} aria-label="Versiegelte Bytes">
          {visible(entry.leaf)}
        </pre>
      )}
      {entry.proof ? (
        <pre tabIndex={0} aria-label="Nachweis (tlog-proof)">
          {entry.proof}
        </pre>
      ) : (
        <Text>Der Nachweis entsteht mit der Versiegelung.</Text>
      )}
    </Details>
  </>
);
