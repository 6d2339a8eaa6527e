import type { DeliveredForm } from './delivered-form';

/** The rows of the agreed version as they stand, with the agreed fields, filter and masks. */
export const rowlevel: DeliveredForm = { form: 'ROWLEVEL', apply: () => null };
