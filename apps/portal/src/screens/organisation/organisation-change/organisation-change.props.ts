import type { UnitChangePreview } from '#lib/reorganisation';
import type { Problem } from '#lib/kernel';
import type { UnitChangeView } from '#lib/organisation';
import type { FormBody } from '../../../layout/form-body';

export interface ChangeProps {
  change: UnitChangeView;
  /** what it would touch; null when that is settled, or not for the reader */
  preview: UnitChangePreview | null;
  administers: boolean;
  /** the reader prepared it, so somebody else must confirm */
  mine: boolean;
  problem?: Problem | undefined;
  body: FormBody;
  once: string;
}
