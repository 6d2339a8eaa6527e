import type { Problem } from '#lib/kernel';
import type { DutyLine } from '#lib/organisation';
import { type FormBody, one, ONCE_FIELD } from '../../../layout/form-body';
import { FormProblem } from '../../../layout/form-problem';
import { day, lastDay } from '../../../layout/format';
import { Button, Buttons, PostForm, SelectField, TextField } from '../../../layout/forms';
import { Section, Table, Text } from '../../../layout/parts';
import type { DutiesModel } from './duties.presenter';

interface Props extends DutiesModel {
  once: string;
  body: FormBody;
  problem?: Problem;
}

export const DutiesView = ({ duties, units, keeps, once, body, problem }: Props) => (
  <>
    <h1 className="kern-heading-large">Pflichtaufgaben der Stellen</h1>
    <FormProblem problem={problem} />
    <Text>
      Wer Daten für eine gesetzliche Pflichtaufgabe anfragt, nennt eine dieser Pflichtaufgaben. Nur die Pflichtaufgabe,
      für die das Amt seine Daten selbst erhoben hat, ist derselbe Zweck.
    </Text>
    {duties.length === 0 && <Text>Es ist keine Pflichtaufgabe eingetragen.</Text>}
    {duties.length > 0 && (
      <Table
        caption="Pflichtaufgaben, die gelten oder noch gelten werden"
        hideCaption
        columns={[
          { head: 'Pflichtaufgabe' },
          { head: 'Stelle' },
          { head: 'Norm' },
          { head: 'Gültig' },
          { head: 'Kürzel' },
          ...(keeps ? [{ head: 'Ende' }] : []),
        ]}
        rows={duties.map((duty) => [
          duty.name,
          duty.unitName,
          duty.norm ?? 'keine genannt',
          `ab ${day(duty.validFrom)}${duty.validTo ? ` bis ${lastDay(duty.validTo)}` : ''}`,
          duty.code,
          ...(keeps ? [<EndDuty duty={duty} once={once} key="ende" />] : []),
        ])}
      />
    )}
    {keeps && (
      <Section title="Pflichtaufgabe eintragen">
        <PostForm action="/duties" faults={problem?.errors}>
          <input type="hidden" name={ONCE_FIELD} value={once} />
          <SelectField name="unitId" label="Stelle" value={one(body, 'unitId')} empty="Bitte wählen" options={units} />
          <TextField
            name="code"
            label="Kürzel"
            hint="Großbuchstaben, Ziffern und Unterstriche; es wird nie ein zweites Mal vergeben"
            value={one(body, 'code')}
          />
          <TextField name="name" label="Pflichtaufgabe" value={one(body, 'name')} />
          <TextField
            name="norm"
            label="Norm"
            hint="Vorschrift oder Beschluss, wenn sie feststehen"
            value={one(body, 'norm')}
          />
          <TextField name="validFrom" label="Gültig ab" type="date" value={one(body, 'validFrom')} />
          <TextField
            name="validTo"
            label="Letzter Tag"
            hint="leer, wenn kein Ende feststeht"
            type="date"
            value={one(body, 'validTo')}
          />
          <Buttons>
            <Button>Pflichtaufgabe eintragen</Button>
          </Buttons>
        </PostForm>
      </Section>
    )}
  </>
);

const EndDuty = ({ duty, once }: { duty: DutyLine } & Pick<Props, 'once'>) => (
  <details>
    <summary className="kern-link">
      Jetzt beenden<span className="kern-sr-only">: {duty.name}</span>
    </summary>
    <PostForm action={`/duties/${duty.id}/end`}>
      <input type="hidden" name={ONCE_FIELD} value={once} />
      <Text small>Anträge und Vereinbarungen, die darauf beruhen, werden neu geprüft.</Text>
      <Buttons>
        <Button kind="secondary">Pflichtaufgabe beenden</Button>
      </Buttons>
    </PostForm>
  </details>
);
