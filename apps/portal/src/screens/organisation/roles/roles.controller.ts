import { UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor, RoleCatalogue, type RoleCode, roleUseCases } from '#lib/organisation';
import { Controller } from '@nestjs/common';
import { type ScreenResult, render } from '../../../layout/page';
import { Screen } from '../../../layout/screen';
import { RolesView } from './roles.view';

@Controller('organisation/roles')
export class RolesController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly catalogue: RoleCatalogue,
  ) {}

  @Screen({
    path: '',
    useCase: roleUseCases.list,
    title: 'Rollen',
  })
  async roles(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    const held = await this.uow.read(actor.acting, (tx) =>
      tx.sql<{ role: RoleCode; people: number }>(
        `SELECT a.role, count(DISTINCT a.person_id)::int AS people
           FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id AND p.disabled_at IS NULL
          WHERE a.state = 'IN_FORCE' AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to) GROUP BY a.role`,
      ),
    );
    const { all: roles, conflicts } = this.catalogue;
    return render(
      RolesView,
      { roles, conflicts, held: Object.fromEntries(held.map(({ role, people }) => [role, people])) },
      { crumbs: [{ text: 'Organisation', href: '/organisation' }] },
    );
  }
}
