/** Clauses that are to hold together; a literal is a variable from 1 on, negative for its negation. */
export type Clauses = readonly (readonly number[])[];
/** Says whether clauses can hold together. */
export type Asks = (clauses: Clauses) => boolean | Promise<boolean>;
