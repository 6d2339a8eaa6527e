import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { DomainEvent } from './event';
import type { Problem, ProblemDetails } from './problem';
import type { Tx } from './unit-of-work';

/** A row that goes through states. With a `revision`, every move counts it up. */
export interface Movable extends ObjectLiteral {
  id: string;
  state: string;
  revision?: number;
}

/** How the rows of one entity move. */
export interface Movement<E extends Movable> {
  entity: EntityTarget<E>;
  states: { canMove(from: E['state'], to: E['state']): boolean };
  /** the table of states holds no such move */
  refused: (details?: ProblemDetails) => Problem;
  /** somebody else moved it since it was read */
  changed: (details?: ProblemDetails) => Problem;
  /** the column that says when it changed last, where there is one */
  changedAt?: keyof E & string;
}

export interface Move<E extends Movable> {
  from: E['state'];
  to: E['state'];
  /** after the move; 0 for a row that counts none */
  revision: number;
}

/**
 * The one way a state changes. Writes the state and `changes` by the entity's own columns, if the row still stands where
 * `row` says (same state, same revision), and emits the event in the same transaction; `clear` are its erasable values.
 * `row` afterwards holds what was written. Throws `refused` for a move the table does not hold and `changed` when
 * somebody was first; then nothing was written. If we die before the commit, neither state nor event exist.
 */
export async function move<E extends Movable>(
  tx: Tx,
  { entity, states, refused, changed, changedAt }: Movement<E>,
  row: E,
  to: E['state'],
  event: (move: Move<E>) => DomainEvent | Promise<DomainEvent>,
  changes: Partial<E> = {},
  clear: Record<string, string> = {},
): Promise<void> {
  const { id, state: from, revision } = row;
  if (!states.canMove(from, to)) throw refused({ detail: `Von „${from}“ führt kein Weg zu „${to}“.` });
  const counted = revision === undefined ? {} : { revision: revision + 1 };
  const values = { ...changes, state: to, ...counted, ...(changedAt && { [changedAt]: tx.now }) };
  const { affected } = await tx.em
    .createQueryBuilder()
    .update(entity)
    .set(values) // TypeORM's own type for it does not take a generic entity
    .where({ id, state: from, ...(revision !== undefined && { revision }) })
    .execute();
  if (affected !== 1) throw changed();
  await tx.emit(await event({ from, to, revision: counted.revision ?? 0 }), clear);
  Object.assign(row, values);
}
