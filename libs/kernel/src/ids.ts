import { v7 } from 'uuid';

/** A new UUIDv7 (RFC 9562): unique, and ordered by creation time to the millisecond. */
export const newId = (): string => v7();

const UUID = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;

/** True for the text form of any UUID. Ask before a path parameter reaches SQL. */
export const isId = (text: unknown): text is string => typeof text === 'string' && UUID.test(text);
