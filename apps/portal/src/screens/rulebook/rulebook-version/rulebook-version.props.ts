import type { Problem } from '#lib/kernel';
import type { Change, VersionView } from '#lib/rulebook';
import type { FormBody } from '../../../layout/form-body';

export interface VersionProps {
  version: VersionView;
  /** null: one of the two texts can not be read today */
  changes: readonly Change[] | null;
  problem?: Problem | undefined;
  body: FormBody;
  once: string;
}
