import { apiLive } from './api-live.form';
import type { DeliveredForm } from './delivered-form';
import { rowlevel } from './rowlevel.form';

export type { DeliveredForm } from './delivered-form';

/** Every form in which the gate delivers. Another one is refused by every decision, and here. */
export const FORMS: readonly DeliveredForm[] = [rowlevel, apiLive];
