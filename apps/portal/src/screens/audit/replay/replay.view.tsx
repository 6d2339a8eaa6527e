import type { Incident, ReplayLook } from '#lib/requests';
import { ONCE_FIELD } from '../../../layout/form-body';
import { moment } from '../../../layout/format';
import { Button, Buttons, PostForm } from '../../../layout/forms';
import { Alert, Facts, Link, Section, Table, Text } from '../../../layout/parts';

const PART: Record<string, string> = {
  facts: 'die Angaben',
  outcome: 'das Ergebnis',
  rules: 'die Regeln',
  obligations: 'die Auflagen',
  chain: 'die zuständigen Stellen',
  because: 'die Begründung',
  ruleset: 'das Regelwerk von damals',
};
const parts = (differs: readonly string[]): string => differs.map((part) => PART[part] ?? part).join(', ');

export const IncidentsView = ({ incidents }: { incidents: readonly Incident[] }) => (
  <>
    <h1 className="kern-heading-large">Nachprüfung von Entscheidungen</h1>
    <Text>
      Jede Entscheidung lässt sich mit ihren Angaben und dem Regelwerk von damals noch einmal ausführen. Sie muss genau
      gleich herauskommen. Kommt sie anders heraus, ist das ein Vorfall: Dann hat sich etwas geändert, das sich nicht
      ändern darf. Sie finden die Entscheidungen beim Antrag unter „Erklärung“.
    </Text>
    <Section title="Vorfälle">
      {incidents.length === 0 ? (
        <Alert tone="success" title="Keine Vorfälle">
          <Text>Bisher kam jede nachgeprüfte Entscheidung genau so wieder heraus.</Text>
        </Alert>
      ) : (
        <Table
          caption="Entscheidungen, die anders herauskamen"
          hideCaption
          columns={[
            { head: 'Nachgeprüft am' },
            { head: 'Antrag' },
            { head: 'Was anders ist' },
            { head: 'Entscheidung' },
          ]}
          rows={incidents.map(({ decisionId, requestId, number, differs, at }) => [
            moment(at),
            <Link href={`/requests/${requestId}`} key="antrag">
              {number}
            </Link>,
            parts(differs),
            <Link href={`/replays/${decisionId}`} key="entscheidung">
              Ansehen
            </Link>,
          ])}
        />
      )}
    </Section>
  </>
);

export const ReplayView = ({ look, once }: { look: ReplayLook; once: string }) => {
  const { decisionId, requestId, number, outcomeName, phaseName, decidedAt, rulesetHash, factsSha256, result, runs } =
    look;
  return (
    <>
      <h1 className="kern-heading-large">Entscheidung nachprüfen</h1>
      <Alert
        tone={result.same ? 'success' : 'danger'}
        title={result.same ? 'Gleich: Die Entscheidung kommt genau so wieder heraus' : 'Anders: Das ist ein Vorfall'}
      >
        <Text>
          {result.same
            ? `Angaben von damals, Regelwerk von damals${result.version === null ? '' : ` (Fassung ${result.version})`}, dasselbe Ergebnis Byte für Byte.`
            : `Anders ist: ${parts(result.differs)}. Bitte halten Sie den Vorfall fest und unterrichten Sie die Informationssicherheit.`}
        </Text>
      </Alert>
      <PostForm action={`/replays/${decisionId}`}>
        <input type="hidden" name={ONCE_FIELD} value={once} />
        <Text>Mit dem Knopf wird die Nachprüfung festgehalten: im Protokoll und unten in der Liste.</Text>
        <Buttons>
          <Button>Noch einmal ausführen und festhalten</Button>
        </Buttons>
      </PostForm>
      <Section title="Die gespeicherte Entscheidung">
        <Facts
          items={[
            [
              'Antrag',
              <Link href={`/requests/${requestId}`} key="a">
                {number}
              </Link>,
            ],
            ['Anlass', phaseName],
            ['Ergebnis', outcomeName],
            ['Entschieden am', moment(decidedAt)],
            ['Nummer der Entscheidung', <code key="id">{decisionId}</code>],
            ['Prüfsumme der Angaben', <code key="f">{factsSha256}</code>],
            ['Prüfsumme des Regelwerks', <code key="r">{rulesetHash}</code>],
            ['Prüfsumme wie gespeichert', <code key="s">{result.storedSha256}</code>],
            [
              'Prüfsumme beim Nachprüfen',
              result.replayedSha256 ? (
                <code key="n">{result.replayedSha256}</code>
              ) : (
                'nicht möglich: das Regelwerk von damals ist nicht lesbar'
              ),
            ],
          ]}
        />
      </Section>
      <Section title="Bisherige Nachprüfungen">
        {runs.length === 0 ? (
          <Text>Noch keine festgehalten.</Text>
        ) : (
          <Table
            caption="Bisherige Nachprüfungen"
            hideCaption
            columns={[{ head: 'Zeit' }, { head: 'Ergebnis' }]}
            rows={runs.map(({ at, same, differs }) => [moment(at), same ? 'gleich' : `anders: ${parts(differs)}`])}
          />
        )}
      </Section>
    </>
  );
};
