import { Injectable } from '@nestjs/common';
import { systemActing, type Tx, type UnitOfWork } from '#lib/kernel';
import { AppointmentRow } from '../roles/appointment.entity';
import { appointmentFacts, moveAppointment } from '../roles/appointments.service';
import { appointmentDeclined, appointmentEnded } from '../organisation.events';
import { UnitChange, UnitChangeItem } from './unit-change.entity';
import { unitDissolved, unitMerged, unitMoved, unitRenamed, unitSplit } from './unit-change.events';
import { type ItemKind } from './unit-change.states';
import { Unit } from './unit.entity';

/** What a confirmed change does: first what holds by the clock from its date on, then, once, what is carried out on it. */
@Injectable()
export class UnitChangeEffect {
  /**
   * With the confirmation: begin and end of the units, and who stands in whose place from then on. Everything later
   * looks at these dates. A department that moves is shut at its date until its new place is written.
   */
  async settle(tx: Tx, change: UnitChange, sources: string[], targets: string[]): Promise<void> {
    const { id, kind, effectiveAt } = change;
    const at = effectiveAt!;
    await tx.sql('UPDATE organisation.unit SET valid_from = $2 WHERE id = ANY ($1) AND valid_from > $2', [targets, at]);
    if (kind === 'RENAME') return;
    if (kind === 'MOVE') {
      await tx.sql(
        `UPDATE organisation.unit SET valid_to = $2 WHERE id = ANY ($1) AND kind IN ('ABTEILUNG', 'STATISTIKSTELLE')`,
        [sources, at],
      );
      return;
    }
    await tx.sql('UPDATE organisation.unit SET valid_to = $2 WHERE id = ANY ($1)', [sources, at]);
    await tx.sql(
      kind === 'MERGE'
        ? `INSERT INTO organisation.unit_succession (from_unit, to_unit, at, change_id)
           SELECT s.unit_id, t.unit_id, $2, $1 FROM organisation.unit_change_unit s JOIN organisation.unit_change_unit t USING (change_id)
            WHERE change_id = $1 AND s.part = 'SOURCE' AND t.part = 'TARGET'`
        : `INSERT INTO organisation.unit_succession (from_unit, to_unit, at, change_id, subject)
           SELECT s.unit_id, i.to_unit, $2, $1, i.item::uuid FROM organisation.unit_change_unit s JOIN organisation.unit_change_item i USING (change_id)
            WHERE change_id = $1 AND s.part = 'SOURCE' AND i.kind IN ('PRODUCT', 'REQUEST')`,
      [id, at],
    );
  }

  /** The schedule: changes whose date has come, each in a transaction of its own. A missed run is caught up. */
  async due(uow: UnitOfWork): Promise<void> {
    const acting = systemActing('organisation.unit-changes');
    const waiting = await uow.read(acting, (tx) =>
      tx.sql<{ id: string }>(
        `SELECT id FROM organisation.unit_change WHERE state = 'CONFIRMED' AND took_effect_at IS NULL AND effective_at <= now() ORDER BY effective_at, id`,
      ),
    );
    for (const { id } of waiting) {
      await uow.run(acting, async (tx) => {
        const change = await tx.em.findOne(UnitChange, { where: { id }, lock: { mode: 'pessimistic_write' } });
        if (change && change.tookEffectAt === null) await this.take(tx, change);
      });
    }
  }

  /**
   * On the date, once: ends roles, moves departments and programmes, writes the new name or place, tells the others.
   * If we die before the commit nothing of it happened, and the units stay shut until the next run.
   */
  async take(tx: Tx, change: UnitChange): Promise<void> {
    const units = await tx.sql<{ id: string; part: string }>(
      `SELECT u.id, x.part FROM organisation.unit u JOIN organisation.unit_change_unit x ON x.unit_id = u.id
        WHERE x.change_id = $1 ORDER BY u.id FOR UPDATE OF u`,
      [change.id],
    );
    // what was about to be committed in these units when they ended is committed now, and found by who hears of it
    const of = (part: string): string[] => units.filter((unit) => unit.part === part).map(({ id }) => id);
    const [sources, targets] = [of('SOURCE'), of('TARGET')];
    const at = change.effectiveAt!.toISOString();
    const told = { changeId: change.id, at };
    switch (change.kind) {
      case 'RENAME':
        await this.rename(tx, change, sources[0]!);
        await tx.emit(unitRenamed({ ...told, unitId: sources[0]! }), { name: change.newName! });
        break;
      case 'MOVE': {
        const unit = await tx.em.findOneByOrFail(Unit, { id: sources[0]! });
        await tx.em.update(Unit, { id: unit.id }, { parentId: change.newParentId, validTo: null });
        await tx.emit(
          unitMoved({ ...told, unitId: unit.id, fromParentId: unit.parentId, toParentId: change.newParentId! }),
        );
        break;
      }
      case 'MERGE':
      case 'SPLIT':
      case 'DISSOLVE':
        await this.endRoles(tx, change.effectiveAt!, sources);
        await this.moveAlong(tx, change, sources, targets);
        await tx.emit(
          { MERGE: unitMerged, SPLIT: unitSplit, DISSOLVE: unitDissolved }[change.kind]({ ...told, sources, targets }),
        );
    }
    await tx.sql('UPDATE organisation.unit_change SET took_effect_at = clock_timestamp() WHERE id = $1', [change.id]);
  }

  /**
   * What came up between confirmation and date and is in no plan goes to who keeps the files. Called by the stages that
   * hold requests and products, when they hear of the split. What has its place already keeps it.
   */
  async takeRest(
    tx: Tx,
    changeId: string,
    kind: Extract<ItemKind, 'PRODUCT' | 'REQUEST'>,
    ids: string[],
  ): Promise<void> {
    const change = await tx.em.findOneByOrFail(UnitChange, { id: changeId });
    if (!change.recordsUnitId || ids.length === 0) return;
    const { recordsUnitId: toUnit } = change;
    for (const item of ids) {
      const values = { changeId, kind, item, toUnit };
      await tx.em.createQueryBuilder().insert().into(UnitChangeItem).values(values).orIgnore().execute();
    }
    await tx.sql(
      `INSERT INTO organisation.unit_succession (from_unit, to_unit, at, change_id, subject)
       SELECT x.unit_id, $2, c.effective_at, c.id, s.id FROM organisation.unit_change c
         JOIN organisation.unit_change_unit x ON x.change_id = c.id AND x.part = 'SOURCE' CROSS JOIN unnest($3::uuid[]) AS s (id)
        WHERE c.id = $1 ON CONFLICT DO NOTHING`,
      [changeId, toUnit, ids],
    );
  }

  private async rename(tx: Tx, { effectiveAt, newName }: UnitChange, unitId: string): Promise<void> {
    await tx.sql(
      `INSERT INTO organisation.unit_name (unit_id, name, valid_from, valid_to)
       SELECT u.id, u.name, coalesce((SELECT max(n.valid_to) FROM organisation.unit_name n WHERE n.unit_id = u.id), u.valid_from), $2
         FROM organisation.unit u WHERE u.id = $1`,
      [unitId, effectiveAt],
    );
    await tx.em.update(Unit, { id: unitId }, { name: newName! });
  }

  /** A role held in a unit that ended, or never came into being, ends with it; also one that was only proposed. */
  async endRoles(tx: Tx, at: Date, unitIds: string[]): Promise<void> {
    const rows = await tx.em
      .createQueryBuilder(AppointmentRow, 'a')
      .where(`a.unitId = ANY (:unitIds) AND a.state IN ('IN_FORCE', 'PROPOSED')`, { unitIds })
      .orderBy('a.id')
      .setLock('pessimistic_write')
      .getMany();
    for (const row of rows) {
      const { state, validFrom, validTo } = row;
      if (state === 'PROPOSED') {
        await moveAppointment(tx, row, 'DECLINED', appointmentDeclined(appointmentFacts(row)));
        continue;
      }
      const last = at < validFrom ? validFrom : at;
      const end = validTo !== null && validTo < last ? validTo : last;
      const ended = appointmentEnded({ ...appointmentFacts(row), validTo: end.toISOString() });
      await moveAppointment(tx, row, 'ENDED', ended, { validTo: end });
    }
  }

  /** Departments and programmes go to the unit that takes over all, or where the plan says; else a programme stays off. */
  private async moveAlong(tx: Tx, change: UnitChange, sources: string[], targets: string[]): Promise<void> {
    const parameters = [change.id, sources, change.kind === 'MERGE' ? targets[0] : null];
    const planned = (kind: ItemKind, item: string): string =>
      `coalesce($3::uuid, (SELECT i.to_unit FROM organisation.unit_change_item i WHERE i.change_id = $1 AND i.kind = '${kind}' AND i.item = ${item}))`;
    await tx.sql(
      `UPDATE organisation.unit u SET parent_id = ${planned('UNIT', 'u.id::text')}
        WHERE u.parent_id = ANY ($2) AND u.valid_to IS NULL AND ${planned('UNIT', 'u.id::text')} IS NOT NULL`,
      parameters,
    );
    const client = `m.iss || ' ' || m.client_id`;
    await tx.sql(
      `UPDATE organisation.machine_client m SET unit_id = ${planned('CLIENT', client)}
        WHERE m.unit_id = ANY ($2) AND ${planned('CLIENT', client)} IS NOT NULL`,
      parameters,
    );
  }
}
