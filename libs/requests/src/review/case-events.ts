import type { StoredEvent } from '#lib/kernel';
import type { StoredDecision } from '../decision/stored-decision.entity';

/** Which cases an event touches: a condition over rows of requests or agreements, and its parameters. */
export interface Scope {
  where: string;
  params: unknown[];
}

/** How a row of requests or of agreements names what it rests on, in SQL. */
export interface CaseRow {
  request: string;
  product: string;
  provider: string;
  consumer: string;
  /** every unit with a contract that matters: both sides, who processes for them, and for whom they process */
  sides: string;
}

/** What an event means for cases in flight. Agreements it touches are always decided again. */
export interface CaseEvent {
  concerns(event: StoredEvent, row: CaseRow): Scope | null;
  /**
   * What happens with an open request, and so with its tasks. CIRCUMSTANCES, PRODUCT_CHANGE: decided again on the facts of
   * now, under this cause; ENDS: refused; UNITS: `ChangedUnits` does it; null: nothing the rules would see
   */
  requests: 'CIRCUMSTANCES' | 'PRODUCT_CHANGE' | 'ENDS' | 'UNITS' | null;
  /** German sentence for whoever waits or decides; no name, no detail a side may not know */
  says: string;
}

/** A unit, everything below it, and the units in whose place it stands: what covers an office covers all of these. */
const below = (place: string): string => `(SELECT organisation.unit_scope(${place}))`;

const everything = (): Scope => ({ where: 'true', params: [] });

/** Of a product, and of those it is the aggregate of: whether a coarser product exists is a fact of the finer one. */
const ofProduct = ({ facts }: StoredEvent, { product }: CaseRow): Scope => ({
  where: `${product} IN (SELECT id FROM catalogue.product WHERE $1 IN (id, aggregate_product_id))`,
  params: [facts.productId],
});
const ofThisProduct = ({ facts }: StoredEvent, { product }: CaseRow): Scope => ({
  where: `${product} = $1`,
  params: [facts.productId],
});

/**
 * Of the seat that answers for the products, because with nobody in it none is released; and, on the asking side, of any
 * role: it may have been the last there.
 */
const ofSeat = ({ facts }: StoredEvent, { provider, consumer }: CaseRow): Scope => ({
  where: `organisation.is_accountable($2) AND ${provider} IN ${below('$1')} OR ${consumer} IN ${below('$1')}`,
  params: [facts.unitId, facts.role],
});

/** What somebody answered for who left; who it was stands beside the log. */
const ofDeparture = ({ facts }: StoredEvent, { request }: CaseRow): Scope => ({
  where: `requests.responsible_person(${request}) = (SELECT d.person_id FROM organisation.departure d WHERE d.id = $1)`,
  params: [facts.departureId],
});

const ofHandover = ({ facts }: StoredEvent, { request }: CaseRow): Scope => ({
  where: `${request} = $1`,
  params: [facts.requestId],
});

/** The event names nobody, so: whatever somebody shut out no earlier than this event holds the seat of, or answers for. */
const ofDisabled = ({ time }: StoredEvent, { provider, request }: CaseRow): Scope => ({
  where: `EXISTS (SELECT FROM organisation.appointment s JOIN organisation.person p ON p.id = s.person_id
                   WHERE organisation.is_accountable(s.role) AND p.disabled_at >= $1 AND ${provider} IN ${below('s.unit_id')})
          OR EXISTS (SELECT FROM organisation.person p WHERE p.id = requests.responsible_person(${request}) AND p.disabled_at >= $1)`,
  params: [new Date(time.getTime() - 1)],
});

/** One party of the contract among the units of each side. */
const ofContract = ({ facts }: StoredEvent, { sides }: CaseRow): Scope => {
  const side = (place: string): string => `${sides} && ARRAY${below(place)}`;
  return { where: `${side('$1::uuid')} AND ${side('$2::uuid')}`, params: [facts.partyA, facts.partyB] };
};

/** Of the unit, on either side: whose purpose it is, or who collected for it. */
const ofDuty = ({ facts }: StoredEvent, { sides }: CaseRow): Scope => ({
  where: `${sides} && ARRAY${below('organisation.office_of($1::uuid)')}`,
  params: [facts.unitId],
});

/** One side is a unit that ended or moved, or one that took something over: the parties may be the same office now. */
const ofChange = ({ facts: { sources = [], targets = [], unitId } }: StoredEvent, { sides }: CaseRow): Scope => ({
  where: `${sides} && ARRAY(SELECT organisation.unit_scope(u) FROM unnest($1::uuid[]) AS u)`,
  params: [[...(sources as string[]), ...(targets as string[]), ...(unitId ? [unitId] : [])]],
});

const entry = (
  concerns: CaseEvent['concerns'],
  requests: CaseEvent['requests'],
  says: CaseEvent['says'],
): CaseEvent => ({ concerns, requests, says });
const SEAT = 'Bei einer der Stellen hat sich geändert, wer zuständig ist';
const UNITS = 'Eine der beteiligten Stellen hat sich geändert';

/**
 * Everything a case in flight rests on, by the event that tells of its change: the one place that says what happens then
 * with open requests and their tasks, and which agreements are decided again. An event that is not here changes no case
 * by itself; what time changes (a contract runs out, a review is due) is found by the schedules.
 */
export const CASE_EVENTS: Readonly<Record<string, CaseEvent>> = {
  'product.released.v1': entry(ofProduct, 'PRODUCT_CHANGE', 'Das Datenprodukt wurde neu freigegeben'),
  'product.offered.v1': entry(ofProduct, 'PRODUCT_CHANGE', 'Das Datenprodukt ist wieder anfragbar'),
  'product.described.v1': entry(ofProduct, 'PRODUCT_CHANGE', 'Die Angaben zum Datenprodukt haben sich geändert'),
  // nobody decides until it is released again, and that is an event too
  'product.revised.v1': entry(ofProduct, 'PRODUCT_CHANGE', 'Das Datenprodukt wird überarbeitet'),
  'product.withdrawn.v1': entry(ofProduct, 'ENDS', 'Das Datenprodukt wurde zurückgezogen'),
  'product-evidence.uploaded.v1': entry(
    ofThisProduct,
    'PRODUCT_CHANGE',
    'Zum Datenprodukt gibt es einen neuen Nachweis',
  ),
  'product-evidence.ended.v1': entry(ofThisProduct, 'PRODUCT_CHANGE', 'Ein Nachweis zum Datenprodukt gilt nicht mehr'),
  'product-version.added.v1': entry(ofProduct, 'PRODUCT_CHANGE', 'Zum Datenprodukt gibt es neue Daten'),
  'product-version.released.v1': entry(ofThisProduct, 'PRODUCT_CHANGE', 'Eine neue Fassung der Daten ist freigegeben'),
  'product-version.statistics-released.v1': entry(
    ofProduct,
    'PRODUCT_CHANGE',
    'Die Statistikstelle hat die Daten freigegeben',
  ),
  'product-version.statistics-withdrawn.v1': entry(
    ofProduct,
    'PRODUCT_CHANGE',
    'Die Statistikstelle hat ihre Freigabe der Daten zurückgenommen',
  ),
  'appointment.confirmed.v1': entry(ofSeat, 'CIRCUMSTANCES', SEAT),
  'appointment.ended.v1': entry(ofSeat, 'CIRCUMSTANCES', SEAT),
  'person.disabled.v1': entry(ofDisabled, 'CIRCUMSTANCES', SEAT),
  // who decides and who answers is asked at every look; the rules see seats, and those have their own events
  'person.departed.v1': entry(ofDeparture, null, SEAT),
  'person-order.confirmed.v1': entry(
    ({ facts }) => (facts.kind === 'RETURN' ? everything() : null),
    'CIRCUMSTANCES',
    SEAT,
  ),
  'request.handed-over.v1': entry(ofHandover, null, SEAT),
  'contract.registered.v1': entry(ofContract, 'CIRCUMSTANCES', 'Zwischen den Stellen wurde ein Vertrag eingetragen'),
  'contract.completed.v1': entry(
    ofContract,
    'CIRCUMSTANCES',
    'Die Angaben zu einem Vertrag zwischen den Stellen sind vollständig',
  ),
  'contract.ended.v1': entry(ofContract, 'CIRCUMSTANCES', 'Ein Vertrag zwischen den Stellen ist beendet'),
  'duty.registered.v1': entry(ofDuty, 'CIRCUMSTANCES', 'Eine Pflichtaufgabe einer der Stellen wurde eingetragen'),
  'duty.ended.v1': entry(ofDuty, 'CIRCUMSTANCES', 'Eine Pflichtaufgabe einer der Stellen ist beendet'),
  'unit.merged.v1': entry(ofChange, 'UNITS', UNITS),
  'unit.split.v1': entry(ofChange, 'UNITS', UNITS),
  'unit.dissolved.v1': entry(ofChange, 'UNITS', UNITS),
  'unit.moved.v1': entry(ofChange, 'UNITS', UNITS),
  'organisation.loaded.v1': entry(everything, 'CIRCUMSTANCES', 'Das Verzeichnis der Stellen wurde neu geladen'),
  // not the adoption: a law decides from its date on
  'rulebook.entered-force.v1': entry(everything, 'CIRCUMSTANCES', 'Eine neue Fassung des Regelwerks gilt'),
  'rulebook.capabilities-changed.v1': entry(everything, 'CIRCUMSTANCES', 'Das Programm kann jetzt anderes umsetzen'),
};

/** The cause of a decision that nothing but time led to. */
export const CLOCK = 'clock';
const OTHER_CAUSES: Readonly<Record<string, string>> = {
  [CLOCK]: 'Eine Frist ist abgelaufen',
  'request.answered.v1': 'Während der Rückfrage haben sich Angaben geändert',
};

/** What led to a decision on a case in flight, as a German sentence without its end; null for what people did to it. */
export const causeInWords = ({ cause, causedBy }: Pick<StoredDecision, 'cause' | 'causedBy'>): string | null =>
  cause === 'UNIT_CHANGE' ? UNITS : ((causedBy && (CASE_EVENTS[causedBy]?.says ?? OTHER_CAUSES[causedBy])) ?? null);
