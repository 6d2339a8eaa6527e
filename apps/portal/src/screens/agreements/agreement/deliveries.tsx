import { FORMATS, type OutputFormat } from '#lib/sources';
import type { ExchangeView } from '#lib/exchange';
import { moment, count, bytes } from '../../../layout/format';
import { Button, Buttons, type Option, PostForm, Radios } from '../../../layout/forms';
import { Section, Details, Text, type Tone, Table, Badge } from '../../../layout/parts';
import type { AgreementProps } from './agreement.props';

/** One choice per format, in the order of the list. */
export const formatChoices = (formats: readonly OutputFormat[] = FORMATS): readonly Option[] =>
  formats.map(({ name, title, hint }) => ({ value: name, text: title, hint }));

export const Download = ({ agreement, gateway, problem }: AgreementProps) => (
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

export const EXCHANGE_STATE: Record<ExchangeView['state'], [Tone, string]> = {
  STARTED: ['info', 'läuft'],
  COMPLETED: ['success', 'vollständig'],
  FAILED: ['danger', 'fehlgeschlagen'],
  INTERRUPTED: ['warning', 'abgebrochen'],
  REVOKED: ['danger', 'durch Widerruf abgebrochen'],
};

export const Exchanges = ({ exchanges }: Pick<AgreementProps, 'exchanges'>) =>
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
