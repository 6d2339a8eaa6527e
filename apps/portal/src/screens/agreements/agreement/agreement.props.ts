import type { AgreementView as Agreement } from '#lib/agreements';
import type { ExchangeView } from '#lib/exchange';
import type { Problem } from '#lib/kernel';
import type { FormBody } from '../../../layout/form-body';

export interface AgreementProps {
  agreement: Agreement;
  exchanges: readonly ExchangeView[];
  once: string;
  /** address of the gateway, for machines */
  gateway: string;
  problem?: Problem;
  /** answers that could not be taken yet */
  body?: FormBody;
  reason?: string;
  /** others that were to be revoked with it */
  together?: readonly string[];
}
