import type { StoredEvent } from '#lib/kernel';

/** Which running agreements an event touches: a condition on `agreements.agreement a`, and its parameters. */
export interface Scope {
  where: string;
  params: unknown[];
}

/** A unit, everything below it, and the units in whose place it stands: what covers an office covers all of these. */
const below = (place: string): string => `(SELECT organisation.unit_scope(${place}))`;

const everything: Scope = { where: 'true', params: [] };

/** Of a product, and of those it is the aggregate of: whether a coarser product exists is a fact of the finer one. */
const ofProduct = ({ facts }: StoredEvent): Scope => ({
  where: 'a.product_id IN (SELECT id FROM catalogue.product WHERE $1 IN (id, aggregate_product_id))',
  params: [facts.productId],
});

/**
 * Of the seat that answers for the products, because with nobody in it none is released; and, on the asking side, of any
 * role: it may have been the last there.
 */
const ofSeat = ({ facts }: StoredEvent): Scope => ({
  where: `organisation.is_accountable($2) AND a.provider_unit_id IN ${below('$1')} OR a.consumer_unit_id IN ${below('$1')}`,
  params: [facts.unitId, facts.role],
});

/** What somebody answered for who left; who it was stands beside the log. */
const ofDeparture = ({ facts }: StoredEvent): Scope => ({
  where:
    'requests.responsible_person(a.request_id) = (SELECT d.person_id FROM organisation.departure d WHERE d.id = $1)',
  params: [facts.departureId],
});

const ofHandover = ({ facts }: StoredEvent): Scope => ({ where: 'a.request_id = $1', params: [facts.requestId] });

/** The event names nobody, so: whatever somebody shut out no earlier than this event holds the seat of, or answers for. */
const ofDisabled = ({ time }: StoredEvent): Scope => ({
  where: `EXISTS (SELECT FROM organisation.appointment s JOIN organisation.person p ON p.id = s.person_id
                   WHERE organisation.is_accountable(s.role) AND p.disabled_at >= $1 AND a.provider_unit_id IN ${below('s.unit_id')})
          OR EXISTS (SELECT FROM organisation.person p WHERE p.id = requests.responsible_person(a.request_id) AND p.disabled_at >= $1)`,
  params: [new Date(time.getTime() - 1)],
});

/** One party of the contract on each side, the processor counted as a side. */
const ofContract = ({ facts }: StoredEvent): Scope => {
  const side = (place: string): string =>
    `ARRAY[a.provider_unit_id, a.consumer_unit_id, (a.terms->>'processorUnitId')::uuid] && ARRAY${below(place)}`;
  return { where: `${side('$1::uuid')} AND ${side('$2::uuid')}`, params: [facts.partyA, facts.partyB] };
};

/** One side is a unit that ended or moved, or one that took something over: the parties may be the same office now. */
const ofChange = ({ facts: { sources = [], targets = [], unitId } }: StoredEvent): Scope => ({
  where: `ARRAY[a.provider_unit_id, a.consumer_unit_id, (a.terms->>'processorUnitId')::uuid]
            && ARRAY(SELECT organisation.unit_scope(u) FROM unnest($1::uuid[]) AS u)`,
  params: [[...(sources as string[]), ...(targets as string[]), ...(unitId ? [unitId] : [])]],
});

/**
 * Everything an agreement rests on, by the event that tells of its change. An event that is not here changes no
 * agreement by itself; what time changes (a contract runs out, a review is due) is found by the schedule.
 */
export const REVIEW_TRIGGERS: Readonly<Record<string, (event: StoredEvent) => Scope | null>> = {
  'product.released.v1': ofProduct,
  'product.offered.v1': ofProduct,
  'product.described.v1': ofProduct,
  'product.revised.v1': ofProduct,
  'product.withdrawn.v1': ofProduct,
  'product-version.added.v1': ofProduct,
  'product-version.released.v1': ofProduct,
  'appointment.confirmed.v1': ofSeat,
  'appointment.ended.v1': ofSeat,
  'person.disabled.v1': ofDisabled,
  'person.departed.v1': ofDeparture,
  'person-order.confirmed.v1': ({ facts }) => (facts.kind === 'RETURN' ? everything : null),
  'request.handed-over.v1': ofHandover,
  'contract.registered.v1': ofContract,
  'contract.ended.v1': ofContract,
  'unit.merged.v1': ofChange,
  'unit.split.v1': ofChange,
  'unit.dissolved.v1': ofChange,
  'unit.moved.v1': ofChange,
  'organisation.loaded.v1': () => everything,
  // not the adoption: a law decides from its date on
  'rulebook.entered-force.v1': () => everything,
};
