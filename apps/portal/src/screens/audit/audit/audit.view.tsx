import type { Entry, EntryDetail, LogState, Overview } from '#lib/audit';
import { eventSentence } from '../../../layout/event-words';
import type { Problem } from '#lib/kernel';
import { REVEAL_REASON_NAME, REVEAL_REASONS, type RevealLine } from '#lib/assurance';
import type { AuditMandateView } from '#lib/organisation';
import { type FormBody, one as oneOf } from '../../../layout/form-body';
import { count, counted, moment, visible } from '../../../layout/format';
import { Button, Buttons, GetForm, PostForm, SelectField, TextField } from '../../../layout/forms';
import { Alert, Badge, Details, Facts, Link, Section, Table, Text } from '../../../layout/parts';
import { MandateFacts } from '../../../layout/mandate-facts';
import { FormProblem } from '../../../layout/form-problem';

/** What the portal shows of a check; the checker itself stands alone. */
export interface Report {
  ok: boolean;
  origin: string;
  size: number | null;
  root: string | null;
  checked: number;
  fault: { code: string; index: number | null; detail: string } | null;
}

export const OverviewView = ({
  logs,
  pending,
  oldestPendingSeconds,
  recent,
  api,
  mandates = [],
}: Overview & { api: string; mandates?: readonly AuditMandateView[] }) => (
  <>
    <h1 className="kern-heading-large">Protokoll</h1>
    <Text>
      Entscheidungen noch einmal ausführen und Vorfälle sehen:{' '}
      <Link href="/replays">Nachprüfung von Entscheidungen</Link>
    </Text>
    <Text>
      Jeder Schritt im Datenraum steht hier: Anträge, Entscheidungen, Lieferungen und abgewiesene Versuche. Die Einträge
      sind versiegelt. Wer nachträglich etwas ändert, fällt bei der Prüfung auf. Auch Ihr Blick in das Protokoll wird
      protokolliert.
    </Text>
    {mandates.length > 0 && (
      <Section title="Ihr Prüfauftrag">
        <Text>Sie lesen hier im Rahmen dieses Auftrags: nur die genannten Stellen, ohne Namen von Personen.</Text>
        {mandates.map((mandate) => (
          <MandateFacts mandate={mandate} key={mandate.id} />
        ))}
      </Section>
    )}
    {logs.length === 0 ? (
      <Text>Es gibt noch kein versiegeltes Protokoll.</Text>
    ) : (
      logs.map((log) => <Log log={log} api={api} key={log.year} />)
    )}
    {pending > 0 && (
      <Text>
        {counted(pending, 'Eintrag wartet', 'Einträge warten')} auf die Versiegelung
        {oldestPendingSeconds === null ? '' : `, der älteste seit ${count(oldestPendingSeconds)} Sekunden`}.
      </Text>
    )}
    <Section title="Vorgang suchen">
      <GetForm action="/audit" label="Einträge zu einem Vorgang">
        <TextField
          name="about"
          label="Kennung"
          hint="Kennung eines Antrags, einer Vereinbarung, einer Lieferung, eines Produkts oder einer Entscheidung"
          type="search"
          plain
        />
        <Buttons>
          <Button kind="secondary">Einträge zeigen</Button>
        </Buttons>
      </GetForm>
    </Section>
    <Section title="Neueste Einträge">
      <Entries entries={recent} caption="Neueste Einträge zuerst" />
    </Section>
  </>
);

const Log = ({ log, api }: { log: LogState; api: string }) => (
  <Section title={`Protokoll ${log.year}`}>
    <Facts
      items={[
        ['Versiegelte Einträge', count(log.size)],
        ['Letzter Prüfpunkt', moment(log.signedAt)],
        ['Name des Protokolls', <code key="o">{log.origin}</code>],
        ['Stammprüfsumme', <code key="r">{log.root}</code>],
        ['Stand', log.closed ? 'abgeschlossen' : 'läuft'],
      ]}
    />
    <PostForm action="/audit/verification">
      <input type="hidden" name="year" value={log.year} />
      <Buttons>
        <Button>Protokoll {log.year} jetzt prüfen</Button>
      </Buttons>
    </PostForm>
    <Details summary="Prüfpunkt und unabhängige Prüfung">
      {log.checkpoint ? (
        <pre tabIndex={0} aria-label={`Prüfpunkt des Protokolls ${log.year}`}>
          {log.checkpoint}
        </pre>
      ) : (
        <Text>Noch kein Prüfpunkt.</Text>
      )}
      <Verifier year={log.year} vkey={log.vkey} api={api} />
    </Details>
  </Section>
);

/** How somebody checks without trusting this portal. */
const Verifier = ({ year, vkey, api }: { year: number; vkey: string; api: string }) => (
  <>
    <Text>
      So prüfen Sie ohne dieses Portal: Nehmen Sie das Prüfprogramm und den öffentlichen Schlüssel, den Sie auf anderem
      Weg erhalten haben. Der Prüfpunkt liegt unter{' '}
      <Link href={`${api}/audit/${year}/checkpoint`}>{`${api}/audit/${year}/checkpoint`}</Link>.
    </Text>
    <pre
      tabIndex={0}
      aria-label="Aufruf des Prüfprogramms"
    >{`npm run verify -- ${api}/audit/${year} --vkey '${vkey}'`}</pre>
  </>
);

const Entries = ({ entries, caption }: { entries: readonly Entry[]; caption: string }) =>
  entries.length === 0 ? (
    <Text>Keine Einträge.</Text>
  ) : (
    <Table
      caption={caption}
      hideCaption
      columns={[
        { head: 'Zeit' },
        { head: 'Ereignis' },
        { head: 'Platz' },
        { head: 'Siegel' },
        { head: 'Wer (Pseudonym)' },
      ]}
      rows={entries.map((entry) => [
        <Link href={`/audit/entries/${entry.eventId}`} key="zeit">
          {moment(entry.time)}
        </Link>,
        <EventType type={entry.type} key="art" />,
        entry.index === null ? 'wartet' : `${entry.year} / ${count(entry.index)}`,
        <Seal state={entry.state} key="siegel" />,
        <code key="wer">{visible(entry.actor).slice(0, 40)}</code>,
      ])}
    />
  );

/** In words, and by the name under which it is sealed. */
const EventType = ({ type }: { type: string }) => (
  <>
    {eventSentence(type)} <code>{visible(type)}</code>
  </>
);

const Seal = ({ state }: { state: Entry['state'] }) =>
  state === 'MATCHES' ? <Badge tone="success">stimmt</Badge> : <Badge tone="danger">stimmt nicht</Badge>;

export const SubjectView = ({
  subject,
  entries,
  readable,
}: {
  subject: string;
  entries: readonly Entry[];
  readable: boolean;
}) => (
  <>
    <h1 className="kern-heading-large">Einträge zu einem Vorgang</h1>
    <Text>
      Kennung: <code>{visible(subject.slice(0, 100))}</code>
    </Text>
    {readable ? (
      <Entries entries={entries} caption="Einträge zu diesem Vorgang, älteste zuerst" />
    ) : (
      <Text>
        Das ist keine Kennung. Eine Kennung hat 36 Zeichen und steht auf der Seite des Vorgangs in der Adresse.
      </Text>
    )}
  </>
);

const CLEAR: Record<EntryDetail['clear'][number]['state'], string> = {
  MATCHES: 'stimmt',
  ERASED: 'gelöscht (zulässig)',
  MISMATCH: 'verändert – bitte melden',
};

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

/** Under a mandate the log names nobody. Who must know asks here, and others decide. */
const Reveal = ({
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

export const VerificationView = ({ year, report, api }: { year: number; report: Report; api: string }) => (
  <>
    <h1 className="kern-heading-large">Prüfung des Protokolls {year}</h1>
    {report.ok ? (
      <Alert
        tone="success"
        title={report.size ? `Lückenlos bis Nummer ${count(report.size - 1)}` : 'Das Protokoll ist leer und in Ordnung'}
        live
      >
        <Text>
          Alle {counted(report.checked, 'Eintrag', 'Einträge')} stimmen mit dem unterschriebenen Prüfpunkt überein.
        </Text>
      </Alert>
    ) : (
      <Alert
        tone="danger"
        title={
          report.fault?.index == null
            ? 'Die Prüfung ist fehlgeschlagen'
            : `Erste Abweichung bei Nummer ${count(report.fault.index)}`
        }
        live
      >
        <Text>Bitte melden Sie das sofort der Informationssicherheit und dem Revisionsamt.</Text>
        <Text>
          <code>
            {report.fault?.code}: {visible(report.fault?.detail ?? '')}
          </code>
        </Text>
      </Alert>
    )}
    <Facts
      items={[
        ['Name des Protokolls', <code key="o">{report.origin}</code>],
        ['Geprüfte Einträge', count(report.checked)],
        ['Größe laut Prüfpunkt', count(report.size)],
        ['Stammprüfsumme', <code key="r">{report.root}</code>],
      ]}
    />
    <Text>
      Dieses Portal prüft sich hier selbst. Unabhängig prüfen Sie mit dem Prüfprogramm und dem Prüfpunkt unter{' '}
      <Link href={`${api}/audit/${year}/checkpoint`}>{`${api}/audit/${year}/checkpoint`}</Link>.
    </Text>
    <div className="dr-buttons">
      <Link href="/audit">Zurück zum Protokoll</Link>
    </div>
  </>
);
