import { Inject, Injectable, type Type } from '@nestjs/common';
import type { Acting } from './acting';
import { type Tx, UnitOfWork } from './unit-of-work';

/** Whoever stands behind a call: what a transaction must know of them. */
interface Caller {
  readonly acting: Acting;
}
type Names<D> = readonly (keyof D & string)[];
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller is whatever the function of the domain asks for
type AsCaller<F> = F extends (tx: Tx, by: infer A, ...rest: infer R) => infer O ? (by: A, ...rest: R) => O : any;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
type ForCaller<F> = F extends (tx: Tx, ...rest: infer R) => infer O ? (by: Caller, ...rest: R) => O : any;

type Opening<D, W extends Names<D>, A extends Names<D>, R extends Names<D>> = {
  [K in W[number] | A[number]]: AsCaller<D[K]>;
} & { [K in R[number]]: ForCaller<D[K]> };

/**
 * The functions of a domain class as use cases: `domain.admit(tx, actor, input)` becomes `service.admit(actor, input)`, which
 * opens the transaction as that actor. `writes` run in one transaction with their events (`UnitOfWork.run`), `readsAs` and
 * `reads` in a read-only one; of these `reads` do not ask who reads, row-level security does. So a controller opens
 * none, and a function of the domain can be one step of a larger transaction.
 */
export function opening<
  D extends object,
  const W extends Names<D> = readonly [],
  const A extends Names<D> = readonly [],
  const R extends Names<D> = readonly [],
>(domain: Type<D>, { writes, readsAs, reads }: { writes?: W; readsAs?: A; reads?: R }): Type<Opening<D, W, A, R>> {
  @Injectable()
  class Service {
    constructor(
      readonly uow: UnitOfWork,
      @Inject(domain) readonly domain: Record<string, (tx: Tx, ...rest: unknown[]) => Promise<unknown>>,
    ) {}
  }
  const define = (names: readonly string[] = [], how: 'run' | 'read', asks: boolean): void => {
    for (const name of names) {
      const value = function (this: Service, by: Caller, ...rest: unknown[]): Promise<unknown> {
        return this.uow[how](by.acting, (tx) => this.domain[name]!(tx, ...(asks ? [by, ...rest] : rest)));
      };
      Object.defineProperty(Service.prototype, name, { value });
    }
  };
  define(writes, 'run', true);
  define(readsAs, 'read', true);
  define(reads, 'read', false);
  return Service as unknown as Type<Opening<D, W, A, R>>;
}
