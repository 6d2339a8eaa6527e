import type { Entry, LogState, Overview } from '#lib/audit';
import { eventSentence } from '../../../layout/event-words';
import { type AuditMandateView } from '#lib/organisation';
import { count, counted, moment, visible } from '../../../layout/format';
import { Button, Buttons, GetForm, PostForm, TextField } from '../../../layout/forms';
import { Badge, Details, Facts, Link, Section, Table, Text } from '../../../layout/parts';
import { MandateFacts } from '../../../layout/mandate-facts';

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
export const EventType = ({ type }: { type: string }) => (
  <>
    {eventSentence(type)} <code>{visible(type)}</code>
  </>
);

export const Seal = ({ state }: { state: Entry['state'] }) =>
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
