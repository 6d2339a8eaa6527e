import { ONCE_FIELD } from '../../../layout/form-body';
import type { AgreementProps } from './agreement.props';

/** Which state the form was read with, and its key. */
export const Act = ({ agreement, once }: AgreementProps) => (
  <>
    <input type="hidden" name="revision" value={agreement.revision} />
    <input type="hidden" name={ONCE_FIELD} value={once} />
  </>
);
