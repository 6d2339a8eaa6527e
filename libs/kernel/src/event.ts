import { z } from 'zod';

/** What happened, as ids and facts. Never a name, an address or free text: the sealed log can not forget. */
export interface DomainEvent {
  type: string;
  facts: Record<string, unknown>;
}

export interface EventDefinition<S extends z.ZodObject = z.ZodObject> {
  (facts: z.input<S>): DomainEvent;
  readonly type: string;
  readonly schema: S;
}

const definitions = new Map<string, EventDefinition>();

/** All events of the product by type, for the test that each has a schema and no personal field. */
export const eventDefinitions = (): ReadonlyMap<string, EventDefinition> => definitions;

/**
 * Declares an event. `type` is `noun.past-tense.v1`; the schema is strict, so a field that is not declared
 * (a name, say) can not slip into the log.
 */
export function defineEvent<S extends z.ZodObject>(type: string, schema: S): EventDefinition<S> {
  if (!/^[a-z][a-z-]*(?:\.[a-z][a-z-]*)+\.v\d+$/.test(type.replaceAll('_', '-')))
    throw new Error(`\`${type}\` is no event type`);
  if (definitions.has(type)) throw new Error(`event \`${type}\` is declared twice`);
  const strict = schema.strict();
  const make = (facts: z.input<S>): DomainEvent => ({ type, facts: strict.parse(facts) });
  const definition = Object.assign(make, { type, schema }) as EventDefinition<S>;
  definitions.set(type, definition);
  return definition;
}

/** An event as it was stored: what handlers and the audit views read. */
export interface StoredEvent {
  id: string;
  type: string;
  time: Date;
  facts: Record<string, unknown>;
  /** pseudonym of the person, id of the client, or name of the job */
  actor: string;
  unitId: string | null;
}
