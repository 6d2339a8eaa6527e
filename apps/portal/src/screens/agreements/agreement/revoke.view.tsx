import { quoted } from '#lib/kernel';
import { FormProblem } from '../../../layout/form-problem';
import { counted, lastDay } from '../../../layout/format';
import { PostForm, TextField, Buttons, Button, Checkboxes } from '../../../layout/forms';
import { Alert, List, Link, Text } from '../../../layout/parts';
import type { AgreementProps } from './agreement.props';
import { Act } from './act';

/** What stops with a revocation, before the act. */
export const RevokeView = (props: AgreementProps) => {
  const { agreement, exchanges, problem, reason, together } = props;
  const running = exchanges.filter(({ state }) => state === 'STARTED').length;
  const complete = exchanges.filter(({ state }) => state === 'COMPLETED').length;
  return (
    <>
      <h1 className="kern-heading-large">Vereinbarung {agreement.number} widerrufen</h1>
      <FormProblem problem={problem} />
      <Alert tone="warning" title="Das geschieht beim Widerruf">
        <List
          items={[
            `${agreement.consumerUnitName} bekommt ab sofort keine Daten mehr aus ${quoted(agreement.productTitle)}.`,
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
          {agreement.parallel.length > 0 && (
            <Checkboxes
              name="together"
              legend="Dieselbe Stelle bekommt dieses Datenprodukt auch aus anderen Vereinbarungen"
              hint="Sie laufen weiter, wenn Sie sie nicht mit widerrufen. Beide Seiten lesen dann dieselbe Begründung."
              value={together ?? []}
              options={agreement.parallel.map(({ id, number, stateName, validUntil }) => ({
                value: id,
                text: `${number} mit widerrufen`,
                hint: `${stateName}, gültig bis ${lastDay(validUntil)}`,
              }))}
            />
          )}
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
