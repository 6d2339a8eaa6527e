import { one } from '../../../layout/form-body';
import { Button, Buttons, Once, PostForm, SelectField, TextField } from '../../../layout/forms';
import { Section } from '../../../layout/parts';
import { APPOINTMENT_SCOPE_NAME } from '../../../layout/words';
import type { PersonProps } from './person.props';

export const Propose = ({ person, roles, units, principals, problem, body, once }: PersonProps) => (
  <Section title="Rolle vorschlagen">
    <PostForm action={`/administration/people/${person.id}/appointments`} faults={problem?.errors}>
      <Once once={once} />
      <SelectField
        name="deputyOf"
        label="Vertretung von"
        hint="Für eine Vertretung genügt diese Angabe. Rolle, Stelle und Geltung sind dann dieselben."
        value={one(body, 'deputyOf')}
        empty="Keine Vertretung, eigene Rolle"
        options={principals}
        optional
      />
      <SelectField name="role" label="Rolle" value={one(body, 'role')} empty="Bitte wählen" options={roles} />
      <SelectField name="unitId" label="Stelle" value={one(body, 'unitId')} empty="Bitte wählen" options={units} />
      <SelectField
        name="scope"
        label="Gilt für"
        value={one(body, 'scope')}
        empty="Bitte wählen"
        options={Object.entries(APPOINTMENT_SCOPE_NAME).map(([value, text]) => ({ value, text }))}
      />
      <TextField
        name="scopeId"
        label="Welches Fachgebiet oder Datenprodukt?"
        hint="Nur wenn die Rolle darauf begrenzt ist: Name des Fachgebiets oder Kennung des Datenprodukts"
        value={one(body, 'scopeId')}
        optional
      />
      <div className="dr-row">
        <TextField
          name="validFrom"
          label="Erster Tag"
          type="date"
          hint="Leer: ab heute"
          value={one(body, 'validFrom')}
          optional
        />
        <TextField
          name="validTo"
          label="Letzter Tag"
          type="date"
          hint="Leer: ohne Ende"
          value={one(body, 'validTo')}
          optional
        />
      </div>
      <Buttons>
        <Button>Rolle vorschlagen</Button>
      </Buttons>
    </PostForm>
  </Section>
);
