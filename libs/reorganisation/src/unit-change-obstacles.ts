import { quoted, type Tx } from '#lib/kernel';
import type { UnitChangeView } from '#lib/organisation';
import type { Obstacle } from './unit-change-preview.view';

/** Departments of an ending unit, as far as the question where they go is concerned. */
type WithDepartments = readonly { departments: { items: { id: string; name: string; toUnitId: string | null }[] } }[];

/**
 * Everything that keeps a prepared change from being confirmed, by the same functions the triggers ask, each with what
 * would clear it. None for a change that is confirmed or dropped.
 */
export async function obstaclesOf(tx: Tx, change: UnitChangeView, sources: WithDepartments): Promise<Obstacle[]> {
  if (change.state !== 'PREPARED') return [];
  return [
    ...(await ofUnits(tx, change)),
    ...(await ofProducts(tx, change)),
    ...(await ofRequests(tx, change)),
    ...ofDepartments(change, sources),
  ];
}

async function ofUnits(tx: Tx, { id }: UnitChangeView): Promise<Obstacle[]> {
  const units = await tx.sql<{ unitId: string; name: string; ended: boolean }>(
    `SELECT u.id AS "unitId", u.name, u.valid_to IS NOT NULL AS ended FROM organisation.unit u
      WHERE u.id IN (SELECT unit_id FROM organisation.unit_change_unit WHERE change_id = $1
                     UNION SELECT new_parent_id FROM organisation.unit_change WHERE id = $1)
        AND (u.valid_to IS NOT NULL OR EXISTS (
          SELECT FROM organisation.unit_change o JOIN organisation.unit_change_unit x ON x.change_id = o.id
           WHERE x.unit_id = u.id AND o.id <> $1 AND o.state = 'CONFIRMED' AND o.took_effect_at IS NULL)) ORDER BY u.name`,
    [id],
  );
  return units.map(({ unitId, name, ended }): Obstacle => ({
    code: ended ? 'unit_ended' : 'overlap',
    text: ended
      ? `Die Stelle ${name} besteht nicht mehr, oder ihr Ende steht fest.`
      : `Für die Stelle ${name} steht schon eine bestätigte Änderung bevor.`,
    clearedBy: 'Bitte verwerfen Sie diesen Vorgang, und bereiten Sie ihn nach der anderen Änderung neu vor.',
    unitId,
    itemId: null,
  }));
}

/** Invariant: every product has somebody accountable and a deputy, also on the first day. */
async function ofProducts(tx: Tx, { id, orderedFor }: UnitChangeView): Promise<Obstacle[]> {
  const orphans = await tx.sql<{
    id: string;
    title: string;
    unitId: string | null;
    unitName: string | null;
    holder: boolean;
    deputy: boolean;
  }>(
    `SELECT p.id, p.title, o.to_unit AS "unitId", u.name AS "unitName", o.holder, o.deputy
       FROM catalogue.products_without_owner($1, greatest(coalesce($2::timestamptz, now()), now())) o
       JOIN catalogue.product p ON p.id = o.product_id LEFT JOIN organisation.unit u ON u.id = o.to_unit ORDER BY u.name, p.title, p.id`,
    [id, orderedFor],
  );
  const found: Obstacle[] = orphans
    .filter(({ unitId }) => unitId === null)
    .map(({ id: itemId, title }) => ({
      code: 'product_unassigned',
      text: `Für das Datenprodukt ${quoted(title)} ist nicht bestimmt, wer es übernimmt.`,
      clearedBy: 'Ordnen Sie es einer Stelle zu, oder lassen Sie es vorher zurückziehen.',
      unitId: null,
      itemId,
    }));
  const units = new Map(orphans.flatMap((one) => (one.unitId ? [[one.unitId, one] as const] : [])));
  for (const [unitId, { unitName, holder, deputy }] of units) {
    const clearedBy =
      'Bestellen Sie die Person vorher für diese Stelle; eine zweite Person aus der Administration bestätigt. Die Bestellung muss an diesem Tag gelten.';
    if (!holder)
      found.push({
        code: 'no_holder',
        text: `In der Stelle ${unitName} ist an diesem Tag niemand für die Datenprodukte verantwortlich.`,
        clearedBy,
        unitId,
        itemId: null,
      });
    if (!deputy)
      found.push({
        code: 'no_deputy',
        text: `In der Stelle ${unitName} gibt es an diesem Tag keine Vertretung für die Datenprodukte.`,
        clearedBy,
        unitId,
        itemId: null,
      });
  }
  return found;
}

async function ofRequests(tx: Tx, { id }: UnitChangeView): Promise<Obstacle[]> {
  const open = await tx.sql<{ id: string; number: string }>(
    'SELECT r.id, r.number FROM reorganisation.unassigned_requests($1) u JOIN requests.access_request r ON r.id = u.request_id ORDER BY r.number',
    [id],
  );
  return open.map(({ id: itemId, number }): Obstacle => ({
    code: 'request_unassigned',
    text: `Für den Antrag ${number} und seine Vereinbarung ist nicht bestimmt, wer sie übernimmt.`,
    clearedBy: 'Ordnen Sie den Antrag einer Stelle zu.',
    unitId: null,
    itemId,
  }));
}

/** A department of nothing is nobody's: it goes somewhere, or ends before. */
function ofDepartments({ kind }: UnitChangeView, sources: WithDepartments): Obstacle[] {
  if (kind !== 'SPLIT' && kind !== 'DISSOLVE') return [];
  const left = sources.flatMap(({ departments }) => departments.items).filter(({ toUnitId }) => toUnitId === null);
  return left.map(({ id: itemId, name }): Obstacle => ({
    code: 'department_unassigned',
    text: `Für die Abteilung ${name} ist nicht bestimmt, wohin sie kommt.`,
    clearedBy: 'Ordnen Sie sie einer Stelle zu, oder lösen Sie sie vorher auf.',
    unitId: null,
    itemId,
  }));
}
