import type { PartName } from './unit-change-preview.view';

/** Who takes over one thing: the plan's word for it, or the one target of a merger. */
const TO = (kind: string, item: string): string => `LEFT JOIN LATERAL (
    SELECT u.id, u.name FROM organisation.unit u WHERE u.id = coalesce(
      (SELECT i.to_unit FROM organisation.unit_change_item i WHERE i.change_id = c.id AND i.kind = '${kind}' AND i.item = ${item}),
      (SELECT t.unit_id FROM organisation.unit_change_unit t WHERE t.change_id = c.id AND t.part = 'TARGET' AND c.kind = 'MERGE'),
      CASE WHEN c.kind IN ('RENAME', 'MOVE') THEN $2::uuid END)) t ON true`;
/** What a unit holds passes to whoever stands in its place as a whole, by no plan. */
const AS_A_WHOLE = `LEFT JOIN LATERAL (SELECT u.id, u.name FROM organisation.unit u WHERE u.id = CASE WHEN c.kind IN ('RENAME', 'MOVE') THEN $2::uuid ELSE
      (SELECT x.unit_id FROM organisation.unit_change_unit x WHERE x.change_id = c.id AND x.part = 'TARGET' AND c.kind = 'MERGE') END) t ON true`;
const CHANGE = 'organisation.unit_change c';
/** Both sides end in, or already are, the same unit of a merger. */
const OWN = (side: string): string =>
  `(c.kind = 'MERGE' AND ${side} IN (SELECT x.unit_id FROM organisation.unit_change_unit x WHERE x.change_id = c.id))`;
/** The units that stand on both sides of a row of agreements or requests today. */
export const SIDES = (
  row: string,
  id: string,
): string => `SELECT organisation.successor_of(${row}.consumer_unit_id, ${id}) AS consumer,
    organisation.successor_of(${row}.provider_unit_id, ${row}.product_id) AS provider`;
const WITH_SIDES = (row: string, id: string): string =>
  `JOIN LATERAL (${SIDES(row, id)}) s ON $2::uuid IN (s.consumer, s.provider)`;
const NEAR = (row: string): string =>
  `(${row}.consumer_unit_id IN (SELECT organisation.unit_scope($2)) OR ${row}.provider_unit_id IN (SELECT organisation.unit_scope($2)))`;
/** The asking side goes where the request goes, the giving side where the product goes. */
const SIDE_TO = (row: string, id: string): string => `LEFT JOIN LATERAL (
    SELECT u.id, u.name FROM organisation.unit u WHERE u.id = CASE WHEN c.kind IN ('RENAME', 'MOVE') THEN $2::uuid ELSE coalesce(
      (SELECT i.to_unit FROM organisation.unit_change_item i WHERE i.change_id = c.id
          AND (i.kind, i.item) = (CASE WHEN s.consumer = $2 THEN 'REQUEST' ELSE 'PRODUCT' END, CASE WHEN s.consumer = $2 THEN ${id} ELSE ${row}.product_id END::text)),
      (SELECT x.unit_id FROM organisation.unit_change_unit x WHERE x.change_id = c.id AND x.part = 'TARGET' AND c.kind = 'MERGE')) END) t ON true`;
const GIVES = `t.id AS "toUnitId", t.name AS "toUnitName"`;
const SIDE_NOTE = `CASE WHEN s.consumer = s.provider THEN 'eigene Stelle' WHEN s.consumer = $2 THEN 'als anfragende Stelle' ELSE 'als gebende Stelle' END`;
const OPEN_REQUEST = `r.state IN ('IN_REVIEW', 'QUESTION') AND r.valid_until > now()`;

/** What a change ($1) touches of one of its units ($2), by part. */
export const TOUCHED: Record<PartName, string> = {
  products: `SELECT p.id, p.title AS name, p.state AS note, ${GIVES} FROM ${CHANGE}
    JOIN catalogue.product p ON organisation.successor_of(p.provider_unit_id, p.id) = $2 ${TO('PRODUCT', 'p.id::text')}
    WHERE c.id = $1 ORDER BY p.title, p.id`,
  requests: `SELECT r.id, r.number AS name, ${SIDE_NOTE} AS note, ${GIVES}, ${OWN('s.consumer')} AND ${OWN('s.provider')} AS "becomesOwn"
    FROM ${CHANGE} JOIN requests.access_request r ON ${OPEN_REQUEST} AND ${NEAR('r')} ${WITH_SIDES('r', 'r.id')} ${SIDE_TO('r', 'r.id')}
    WHERE c.id = $1 ORDER BY r.number`,
  tasks: `SELECT k.id, r.number || ', ' || k.role AS name, k.state AS note, ${GIVES} FROM ${CHANGE}
    JOIN approvals.task k ON k.state IN ('OPEN', 'WAITING') AND k.unit_id IN (SELECT organisation.unit_scope($2))
    JOIN requests.access_request r ON r.id = k.request_id ${WITH_SIDES('r', 'r.id')} ${SIDE_TO('r', 'r.id')}
    WHERE c.id = $1 AND (k.seat = 'CONSUMER' AND s.consumer = $2 OR k.seat = 'PROVIDER' AND s.provider = $2
      OR k.seat = 'CONTROLLER' AND organisation.successor_of(r.controller_unit_id, r.id) = $2) ORDER BY r.number, k.stage, k.id`,
  agreements: `SELECT a.request_id AS id, a.number AS name, ${SIDE_NOTE} AS note, ${GIVES}, ${OWN('s.consumer')} AND ${OWN('s.provider')} AS "becomesOwn"
    FROM ${CHANGE} JOIN agreements.agreement a ON a.state IN ('OFFERED', 'ACTIVE', 'SUSPENDED') AND a.valid_until > now() AND ${NEAR('a')}
    ${WITH_SIDES('a', 'a.request_id')} ${SIDE_TO('a', 'a.request_id')} WHERE c.id = $1 ORDER BY a.number`,
  appointments: `SELECT o.id, p.given_name || ' ' || p.family_name AS name, o.role || CASE WHEN o.deputy_of IS NULL THEN '' ELSE ' (Vertretung)' END AS note,
    NULL AS "toUnitId", NULL AS "toUnitName" FROM ${CHANGE} JOIN organisation.appointment o ON o.unit_id = $2 AND o.state IN ('IN_FORCE', 'PROPOSED') AND (o.valid_to IS NULL OR o.valid_to > now())
    JOIN organisation.person p ON p.id = o.person_id WHERE c.id = $1 ORDER BY o.role, name, o.id`,
  contracts: `SELECT k.id, k.kind || ' mit ' || o.name AS name, 'bis ' || to_char(k.valid_to AT TIME ZONE 'Europe/Berlin', 'DD.MM.YYYY') AS note, ${GIVES} FROM ${CHANGE}
    JOIN organisation.contract k ON $2::uuid IN (organisation.successor_of(k.party_a), organisation.successor_of(k.party_b)) AND k.valid_to > now()
    JOIN organisation.unit o ON o.id = CASE WHEN organisation.successor_of(k.party_a) = $2 THEN k.party_b ELSE k.party_a END
    ${AS_A_WHOLE} WHERE c.id = $1 ORDER BY name, k.id`,
  duties: `SELECT k.id, k.name, k.code AS note, ${GIVES} FROM ${CHANGE}
    JOIN organisation.duty k ON organisation.successor_of(k.unit_id) = $2 AND (k.valid_to IS NULL OR k.valid_to > now())
    ${AS_A_WHOLE} WHERE c.id = $1 ORDER BY k.name, k.id`,
  machineClients: `SELECT m.iss || ' ' || m.client_id AS id, m.client_id AS name, p.given_name || ' ' || p.family_name AS note, ${GIVES} FROM ${CHANGE}
    JOIN organisation.machine_client m ON m.unit_id = $2 AND m.disabled_at IS NULL JOIN organisation.person p ON p.id = m.responsible_person_id
    ${TO('CLIENT', `m.iss || ' ' || m.client_id`)} WHERE c.id = $1 ORDER BY m.client_id`,
  departments: `SELECT d.id, d.name, d.kind AS note, ${GIVES} FROM ${CHANGE}
    JOIN organisation.unit d ON d.parent_id = $2 AND d.valid_to IS NULL AND d.valid_from <= now() ${TO('UNIT', 'd.id::text')} WHERE c.id = $1 ORDER BY d.name, d.id`,
};

/** Who answers in a unit ($2) on the day of the change ($1). */
export const ROLES_AT = `SELECT a.role AS "roleCode", p.given_name || ' ' || p.family_name AS "personName", a.deputy_of IS NOT NULL AS deputy,
    to_char(a.valid_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "from"
  FROM organisation.unit_change c JOIN organisation.appointment a ON a.unit_id = $2 AND a.state = 'IN_FORCE'
  JOIN organisation.person p ON p.id = a.person_id AND p.disabled_at IS NULL
 WHERE c.id = $1 AND (a.valid_to IS NULL OR a.valid_to > coalesce(c.effective_at, c.ordered_for, now())) ORDER BY a.role, deputy, p.family_name`;
