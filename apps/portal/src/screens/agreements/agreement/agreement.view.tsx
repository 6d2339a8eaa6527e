import type { AgreementView as Agreement } from '#lib/agreements';
import type { ExchangeView } from '#lib/exchange';
import type { Problem } from '#lib/kernel';
import { FORMATS, type OutputFormat } from '#lib/sources';
import { filterInWords } from '#lib/requests';
import { type FormBody, one, ONCE_FIELD } from '../../../layout/form-body';
import { bytes, count, counted, day, lastDay, moment } from '../../../layout/format';
import { Button, Buttons, type Option, PostForm, Radios, TextField } from '../../../layout/forms';
import {
  Alert,
  Badge,
  Details,
  Facts,
  Link,
  LinkButton,
  List,
  Section,
  Table,
  Text,
  type Tone,
} from '../../../layout/parts';
import { maskText, ruleNames } from '../../../layout/words';
import { AGREEMENT_TONE } from '../../../layout/tones';
import { FormProblem } from '../../../layout/form-problem';

export interface AgreementProps {
  agreement: Agreement;
  exchanges: readonly ExchangeView[];
  once: string;
  /** address of the gateway, for machines */
  gateway: string;
  problem?: Problem;
  /** answers that could not be taken yet */
  body?: FormBody;
  reason?: string;
}

const NEXT: Record<Agreement['state'], string> = {
  OFFERED: 'Die anfragende Stelle muss die Vereinbarung noch bestätigen. Danach können Daten geliefert werden.',
  ACTIVE: 'Die Vereinbarung ist in Kraft. Vor jeder Lieferung wird noch einmal geprüft, ob sie erlaubt ist.',
  SUSPENDED: 'Die Vereinbarung ruht, weil das Regelwerk sie zurzeit nicht trägt. Es wird nichts geliefert.',
  REVOKED: 'Die bereitstellende Stelle hat die Vereinbarung widerrufen. Es wird nichts mehr geliefert.',
  TERMINATED: 'Die anfragende Stelle hat die Vereinbarung beendet. Es wird nichts mehr geliefert.',
  EXPIRED: 'Die Vereinbarung ist ausgelaufen. Für eine weitere Nutzung ist ein neuer Antrag nötig.',
};

export const AgreementView = (props: AgreementProps) => {
  const { agreement, exchanges, problem } = props;
  const { may, terms } = agreement;
  return (
    <>
      <h1 className="kern-heading-large">Vereinbarung {agreement.number}</h1>
      <div className="dr-badges">
        <Badge tone={AGREEMENT_TONE[agreement.state]}>{agreement.stateName}</Badge>
      </div>
      <FormProblem problem={problem} />
      <Text>{NEXT[agreement.state]}</Text>
      {agreement.suspendedBecause.length > 0 && (
        <Alert tone="warning" title={`Ausgesetzt seit ${moment(agreement.suspendedAt)}`}>
          <List items={agreement.suspendedBecause.map(({ text, source }) => (source ? `${text} (${source})` : text))} />
          <Text>Sobald die Gründe behoben sind, gilt die Vereinbarung von selbst wieder.</Text>
        </Alert>
      )}
      {agreement.endReason && <Text>Begründung: {agreement.endReason}</Text>}
      {may.receive && <Download {...props} />}
      <Facts
        items={[
          [
            'Datenprodukt',
            <Link href={`/products/${agreement.productId}`} key="p">
              {agreement.productTitle}
            </Link>,
          ],
          ['Bereitstellende Stelle', agreement.providerUnitName],
          ['Anfragende Stelle', agreement.consumerUnitName],
          ['Form', agreement.instrumentName],
          ...agreement.contracts.map(({ name, partyAName, partyBName, status, validTo }): [string, string] => [
            `${name} mit ${partyAName === agreement.consumerUnitName ? partyBName : partyAName}`,
            status === 'VALID'
              ? `gültig bis ${lastDay(validTo)}`
              : status === 'EXPIRED'
                ? 'abgelaufen: es wird nicht geliefert'
                : 'fehlt: die Vereinbarung kann nicht gelten',
          ]),
          ['Gültig', `${day(agreement.validFrom)} bis ${lastDay(agreement.validUntil)}`],
          [
            'Antrag',
            <Link href={`/requests/${agreement.requestId}`} key="a">
              Zum Antrag
            </Link>,
          ],
          [
            'Bestätigt',
            agreement.confirmedAt ? `${agreement.confirmedByName}, ${moment(agreement.confirmedAt)}` : 'noch nicht',
          ],
        ]}
      />
      <article className="dr-letter" aria-labelledby="text">
        <h2 className="kern-heading-medium" id="text">
          Text der Vereinbarung
        </h2>
        <pre className="dr-terms" tabIndex={0} aria-label="Text der Vereinbarung">
          {agreement.termsText}
        </pre>
        <Text small>
          Beide Seiten sehen genau diesen Text. Prüfsumme (SHA-256): <code>{agreement.termsSha256}</code>
        </Text>
      </article>
      {agreement.annex && (
        <article className="dr-letter" aria-labelledby="anlage">
          <h2 className="kern-heading-medium" id="anlage">
            Anlage
          </h2>
          <pre className="dr-terms" tabIndex={0} aria-label="Anlage zur Vereinbarung">
            {agreement.annex.text}
          </pre>
          <Text small>
            Prüfsumme (SHA-256): <code>{agreement.annex.sha256}</code>
          </Text>
        </article>
      )}
      {may.confirm && (
        <Section title="Bestätigen">
          <PostForm action={`/agreements/${agreement.id}/confirm`} faults={problem?.errors}>
            <Act {...props} />
            {agreement.asks.length > 0 && (
              <Text>
                Diese Form der Vereinbarung ({agreement.instrumentName}) braucht noch Angaben von Ihnen. Sie stehen
                danach als Anlage in der Vereinbarung.
              </Text>
            )}
            {agreement.asks.map(({ code, question, hint }) => (
              <TextField
                key={code}
                name={`answers-${code}`}
                label={question}
                hint={hint}
                rows={2}
                value={one(props.body ?? {}, `answers-${code}`)}
              />
            ))}
            <Text>Mit der Bestätigung sichert Ihre Stelle zu, die Auflagen einzuhalten.</Text>
            <Buttons>
              <Button>Vereinbarung bestätigen</Button>
            </Buttons>
          </PostForm>
        </Section>
      )}
      <Section title="Was wird geliefert?">
        <Facts
          items={[
            [
              'Felder',
              terms.fields
                .map((name) => (terms.masks[name] ? `${name} (${maskText(terms.masks[name])})` : name))
                .join(', '),
            ],
            ['Zeilen', filterInWords(terms.rows)],
            ['Regeln', ruleNames(terms.rules)],
          ]}
        />
        {terms.notes.length > 0 && <List items={terms.notes} />}
      </Section>
      <Section title="Lieferungen">
        <Exchanges exchanges={exchanges} />
      </Section>
      <div className="dr-buttons">
        {may.revoke && (
          <LinkButton href={`/agreements/${agreement.id}/revoke`} kind="secondary">
            Vereinbarung widerrufen
          </LinkButton>
        )}
      </div>
      {may.terminate && (
        <Details summary={agreement.state === 'OFFERED' ? 'Vereinbarung nicht annehmen' : 'Vereinbarung beenden'}>
          <PostForm action={`/agreements/${agreement.id}/terminate`}>
            <Act {...props} />
            <TextField name="reason" label="Grund" rows={2} optional />
            <Buttons>
              <Button kind="secondary">{agreement.state === 'OFFERED' ? 'Nicht annehmen' : 'Jetzt beenden'}</Button>
            </Buttons>
          </PostForm>
        </Details>
      )}
    </>
  );
};

const Act = ({ agreement, once }: AgreementProps) => (
  <>
    <input type="hidden" name="revision" value={agreement.revision} />
    <input type="hidden" name={ONCE_FIELD} value={once} />
  </>
);

/** One choice per format, in the order of the list. */
export const formatChoices = (formats: readonly OutputFormat[] = FORMATS): readonly Option[] =>
  formats.map(({ name, title, hint }) => ({ value: name, text: title, hint }));

const Download = ({ agreement, gateway, problem }: AgreementProps) => (
  <Section title="Daten herunterladen">
    <PostForm action={`/agreements/${agreement.id}/downloads`} faults={problem?.errors}>
      <Radios
        name="format"
        legend="Format"
        hint="Jeder Download gilt als eine Lieferung und steht im Protokoll. Der Link gilt 60 Sekunden und nur einmal."
        value={FORMATS[0].name}
        options={formatChoices()}
      />
      <Buttons>
        <Button>Herunterladen</Button>
      </Buttons>
    </PostForm>
    <Details summary="Abruf durch ein Fachverfahren">
      <Text>Ein Fachverfahren ruft die Daten mit seinem eigenen Zugangstoken ab:</Text>
      <pre
        tabIndex={0}
        aria-label="Adresse für Fachverfahren"
      >{`GET ${gateway}/v1/agreements/${agreement.id}/data?format=csv`}</pre>
    </Details>
  </Section>
);

const EXCHANGE_STATE: Record<ExchangeView['state'], [Tone, string]> = {
  STARTED: ['info', 'läuft'],
  COMPLETED: ['success', 'vollständig'],
  FAILED: ['danger', 'fehlgeschlagen'],
  INTERRUPTED: ['warning', 'abgebrochen'],
  REVOKED: ['danger', 'durch Widerruf abgebrochen'],
};

const Exchanges = ({ exchanges }: Pick<AgreementProps, 'exchanges'>) =>
  exchanges.length === 0 ? (
    <Text>Es wurde noch nichts geliefert.</Text>
  ) : (
    <Table
      caption="Lieferungen dieser Vereinbarung, neueste zuerst"
      hideCaption
      columns={[
        { head: 'Beginn' },
        { head: 'Stand' },
        { head: 'Format' },
        { head: 'Zeilen', numeric: true },
        { head: 'Größe', numeric: true },
        { head: 'Prüfsumme (SHA-256)' },
      ]}
      rows={exchanges.map((exchange) => {
        const [tone, text] = EXCHANGE_STATE[exchange.state];
        return [
          moment(exchange.startedAt),
          <Badge tone={tone} key="stand">
            {text}
          </Badge>,
          exchange.format.toUpperCase(),
          count(exchange.rows),
          bytes(exchange.bytes),
          exchange.sha256 ? <code key="sha">{exchange.sha256}</code> : '–',
        ];
      })}
    />
  );

/** What stops with a revocation, before the act. */
export const RevokeView = (props: AgreementProps) => {
  const { agreement, exchanges, problem, reason } = props;
  const running = exchanges.filter(({ state }) => state === 'STARTED').length;
  const complete = exchanges.filter(({ state }) => state === 'COMPLETED').length;
  return (
    <>
      <h1 className="kern-heading-large">Vereinbarung {agreement.number} widerrufen</h1>
      <FormProblem problem={problem} />
      <Alert tone="warning" title="Das geschieht beim Widerruf">
        <List
          items={[
            `${agreement.consumerUnitName} bekommt ab sofort keine Daten mehr aus „${agreement.productTitle}“.`,
            running === 0
              ? 'Zurzeit läuft keine Lieferung.'
              : `${counted(running, 'laufende Lieferung wird', 'laufende Lieferungen werden')} abgebrochen.`,
            complete === 0
              ? 'Bisher wurde nichts vollständig geliefert.'
              : `Schon geliefert: ${counted(complete, 'Lieferung', 'Lieferungen')}. Für diese Daten gelten die Löschfristen weiter.`,
            'Der Widerruf lässt sich nicht zurücknehmen. Für eine neue Nutzung ist ein neuer Antrag nötig.',
          ]}
        />
      </Alert>
      {agreement.may.revoke ? (
        <PostForm action={`/agreements/${agreement.id}/revoke`} faults={problem?.errors}>
          <Act {...props} />
          <TextField
            name="reason"
            label="Begründung"
            hint="Die anfragende Stelle liest diesen Text."
            rows={4}
            value={reason}
          />
          <Buttons>
            <Button>Jetzt widerrufen</Button>
            <Link href={`/agreements/${agreement.id}`}>Abbrechen</Link>
          </Buttons>
        </PostForm>
      ) : (
        <Text>
          Sie können diese Vereinbarung nicht widerrufen. Das darf nur die Datenverantwortung der bereitstellenden
          Stelle, solange die Vereinbarung läuft.
        </Text>
      )}
    </>
  );
};
