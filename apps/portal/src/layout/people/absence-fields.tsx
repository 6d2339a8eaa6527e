import { ABSENCE_REASONS } from '#lib/organisation';
import { type FormBody, one } from '../form-body';
import { TextField, SelectField } from '../forms';
import { ABSENCE_NAME } from '../words';

export const AbsenceFields = ({ body }: { body: FormBody }) => (
  <>
    <div className="dr-row">
      <TextField name="from" label="Erster Tag" type="date" value={one(body, 'from')} />
      <TextField name="to" label="Letzter Tag der Abwesenheit" type="date" value={one(body, 'to')} />
    </div>
    <SelectField
      name="reason"
      label="Grund"
      value={one(body, 'reason')}
      empty="Bitte wählen"
      options={ABSENCE_REASONS.map((value) => ({ value, text: ABSENCE_NAME[value] }))}
    />
  </>
);
