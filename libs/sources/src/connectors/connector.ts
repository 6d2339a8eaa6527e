import type { z } from 'zod';
import type { Recognition } from '../reading/recognition';

/**
 * A way data comes in. Forms and API schemas are made from `settings`, so a new connector needs no screen of its own.
 * What it brings is always a table that `IngestService` stores.
 */
export interface Connector<S extends z.ZodType = z.ZodType> {
  readonly kind: string;
  /** German, for people */
  readonly title: string;
  readonly settings: S;
  /** Looks at a local file without storing anything. Throws problems of the stage, never anything else, on bad input. */
  recognise(file: string, settings: unknown, opts?: { signal?: AbortSignal }): Promise<Recognition>;
}
