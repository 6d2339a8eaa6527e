import type { Problem } from '#lib/kernel';
import type { DutyLine } from '#lib/organisation';
import { type FormBody, one, ONCE_FIELD } from '../../../layout/form-body';
import { FormProblem } from '../../../layout/form-problem';
import { day, lastDay } from '../../../layout/format';
import { Button, Buttons, PostForm, SelectField, TextField } from '../../../layout/forms';
import { Details, Facts, Section, Text } from '../../../layout/parts';
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
    {duties.map((duty) => (
      <DutySection duty={duty} keeps={keeps} once={once} key={duty.id} />
    ))}
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

const DutySection = ({ duty, keeps, once }: { duty: DutyLine } & Pick<Props, 'keeps' | 'once'>) => (
  <Section title={duty.name}>
    <Facts
      items={[
        ['Stelle', duty.unitName],
        ['Kürzel', duty.code],
        ['Norm', duty.norm ?? 'keine genannt'],
        ['Gültig', `ab ${day(duty.validFrom)}${duty.validTo ? ` bis ${lastDay(duty.validTo)}` : ''}`],
      ]}
    />
    {keeps && (
      <Details summary="Pflichtaufgabe beenden">
        <PostForm action={`/duties/${duty.id}/end`}>
          <input type="hidden" name={ONCE_FIELD} value={once} />
          <Text>Anträge und Vereinbarungen, die auf dieser Pflichtaufgabe beruhen, werden neu geprüft.</Text>
          <Buttons>
            <Button kind="secondary">Pflichtaufgabe jetzt beenden</Button>
          </Buttons>
        </PostForm>
      </Details>
    )}
  </Section>
);
