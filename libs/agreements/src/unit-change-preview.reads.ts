import { type Tx, UnitOfWork, systemActing } from '#lib/kernel';
import { type Actor, organisationProblems, permits, UnitChangeReads, type UnitChangeView } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import { obstaclesOf } from './unit-change-obstacles';
import {
  type LeftBehind,
  type Part,
  type PartName,
  PARTS,
  type Touched,
  type UnitChangePreview,
} from './unit-change-preview.view';

const LISTED = 500;

/** What a change of the organisation would touch, before anybody confirms it. Reads only, past row-level security. */
@Injectable()
export class UnitChangePreviews {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly changes: UnitChangeReads,
  ) {}

  /** For the administration, which sees names and numbers here and no content. Throws `not_permitted`, `unit_change_not_found`. */
  async of(actor: Actor, changeId: string): Promise<UnitChangePreview> {
    if (!permits(actor, 'organisation.administer')) throw organisationProblems.not_permitted();
    return this.uow.read(systemActing('agreements.unit-change-preview'), (tx) => this.read(tx, changeId));
  }

  /**
   * Agreements that rest because a side ended and nobody stands in its place, with the unit that has to decide what
   * becomes of them: for that unit, and for the offices that see the whole city. At most 500, the oldest rest first.
   */
  leftBehind(actor: Actor): Promise<LeftBehind[]> {
    return this.uow.read(actor.acting, async (tx) => {
      const rows = await tx.sql<Omit<LeftBehind, 'since'> & { since: Date }>(
        `SELECT a.id AS "agreementId", a.number, e.name AS "endedUnitName", o.id AS "actsUnitId", o.name AS "actsUnitName", a.suspended_at AS since
           FROM agreements.agreement a
           JOIN LATERAL (${SIDES('a', 'a.request_id')}) s ON true
           JOIN organisation.unit e ON e.id = CASE WHEN organisation.unit_exists_now(s.consumer) THEN s.provider ELSE s.consumer END
           JOIN organisation.unit o ON o.id = CASE WHEN organisation.unit_exists_now(s.consumer) THEN s.consumer ELSE s.provider END
          WHERE a.state = 'SUSPENDED' AND a.valid_until > now() AND NOT organisation.unit_exists_now(e.id) ORDER BY a.suspended_at, a.id LIMIT 500`,
      );
      return rows.map(({ since, ...one }) => ({ ...one, since: since.toISOString() }));
    });
  }

  async read(tx: Tx, changeId: string): Promise<UnitChangePreview> {
    const change = await this.changes.change(tx, changeId);
    const sources: UnitChangePreview['sources'] = [];
    for (const { unitId, name } of change.sources) {
      const parts = {} as Record<PartName, Part>;
      for (const part of PARTS) {
        const found = await tx.sql<Touched>(QUERIES[part], [changeId, unitId]);
        parts[part] = { count: found.length, items: found.slice(0, LISTED) };
      }
      sources.push({ unitId, name, ...parts });
    }
    const targets: UnitChangePreview['targets'] = [];
    for (const { unitId, name, isNew } of change.targets) {
      const arriving = (part: PartName): number =>
        sources.flatMap((source) => source[part].items).filter(({ toUnitId }) => toUnitId === unitId).length;
      const arrives = {
        products: arriving('products'),
        requests: arriving('requests'),
        agreements: arriving('agreements'),
      };
      targets.push({ unitId, name, isNew, arrives, roles: await tx.sql(ROLES_AT, [changeId, unitId]) });
    }
    return {
      change,
      sources,
      targets,
      obstacles: await obstaclesOf(tx, change, sources),
      hints: hintsOf(change, sources),
    };
  }
}

function hintsOf({ kind }: UnitChangeView, sources: UnitChangePreview['sources']): string[] {
  const hints: string[] = [];
  const sum = (part: PartName, wanted: (one: Touched) => boolean): number =>
    sources.flatMap((source) => source[part].items).filter(wanted).length;
  const say = (count: number, one: string, many: string): void =>
    void (count > 0 && hints.push(count === 1 ? one : `${count} ${many}`));
  if (kind === 'RENAME') return ['Nur der Name ändert sich. Der alte Name wird weiter gefunden.'];
  const own =
    sum('agreements', ({ becomesOwn }) => becomesOwn === true) +
    sum('requests', ({ becomesOwn }) => becomesOwn === true);
  say(
    own,
    'Ein Antrag oder eine Vereinbarung besteht danach innerhalb derselben Stelle und wird neu entschieden.',
    'Anträge und Vereinbarungen bestehen danach innerhalb derselben Stelle und werden neu entschieden.',
  );
  if (kind === 'DISSOLVE')
    say(
      sum('agreements', ({ toUnitId }) => toUnitId === null),
      'Eine Vereinbarung ruht, weil eine Seite wegfällt.',
      'Vereinbarungen ruhen, weil eine Seite wegfällt.',
    );
  if (kind === 'SPLIT')
    say(
      sum('contracts', () => true),
      'Ein eingetragener Vertrag bindet danach niemanden. Bitte schließen Sie ihn neu.',
      'eingetragene Verträge binden danach niemanden. Bitte schließen Sie sie neu.',
    );
  if (kind !== 'MOVE') {
    say(
      sum('appointments', () => true),
      'Eine Rolle endet mit der Stelle.',
      'Rollen enden mit der Stelle.',
    );
    say(
      sum('machineClients', ({ toUnitId }) => toUnitId === null),
      'Eine Anwendung wird abgeschaltet.',
      'Anwendungen werden abgeschaltet.',
    );
  }
  return hints;
}

/** Who takes over one thing: the plan's word for it, or the one target of a merger. */
const TO = (kind: string, item: string): string => `LEFT JOIN LATERAL (
    SELECT u.id, u.name FROM organisation.unit u WHERE u.id = coalesce(
      (SELECT i.to_unit FROM organisation.unit_change_item i WHERE i.change_id = c.id AND i.kind = '${kind}' AND i.item = ${item}),
      (SELECT t.unit_id FROM organisation.unit_change_unit t WHERE t.change_id = c.id AND t.part = 'TARGET' AND c.kind = 'MERGE'),
      CASE WHEN c.kind IN ('RENAME', 'MOVE') THEN $2::uuid END)) t ON true`;
const CHANGE = 'organisation.unit_change c';
/** Both sides end in, or already are, the same unit of a merger. */
const OWN = (side: string): string =>
  `(c.kind = 'MERGE' AND ${side} IN (SELECT x.unit_id FROM organisation.unit_change_unit x WHERE x.change_id = c.id))`;
const SIDES = (
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

const QUERIES: Record<PartName, string> = {
  products: `SELECT p.id, p.title AS name, p.state AS note, ${GIVES} FROM ${CHANGE}
    JOIN catalogue.product p ON organisation.successor_of(p.provider_unit_id, p.id) = $2 ${TO('PRODUCT', 'p.id::text')}
    WHERE c.id = $1 ORDER BY p.title, p.id`,
  requests: `SELECT r.id, r.number AS name, ${SIDE_NOTE} AS note, ${GIVES}, ${OWN('s.consumer')} AND ${OWN('s.provider')} AS "becomesOwn"
    FROM ${CHANGE} JOIN requests.access_request r ON ${OPEN_REQUEST} AND ${NEAR('r')} ${WITH_SIDES('r', 'r.id')} ${SIDE_TO('r', 'r.id')}
    WHERE c.id = $1 ORDER BY r.number`,
  tasks: `SELECT k.id, r.number || ', ' || k.role AS name, k.state AS note, ${GIVES} FROM ${CHANGE}
    JOIN approvals.task k ON k.state IN ('OPEN', 'WAITING') AND k.unit_id IN (SELECT organisation.unit_scope($2))
    JOIN requests.access_request r ON r.id = k.request_id ${WITH_SIDES('r', 'r.id')} ${SIDE_TO('r', 'r.id')}
    WHERE c.id = $1 AND (k.seat = 'CONSUMER' AND s.consumer = $2 OR k.seat = 'PROVIDER' AND s.provider = $2) ORDER BY r.number, k.stage, k.id`,
  agreements: `SELECT a.request_id AS id, a.number AS name, ${SIDE_NOTE} AS note, ${GIVES}, ${OWN('s.consumer')} AND ${OWN('s.provider')} AS "becomesOwn"
    FROM ${CHANGE} JOIN agreements.agreement a ON a.state IN ('OFFERED', 'ACTIVE', 'SUSPENDED') AND a.valid_until > now() AND ${NEAR('a')}
    ${WITH_SIDES('a', 'a.request_id')} ${SIDE_TO('a', 'a.request_id')} WHERE c.id = $1 ORDER BY a.number`,
  appointments: `SELECT o.id, p.given_name || ' ' || p.family_name AS name, o.role || CASE WHEN o.deputy_of IS NULL THEN '' ELSE ' (Vertretung)' END AS note,
    NULL AS "toUnitId", NULL AS "toUnitName" FROM ${CHANGE} JOIN organisation.appointment o ON o.unit_id = $2 AND o.state IN ('IN_FORCE', 'PROPOSED') AND (o.valid_to IS NULL OR o.valid_to > now())
    JOIN organisation.person p ON p.id = o.person_id WHERE c.id = $1 ORDER BY o.role, name, o.id`,
  contracts: `SELECT k.id, k.kind || ' mit ' || o.name AS name, 'bis ' || to_char(k.valid_to AT TIME ZONE 'Europe/Berlin', 'DD.MM.YYYY') AS note, ${GIVES} FROM ${CHANGE}
    JOIN organisation.contract k ON $2::uuid IN (organisation.successor_of(k.party_a), organisation.successor_of(k.party_b)) AND k.valid_to > now()
    JOIN organisation.unit o ON o.id = CASE WHEN organisation.successor_of(k.party_a) = $2 THEN k.party_b ELSE k.party_a END
    LEFT JOIN LATERAL (SELECT u.id, u.name FROM organisation.unit u WHERE u.id = CASE WHEN c.kind IN ('RENAME', 'MOVE') THEN $2::uuid ELSE
      (SELECT x.unit_id FROM organisation.unit_change_unit x WHERE x.change_id = c.id AND x.part = 'TARGET' AND c.kind = 'MERGE') END) t ON true
    WHERE c.id = $1 ORDER BY name, k.id`,
  machineClients: `SELECT m.iss || ' ' || m.client_id AS id, m.client_id AS name, p.given_name || ' ' || p.family_name AS note, ${GIVES} FROM ${CHANGE}
    JOIN organisation.machine_client m ON m.unit_id = $2 AND m.disabled_at IS NULL JOIN organisation.person p ON p.id = m.responsible_person_id
    ${TO('CLIENT', `m.iss || ' ' || m.client_id`)} WHERE c.id = $1 ORDER BY m.client_id`,
  departments: `SELECT d.id, d.name, d.kind AS note, ${GIVES} FROM ${CHANGE}
    JOIN organisation.unit d ON d.parent_id = $2 AND d.valid_to IS NULL AND d.valid_from <= now() ${TO('UNIT', 'd.id::text')} WHERE c.id = $1 ORDER BY d.name, d.id`,
};

const ROLES_AT = `SELECT a.role AS "roleCode", p.given_name || ' ' || p.family_name AS "personName", a.deputy_of IS NOT NULL AS deputy,
    to_char(a.valid_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "from"
  FROM organisation.unit_change c JOIN organisation.appointment a ON a.unit_id = $2 AND a.state = 'IN_FORCE'
  JOIN organisation.person p ON p.id = a.person_id AND p.disabled_at IS NULL
 WHERE c.id = $1 AND (a.valid_to IS NULL OR a.valid_to > coalesce(c.effective_at, c.ordered_for, now())) ORDER BY a.role, deputy, p.family_name`;
