import type { Problem } from '#lib/kernel';
import type { Change, ProofView, VersionView } from '#lib/rulebook';
import type { FormBody } from '../../../layout/form-body';

export interface VersionProps {
  version: VersionView;
  /** null: one of the two texts can not be read today */
  changes: readonly Change[] | null;
  proof: ProofView;
  problem?: Problem | undefined;
  body: FormBody;
  once: string;
}
