import { AsyncLocalStorage } from 'node:async_hooks';
import { newId } from './ids';

const current = new AsyncLocalStorage<string>();

/** The number under which everything done for one call is found again, in the service log and in the audit log. */
export const correlationId = (): string => current.getStore() ?? newId();

/** Runs the work under a correlation id. */
export const withCorrelation = <T>(id: string, work: () => T): T => current.run(id, work);
