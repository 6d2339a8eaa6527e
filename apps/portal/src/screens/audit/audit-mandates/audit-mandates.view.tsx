import { REVEAL_REASON_NAME, type RevealLine } from '#lib/assurance';
import type { Problem } from '#lib/kernel';
import { type AuditMandateView, MANDATE_BASES, MANDATE_BASIS_NAME, MANDATE_MONTHS } from '#lib/organisation';
import { all, type FormBody, one, ONCE_FIELD, ticked } from '../../../layout/form-body';
import { day } from '../../../layout/format';
import { Button, Buttons, Checkbox, Checkboxes, type Option, PostForm, Radios, TextField } from '../../../layout/forms';
import { Badge, Details, Section, Table, Text, type Tone } from '../../../layout/parts';
import { FormProblem } from '../../../layout/form-problem';
import { MandateFacts } from '../../../layout/mandate-facts';

const TONE: Record<AuditMandateView['state'], Tone> = {
  WAITING: 'warning',
  COMING: 'info',
  IN_FORCE: 'success',
  OVER: 'info',
  ENDED: 'info',
};

interface Props {
  mandates: readonly AuditMandateView[];
  /** null for those who have no part in it */
  reveals: readonly RevealLine[] | null;
  units: readonly Option[];
  mayRegister: boolean;
  once: string;
  body: FormBody;
  problem?: Problem;
}

export const MandatesView = ({ mandates, reveals, units, mayRegister, once, body, problem }: Props) => (
  <>
    <h1 className="kern-heading-large">Prüfaufträge</h1>
    <FormProblem problem={problem} />
    <Text>
      Das Revisionsamt liest im Datenraum nur mit einem Prüfauftrag. Eine Person trägt ihn ein, eine zweite Person
      außerhalb des Revisionsamtes bestätigt ihn. Er gilt höchstens {MANDATE_MONTHS} Monate. Das Revisionsamt sieht
      damit die genannten Stellen, aber keine Namen von Personen.
    </Text>
    {mandates.length === 0 ? (
      <Text>Es gibt keine Prüfaufträge.</Text>
    ) : (
      mandates.map((mandate) => <Mandate mandate={mandate} key={mandate.id} />)
    )}
    {reveals && <Reveals reveals={reveals} />}
    {mayRegister && (
      <Section title="Prüfauftrag eintragen">
        <PostForm action="/audit-mandates" faults={problem?.errors}>
          <input type="hidden" name={ONCE_FIELD} value={once} />
          <TextField name="reference" label="Aktenzeichen des Auftrags" value={one(body, 'reference')} />
          <Radios
            name="basis"
            legend="Wer hat den Auftrag gegeben?"
            value={one(body, 'basis') || null}
            options={MANDATE_BASES.map((value) => ({ value, text: MANDATE_BASIS_NAME[value] }))}
          />
          <TextField name="subject" label="Was wird geprüft?" rows={3} value={one(body, 'subject')} />
          <Checkbox name="wholeCity" label="Der Auftrag gilt für die ganze Stadt" checked={ticked(body, 'wholeCity')} />
          <Checkboxes name="unitIds" legend="Sonst: für welche Stellen?" value={all(body, 'unitIds')} options={units} />
          <TextField name="validFrom" label="Erster Tag" type="date" value={one(body, 'validFrom')} />
          <TextField name="validUntil" label="Letzter Tag" type="date" value={one(body, 'validUntil')} />
          <Buttons>
            <Button>Prüfauftrag eintragen</Button>
          </Buttons>
        </PostForm>
      </Section>
    )}
  </>
);

const REVEAL_STATE: Record<RevealLine['state'], string> = {
  WAITING: 'wartet auf Zustimmung',
  OPEN: 'offengelegt',
  REFUSED: 'abgelehnt',
  OVER: 'vorbei',
};

/** For those who consent and for the Personalrat. Nobody is named here. */
const Reveals = ({ reveals }: { reveals: readonly RevealLine[] }) => (
  <Section title="Offenlegungen im Protokoll">
    <Text>
      Wer hinter einem Eintrag des Protokolls steht, erfährt das Revisionsamt nur, wenn Datenschutz und Geschäftsstelle
      zustimmen. Der Personalrat liest hier mit. Jeder Blick auf den Namen wird protokolliert.
    </Text>
    {reveals.length === 0 ? (
      <Text>Es gab noch keine Offenlegung.</Text>
    ) : (
      <Table
        caption="Offenlegungen, neueste zuerst"
        hideCaption
        columns={[
          { head: 'Beantragt' },
          { head: 'Grund' },
          { head: 'Datenschutz' },
          { head: 'Geschäftsstelle' },
          { head: 'Stand' },
          { head: 'Ihre Entscheidung' },
        ]}
        rows={reveals.map((reveal) => [
          day(reveal.askedAt),
          REVEAL_REASON_NAME[reveal.reasonCode],
          reveal.consentOfDsb ? 'zugestimmt' : 'offen',
          reveal.consentOfGs ? 'zugestimmt' : 'offen',
          `${REVEAL_STATE[reveal.state]}, bis ${day(reveal.expiresAt)}`,
          reveal.answer ? <Decide id={reveal.id} key="entscheidung" /> : '–',
        ])}
      />
    )}
  </Section>
);

const Decide = ({ id }: { id: string }) => (
  <PostForm action={`/audit-mandates/reveals/${id}/consent`}>
    <Buttons>
      <Button>Zustimmen</Button>
      <Button kind="secondary" action={`/audit-mandates/reveals/${id}/refuse`}>
        Ablehnen
      </Button>
    </Buttons>
  </PostForm>
);

const Mandate = ({ mandate }: { mandate: AuditMandateView }) => (
  <Section title={mandate.reference}>
    <div className="dr-badges">
      <Badge tone={TONE[mandate.state]}>{mandate.stateName}</Badge>
    </div>
    <MandateFacts mandate={mandate} />
    {mandate.may.confirm && (
      <PostForm action={`/audit-mandates/${mandate.id}/confirm`}>
        <Buttons>
          <Button>Bestätigen</Button>
        </Buttons>
      </PostForm>
    )}
    {mandate.may.end && (
      <Details summary="Beenden">
        <PostForm action={`/audit-mandates/${mandate.id}/end`}>
          <Text>Das Revisionsamt liest dann sofort nichts mehr.</Text>
          <Buttons>
            <Button kind="secondary">Jetzt beenden</Button>
          </Buttons>
        </PostForm>
      </Details>
    )}
  </Section>
);
