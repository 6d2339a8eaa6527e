import { Injectable } from '@nestjs/common';
import type { Tx } from '#lib/kernel';
import { organisationProblems as problems } from '../organisation.problems';
import { UnitChange, UnitChangeItem } from './unit-change.entity';
import { UNIT_CHANGE_KIND_LABEL, unitChangeStates } from './unit-change.states';
import type { ChangedUnit, UnitChangeView, UnitHistory } from './unit-change.view';

@Injectable()
export class UnitChangeReads {
  /** Throws `unit_change_not_found`. */
  async change(tx: Tx, id: string): Promise<UnitChangeView> {
    const [view] = await this.views(tx, [id]);
    if (!view) throw problems.unit_change_not_found();
    return view;
  }

  /** The latest first, 200 at most. */
  async changes(tx: Tx): Promise<UnitChangeView[]> {
    const found = await tx.sql<{ id: string }>(
      'SELECT id FROM organisation.unit_change ORDER BY prepared_at DESC, id DESC LIMIT 200',
    );
    return this.views(
      tx,
      found.map(({ id }) => id),
    );
  }

  /** Units with this in a name they have or had, or in their key: the old name is found. 50 at most. */
  async find(tx: Tx, text: string): Promise<UnitHistory[]> {
    const found = await tx.sql<{ id: string }>(
      `SELECT u.id FROM organisation.unit u
        WHERE u.valid_from <= now() AND (position(lower($1) IN lower(u.name)) > 0 OR position(lower($1) IN u.key) > 0
           OR EXISTS (SELECT FROM organisation.unit_name n WHERE n.unit_id = u.id AND position(lower($1) IN lower(n.name)) > 0))
        ORDER BY u.valid_to IS NOT NULL, u.name LIMIT 50`,
      [text],
    );
    const histories: UnitHistory[] = [];
    for (const { id } of found) histories.push(await this.history(tx, id));
    return histories;
  }

  /** Throws `unit_not_found`. */
  async history(tx: Tx, unitId: string): Promise<UnitHistory> {
    const [row] = await tx.sql<
      Omit<UnitHistory, 'validFrom' | 'validTo' | 'formerNames'> & { validFrom: Date; validTo: Date | null }
    >(
      `SELECT u.id AS "unitId", u.name, u.valid_from AS "validFrom", u.valid_to AS "validTo",
              CASE WHEN s.id <> u.id THEN jsonb_build_object('unitId', s.id, 'name', s.name) END AS "standsFor"
         FROM organisation.unit u JOIN organisation.unit s ON s.id = organisation.successor_of(u.id) WHERE u.id = $1`,
      [unitId],
    );
    if (!row) throw problems.unit_not_found();
    const names = await tx.sql<{ name: string; from: Date; until: Date }>(
      `SELECT name, valid_from AS "from", valid_to AS until FROM organisation.unit_name WHERE unit_id = $1 ORDER BY valid_to`,
      [unitId],
    );
    return {
      ...row,
      validFrom: row.validFrom.toISOString(),
      validTo: row.validTo?.toISOString() ?? null,
      formerNames: names.map(({ name, from, until }) => ({
        name,
        from: from.toISOString(),
        until: until.toISOString(),
      })),
    };
  }

  private async views(tx: Tx, ids: string[]): Promise<UnitChangeView[]> {
    const views: UnitChangeView[] = [];
    for (const id of ids) {
      const change = await tx.em.findOneBy(UnitChange, { id });
      if (!change) continue;
      const units = await tx.sql<ChangedUnit & { part: string }>(
        `SELECT x.unit_id AS "unitId", x.part, u.kind,
                -- as it was called when the change was prepared: of a renaming, the old name
                coalesce((SELECT n.name FROM organisation.unit_name n WHERE n.unit_id = u.id AND n.valid_from <= c.prepared_at AND c.prepared_at < n.valid_to), u.name) AS name,
                u.valid_from >= c.prepared_at AS "isNew"
           FROM organisation.unit_change_unit x JOIN organisation.unit u ON u.id = x.unit_id
           JOIN organisation.unit_change c ON c.id = x.change_id WHERE x.change_id = $1 ORDER BY u.name, u.id`,
        [id],
      );
      const part = (wanted: string): ChangedUnit[] =>
        units.filter((one) => one.part === wanted).map(({ part: _, ...unit }) => unit);
      const { kind, state, basis, newName, recordsUnitId, preparedBy, newParentId } = change;
      views.push({
        ...{ id, kind, state, basis, newName, recordsUnitId, preparedBy },
        kindName: UNIT_CHANGE_KIND_LABEL[kind],
        stateName: unitChangeStates.label[state],
        orderedFor: change.orderedFor?.toISOString() ?? null,
        effectiveAt: change.effectiveAt?.toISOString() ?? null,
        tookEffectAt: change.tookEffectAt?.toISOString() ?? null,
        newParentName: newParentId && (await this.name(tx, 'unit', newParentId)),
        sources: part('SOURCE'),
        targets: part('TARGET'),
        items: (await tx.em.find(UnitChangeItem, { where: { changeId: id }, order: { kind: 'ASC', item: 'ASC' } })).map(
          ({ kind: itemKind, item, toUnit }) => ({ kind: itemKind, item, toUnit }),
        ),
        preparedByName: (await this.name(tx, 'person', preparedBy))!,
        confirmedByName: change.confirmedBy && (await this.name(tx, 'person', change.confirmedBy)),
      });
    }
    return views;
  }

  private async name(tx: Tx, what: 'unit' | 'person', id: string): Promise<string | null> {
    const name = what === 'unit' ? 'name' : `given_name || ' ' || family_name`;
    const [row] = await tx.sql<{ name: string }>(`SELECT ${name} AS name FROM organisation.${what} WHERE id = $1`, [
      id,
    ]);
    return row?.name ?? null;
  }
}
