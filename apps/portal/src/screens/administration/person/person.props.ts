import type { Problem } from '#lib/kernel';
import type { FormBody } from '../../../layout/form-body';
import type { PersonModel } from '../../../layout/people/person.presenter';

export interface PersonProps extends PersonModel {
  problem?: Problem | undefined;
  /** which duties the refused step would have brought together */
  because: readonly string[];
  body: FormBody;
}
