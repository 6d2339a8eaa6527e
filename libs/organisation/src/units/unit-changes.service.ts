import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { type DomainEvent, isId, move, type Movement, newId, parse, type Tx } from '#lib/kernel';
import { type Actor, administrator } from '../actor';
import { organisationProblems as problems } from '../organisation.problems';
import { OrganisationReads } from '../organisation.reads';
import { invalid, withProblems } from '../constraints';
import { UnitChangeEffect } from './unit-change-effect.service';
import {
  type TargetOrder,
  type UnitChangeInput,
  unitChangeItemsSchema,
  type UnitChangeItemsInput,
  type UnitChangeOrder,
  unitChangeSchema,
} from './unit-change-input';
import { UnitChange, UnitChangeUnit } from './unit-change.entity';
import { unitChangeCancelled, unitChangeConfirmed, unitChangePlanned, unitChangePrepared } from './unit-change.events';
import { type UnitChangeState, unitChangeStates } from './unit-change.states';
import { Unit, type UnitKind } from './unit.entity';

const movement: Movement<UnitChange> = {
  entity: UnitChange,
  states: unitChangeStates,
  refused: () => problems.unit_change_state(),
  changed: problems.unit_change_state,
};

/** A unit of a change nobody has confirmed: it has an id, so that roles in it can be prepared, and does not exist yet. */
const NOT_YET = new Date('9999-12-31T00:00:00Z');
/** Sealed off, or everything: no other kind merges with these. */
const ALONE: readonly UnitKind[] = ['STATISTIKSTELLE', 'STADT'];

/**
 * Units renamed, merged, split, dissolved, moved: one administrator prepares and plans, another confirms (SOD-4). What
 * later stages know of obstacles is said in `reorganisation`, and their triggers refuse the confirmation.
 */
@Injectable()
export class UnitChanges {
  constructor(
    private readonly reads: OrganisationReads,
    private readonly effect: UnitChangeEffect,
  ) {}

  /**
   * Writes the order down; it changes nothing. New units get their id here, so that roles in them can be given
   * beforehand. `targetIds` in the order of `into`. Throws `unit_ended`, `unit_change_kind_unfit`, `unit_key_taken`.
   */
  async prepare(tx: Tx, actor: Actor, input: UnitChangeInput): Promise<{ changeId: string; targetIds: string[] }> {
    const preparedBy = administrator(actor);
    const order = parse(unitChangeSchema, input);
    const sources = await this.living(tx, order.kind === 'MERGE' ? order.unitIds : [order.unitId]);
    const targetIds: string[] = [];
    const targets = targetsOf(order);
    for (const target of targets) targetIds.push('unitId' in target ? target.unitId : await this.plan(tx, target));
    const all = await this.living(
      tx,
      targets.flatMap((target) => ('unitId' in target ? [target.unitId] : [])),
    );
    if (order.kind === 'MOVE') all.push(...(await this.living(tx, [order.parentId])));
    mustFit(order, sources, [...all, ...targets.flatMap((target) => ('kind' in target ? [target] : []))], targetIds);
    const records = order.kind === 'SPLIT' ? targetIds[order.records] : null;
    if (records === undefined) throw invalid('/records', 'Diese Stelle gibt es in der Liste nicht.');
    const change: UnitChange = {
      id: newId(),
      kind: order.kind,
      basis: order.basis,
      state: 'PREPARED',
      orderedFor: order.orderedFor ? new Date(order.orderedFor) : null,
      effectiveAt: null,
      newName: order.kind === 'RENAME' ? order.name : null,
      newParentId: order.kind === 'MOVE' ? order.parentId : null,
      recordsUnitId: records,
      preparedBy,
      preparedAt: tx.now,
      confirmedBy: null,
      confirmedAt: null,
      cancelledBy: null,
      cancelledAt: null,
      tookEffectAt: null,
    };
    await tx.em.insert(UnitChange, change);
    const changeId = change.id;
    for (const { id: unitId } of sources) await tx.em.insert(UnitChangeUnit, { changeId, unitId, part: 'SOURCE' });
    for (const unitId of targetIds) await tx.em.insert(UnitChangeUnit, { changeId, unitId, part: 'TARGET' });
    await tx.emit(
      unitChangePrepared({
        ...facts(change),
        sources: sources.map(({ id }) => id),
        targets: targetIds,
        orderedFor: change.orderedFor?.toISOString() ?? null,
      }),
      { basis: order.basis, ...(change.newName ? { name: change.newName } : {}) },
    );
    return { changeId, targetIds };
  }

  /**
   * Says what of the ending unit goes to whom, for a split and for the products of a dissolution; said again, the later
   * word counts. Only who prepared the change plans it, so that the second person confirms the plan of another.
   */
  async assign(tx: Tx, actor: Actor, changeId: string, input: UnitChangeItemsInput): Promise<void> {
    const planner = administrator(actor);
    const items = parse(unitChangeItemsSchema, input);
    const change = await this.lock(tx, changeId, 'confirm');
    if (change.preparedBy !== planner) throw problems.unit_change_not_yours();
    if (change.kind !== 'SPLIT' && change.kind !== 'DISSOLVE') throw problems.unit_change_kind_unfit();
    const targets = await this.unitsOf(tx, changeId, 'TARGET');
    for (const [place, { kind, toUnit }] of items.entries()) {
      if (!targets.includes(toUnit))
        throw invalid(`/${place}/toUnit`, 'Diese Stelle übernimmt in diesem Vorgang nichts.');
      if (kind !== 'CLIENT' && !isId(items[place]!.item)) throw invalid(`/${place}/item`, 'Das ist keine Kennung.');
      // nobody takes over what a dissolved unit asked for: whoever needs it asks anew
      if (change.kind === 'DISSOLVE' && kind === 'REQUEST')
        throw invalid(`/${place}/kind`, 'Anträge einer aufgelösten Stelle gehen auf niemanden über.');
    }
    for (const { kind, item, toUnit } of items) {
      await tx.sql(
        `INSERT INTO organisation.unit_change_item (change_id, kind, item, to_unit) VALUES ($1, $2, $3, $4)
         ON CONFLICT (change_id, kind, item) DO UPDATE SET to_unit = excluded.to_unit`,
        [changeId, kind, item, toUnit],
      );
    }
    await tx.emit(unitChangePlanned({ ...facts(change), items: items.length }));
  }

  /**
   * The second person's word. From `effectiveAt` on (the moment of the order, or now when that has passed) the change
   * holds by the clock; what is carried out on it (`UnitChangeEffect.due`) follows in a transaction of its own. Throws `unit_change_two_persons`, `unit_change_state`, `unit_change_overlap`, and
   * `unit_change_obstacles` when a product would be without anybody accountable or something is not assigned.
   */
  async confirm(tx: Tx, actor: Actor, changeId: string): Promise<{ effectiveAt: string }> {
    const confirmedBy = administrator(actor);
    const change = await this.lock(tx, changeId, 'confirm');
    if (confirmedBy === change.preparedBy) throw problems.unit_change_two_persons();
    const sources = await this.unitsOf(tx, changeId, 'SOURCE');
    const targets = await this.unitsOf(tx, changeId, 'TARGET');
    const touched = [...sources, ...targets, ...(change.newParentId ? [change.newParentId] : [])];
    // in one order everywhere; who is about to submit in one of these units is let go first, and found by what follows
    await tx.sql('SELECT FROM organisation.unit WHERE id = ANY ($1) ORDER BY id FOR UPDATE', [touched]);
    await this.noDepartmentLeft(tx, change, sources);
    // the moment after the wait: what happened before the locks came to us happened before the change
    const [clock] = await tx.sql<{ now: Date }>(`SELECT date_trunc('milliseconds', clock_timestamp()) AS now`);
    const effectiveAt = change.orderedFor && change.orderedFor > clock!.now ? change.orderedFor : clock!.now;
    const confirmed = unitChangeConfirmed({
      ...facts(change),
      sources,
      targets,
      effectiveAt: effectiveAt.toISOString(),
    });
    await this.move(tx, change, 'CONFIRMED', confirmed, { confirmedBy, confirmedAt: tx.now, effectiveAt });
    await this.effect.settle(tx, change, sources, targets);
    return { effectiveAt: effectiveAt.toISOString() };
  }

  /** Drops a prepared change. Its new units never come into being. */
  async cancel(tx: Tx, actor: Actor, changeId: string): Promise<void> {
    const cancelledBy = administrator(actor);
    const change = await this.lock(tx, changeId, 'cancel');
    // roles prepared in them would stand in the way of others for ever
    const planned = await tx.em.findBy(Unit, {
      id: In(await this.unitsOf(tx, changeId, 'TARGET')),
      validFrom: NOT_YET,
    });
    await this.effect.endRoles(
      tx,
      tx.now,
      planned.map(({ id }) => id),
    );
    await this.move(tx, change, 'CANCELLED', unitChangeCancelled(facts(change)), { cancelledBy, cancelledAt: tx.now });
  }

  private move(
    tx: Tx,
    change: UnitChange,
    to: UnitChangeState,
    event: DomainEvent,
    changes: Partial<UnitChange>,
  ): Promise<void> {
    return withProblems(() => move(tx, movement, change, to, () => event, changes));
  }

  /** Locks the row: of confirm, cancel and a change of the plan at once the second sees what the first did. */
  private async lock(tx: Tx, id: string, step: 'confirm' | 'cancel'): Promise<UnitChange> {
    const change = await tx.em.findOne(UnitChange, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!change) throw problems.unit_change_not_found();
    if (!unitChangeStates.after(change.state, step)) throw problems.unit_change_state();
    return change;
  }

  private async unitsOf(tx: Tx, changeId: string, part: UnitChangeUnit['part']): Promise<string[]> {
    const units = await tx.em.find(UnitChangeUnit, { where: { changeId, part }, order: { unitId: 'ASC' } });
    return units.map(({ unitId }) => unitId);
  }

  /** A department of nothing is nobody's. A merger takes departments along. */
  private async noDepartmentLeft(tx: Tx, { id, kind }: UnitChange, sources: string[]): Promise<void> {
    if (kind !== 'SPLIT' && kind !== 'DISSOLVE') return;
    const left = await tx.sql<{ name: string }>(
      `SELECT u.name FROM organisation.unit u WHERE u.parent_id = ANY ($1) AND u.valid_to IS NULL AND u.valid_from <= now()
          AND NOT EXISTS (SELECT FROM organisation.unit_change_item i WHERE i.change_id = $2 AND i.kind = 'UNIT' AND i.item = u.id::text) ORDER BY u.name`,
      [sources, id],
    );
    if (left.length > 0)
      throw problems.unit_change_obstacles({
        because: left.map(({ name }) => `Für die Abteilung ${name} ist nicht bestimmt, wohin sie kommt.`),
      });
  }

  private async living(tx: Tx, ids: string[]): Promise<Unit[]> {
    const units: Unit[] = [];
    for (const id of ids) {
      const unit = await this.reads.unit(tx, id);
      if (unit.validFrom > tx.now || unit.validTo !== null) throw problems.unit_ended();
      units.push(unit);
    }
    return units;
  }

  private async plan(tx: Tx, { parentId, ...unit }: Extract<TargetOrder, { key: string }>): Promise<string> {
    if (parentId) await this.living(tx, [parentId]);
    const id = newId();
    await withProblems(() =>
      tx.em.insert(Unit, { ...unit, id, parentId, officeNumber: null, validFrom: NOT_YET, validTo: null }),
    );
    return id;
  }
}

function targetsOf(order: UnitChangeOrder): TargetOrder[] {
  switch (order.kind) {
    case 'MERGE':
      return [order.into];
    case 'SPLIT':
      return order.into;
    case 'DISSOLVE':
      return order.productsTo.map((unitId) => ({ unitId }));
    case 'RENAME':
    case 'MOVE':
      return [];
  }
}

function mustFit(order: UnitChangeOrder, sources: Unit[], others: { kind: UnitKind }[], targetIds: string[]): void {
  const ids = [...sources.map(({ id }) => id), ...targetIds];
  if (new Set(ids).size < ids.length)
    throw problems.unit_change_kind_unfit({
      detail: 'Eine Stelle kommt zweimal vor, oder sie würde auf sich selbst übergehen.',
    });
  if (order.kind === 'RENAME') return;
  if (order.kind === 'MOVE') {
    const [unit] = sources;
    if (order.parentId === unit!.id || order.parentId === unit!.parentId)
      throw problems.unit_change_kind_unfit({ detail: 'Die Stelle gehört schon dorthin.' });
    return;
  }
  const kinds = [...sources, ...others].map(({ kind }) => kind);
  if (kinds.some((kind) => ALONE.includes(kind)) && new Set(kinds).size > 1) throw problems.unit_change_kind_unfit();
}

const facts = ({ id, kind }: UnitChange) => ({ changeId: id, kind });
