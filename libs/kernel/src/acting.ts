/**
 * Who acts in a transaction. It fills the actor of every audit record and the row-level security context,
 * so no transaction starts without one.
 */
export interface Acting {
  kind: 'person' | 'client' | 'system' | 'anonymous';
  /** person id, machine client id, name of the job, or `anonymous` */
  id: string;
  /** the unit in whose name this is done, if there is one */
  unitId: string | null;
  /** units whose rows may be seen */
  units: readonly string[];
  /** holds an office for the whole city (governance office, data protection, …): sees the rows of all units */
  citywide: boolean;
  /** audit mandates under which the Revisionsamt reads: offices, never persons (R-AUD-02); absent for anybody else */
  mandates?: readonly string[];
  /** from the header `Idempotency-Key`: the same key with the same fingerprint has one effect and one answer */
  idempotency?: { key: string; fingerprint: string };
}

/** A job or a delivery window of the product itself. It sees all rows and is named in the log. */
export const systemActing = (name: string): Acting => ({
  kind: 'system',
  id: name,
  unitId: null,
  units: [],
  citywide: false,
});

/** Nobody we know: may leave a refused attempt in the log and sees no protected row. */
export const anonymousActing: Acting = { kind: 'anonymous', id: 'anonymous', unitId: null, units: [], citywide: false };
