import type { TaskView } from '#lib/approvals';
import type { Problem } from '#lib/kernel';
import { type FormBody, one, ONCE_FIELD } from '../../../layout/form-body';
import { TextField } from '../../../layout/forms';
import type { CoarserChoice } from '../../../layout/requests/coarser-forms';

export interface TaskProps {
  task: TaskView;
  /** asked fields that may be given coarser */
  coarser: readonly CoarserChoice[];
  said: readonly (readonly [string, string])[];
  /** what was filled in, after a fault */
  body: FormBody;
  problem?: Problem;
  once: string;
}

/** What every act carries: the revision that was read, and the key that makes a double click one act. */
export const Act = ({ task, once }: TaskProps) => (
  <>
    <input type="hidden" name="revision" value={task.revision} />
    <input type="hidden" name={ONCE_FIELD} value={once} />
  </>
);

export const Reasons = ({ task, body }: TaskProps) => (
  <TextField
    name="reasons"
    label="Begründung"
    hint={
      task.reasonsRequired
        ? 'Eine Stellungnahme enthält Bedenken. Bitte begründen Sie, warum Sie trotzdem zustimmen.'
        : undefined
    }
    rows={3}
    value={one(body, 'reasons')}
    optional={!task.reasonsRequired}
  />
);
