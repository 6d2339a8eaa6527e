import { UnitOfWork } from '#lib/kernel';
import type { Actor, RoleCode } from '#lib/organisation';
import { Injectable } from '@nestjs/common';

@Injectable()
export class RolesPresenter {
  constructor(private readonly uow: UnitOfWork) {}

  /** How many people hold each role now; a role nobody holds is missing. */
  async held(actor: Actor): Promise<Partial<Record<RoleCode, number>>> {
    const held = await this.uow.read(actor.acting, (tx) =>
      tx.sql<{ role: RoleCode; people: number }>(
        `SELECT a.role, count(DISTINCT a.person_id)::int AS people
           FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id AND p.disabled_at IS NULL
          WHERE a.state = 'IN_FORCE' AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to) GROUP BY a.role`,
      ),
    );
    return Object.fromEntries(held.map(({ role, people }) => [role, people]));
  }
}
