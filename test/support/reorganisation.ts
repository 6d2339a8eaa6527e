import {
  Appointments,
  UnitChangeEffect,
  type UnitChangeInput,
  type UnitChangeItemsInput,
  UnitChangeReads,
  UnitChanges,
  type UnitHistory,
} from '#lib/organisation';
import { ConfirmUnitChange, type UnitChangePreview, UnitChangePreviews } from '#lib/reorganisation';
import type { Type } from '@nestjs/common';
import type { Office } from './office';

/** What a reorganisation needs of an office, or of a gate. */
export type Reorganised = Pick<Office, 'uow' | 'rows' | 'as' | 'person' | 'system'> & {
  app: { get<T>(type: Type<T>): T };
};

/** Two administrators change the organisation of an office under test: xenia prepares, nina confirms. */
export class Reorganisation {
  constructor(private readonly office: Reorganised) {}

  private get changes(): UnitChanges {
    return this.office.app.get(UnitChanges);
  }

  async prepare(input: UnitChangeInput, key = 'xenia.konto'): Promise<{ changeId: string; targetIds: string[] }> {
    const actor = await this.office.as(key);
    return this.office.uow.run(actor.acting, (tx) => this.changes.prepare(tx, actor, input));
  }

  async assign(changeId: string, items: UnitChangeItemsInput, key = 'xenia.konto'): Promise<void> {
    const actor = await this.office.as(key);
    return this.office.uow.run(actor.acting, (tx) => this.changes.assign(tx, actor, changeId, items));
  }

  async preview(changeId: string): Promise<UnitChangePreview> {
    return this.office.app.get(UnitChangePreviews).of(await this.office.as('nina.notiz'), changeId);
  }

  async confirm(changeId: string, key = 'nina.notiz'): Promise<{ effectiveAt: string }> {
    return this.office.app.get(ConfirmUnitChange).confirm(await this.office.as(key), changeId);
  }

  /** Without the look at obstacles, so that only the database stands in the way. */
  async confirmPastTheDesk(changeId: string, key = 'nina.notiz'): Promise<{ effectiveAt: string }> {
    const actor = await this.office.as(key);
    return this.office.uow.run(actor.acting, (tx) => this.changes.confirm(tx, actor, changeId));
  }

  async cancel(changeId: string, key = 'nina.notiz'): Promise<void> {
    const actor = await this.office.as(key);
    return this.office.uow.run(actor.acting, (tx) => this.changes.cancel(tx, actor, changeId));
  }

  /** Lets the date of a confirmed change be now, as if the time until it had passed; nothing else happens. */
  async dateComes(changeId: string): Promise<void> {
    const [at] = await this.office.rows<{ now: Date }>(`SELECT date_trunc('milliseconds', clock_timestamp()) AS now`);
    const tables = ['organisation.unit_change', 'organisation.unit_succession', 'organisation.appointment'];
    const units = 'SELECT unit_id FROM organisation.unit_change_unit WHERE change_id = $1';
    for (const table of tables) await this.office.rows(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    await this.office.rows(
      `UPDATE organisation.appointment SET valid_from = $2 WHERE valid_from > $2 AND unit_id IN (${units})`,
      [changeId, at!.now],
    );
    await this.office.rows(`UPDATE organisation.unit SET valid_from = $2 WHERE valid_from > $2 AND id IN (${units})`, [
      changeId,
      at!.now,
    ]);
    await this.office.rows(`UPDATE organisation.unit SET valid_to = $2 WHERE valid_to > $2 AND id IN (${units})`, [
      changeId,
      at!.now,
    ]);
    await this.office.rows('UPDATE organisation.unit_succession SET at = $2 WHERE change_id = $1', [changeId, at!.now]);
    await this.office.rows('UPDATE organisation.unit_change SET effective_at = $2 WHERE id = $1', [changeId, at!.now]);
    for (const table of tables) await this.office.rows(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  }

  /** The schedule, once. */
  due(): Promise<void> {
    return this.office.app.get(UnitChangeEffect).due(this.office.uow);
  }

  find(text: string): Promise<UnitHistory[]> {
    return this.office.system((tx) => this.office.app.get(UnitChangeReads).find(tx, text));
  }

  /** A role given by two administrators, from now on or from this moment. */
  async appoint(person: string, role: string, unitId: string, deputyOf?: string, validFrom?: string): Promise<string> {
    const [xenia, nina] = [await this.office.as('xenia.konto'), await this.office.as('nina.notiz')];
    const appointments = this.office.app.get(Appointments);
    const [principal] = deputyOf
      ? await this.office.rows<{ id: string }>(
          `SELECT id FROM organisation.appointment WHERE person_id = $1 AND role = $2 AND unit_id = $3 AND state = 'IN_FORCE'`,
          [await this.office.person(deputyOf), role, unitId],
        )
      : [];
    const order = {
      personId: await this.office.person(person),
      role: role as 'OWNER',
      unitId,
      scope: { kind: 'UNIT' as const },
      deputyOf: principal?.id ?? null,
      ...(validFrom && { validFrom }),
    };
    const { appointmentId } = await this.office.uow.run(xenia.acting, (tx) => appointments.appoint(tx, xenia, order));
    await this.office.uow.run(nina.acting, (tx) => appointments.confirmAppointment(tx, nina, appointmentId));
    return appointmentId;
  }
}
