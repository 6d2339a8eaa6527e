import { z } from 'zod';

/**
 * What somebody can do, said once in its stage: API and portal refer to it. `may` is the permission it needs ('signed-in':
 * any role, 'public': none), `audit` the event it leaves behind or 'none: <reason>', `input` what is sent (the query of a read, the body of
 * a change), `output` what is answered. Without `input` nothing can be sent, without `output` nothing comes back.
 */
export interface UseCase<M extends string = string> {
  readonly may: M;
  readonly audit: string;
  readonly input?: z.ZodType;
  readonly output?: z.ZodType;
}

export const defineUseCase = <const U extends UseCase>(useCase: U): U => useCase;

/** What the use case takes, as its schema has read it. */
export type InputOf<U extends UseCase> = U extends { input: infer S extends z.ZodType } ? z.output<S> : undefined;

/** What the use case answers. */
export type OutputOf<U extends UseCase> = U extends { output: infer S extends z.ZodType } ? z.output<S> : void;

/** Page of a list, as it is asked for in an address. */
export const pages = {
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
};

/** A whole list. */
export const itemsOf = <S extends z.ZodType>(item: S) => z.strictObject({ items: z.array(item) });

/** One page of a list, and how many there are in all. */
export const pageOf = <S extends z.ZodType>(item: S) => z.strictObject({ items: z.array(item), total: z.int() });

/** The id of what was made. */
export const madeId = z.strictObject({ id: z.uuid() });

/** A point in time, ISO 8601 in UTC. */
export const isoTime = z.iso.datetime();
