import type { DeliveredForm } from './delivered-form';

/** The same rows, fetched as often as the recipient needs them. */
export const apiLive: DeliveredForm = { form: 'API_LIVE', apply: () => null };
