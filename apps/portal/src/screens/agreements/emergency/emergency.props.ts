import type { EmergencyView as Access } from '#lib/agreements';
import type { ExchangeView } from '#lib/exchange';
import type { Problem } from '#lib/kernel';
import type { FormBody } from '../../../layout/form-body';

export interface EmergencyProps {
  access: Access;
  exchanges: readonly ExchangeView[];
  /** what was asked for */
  said: [label: string, words: string][];
  once: string;
  body: FormBody;
  problem?: Problem;
}
