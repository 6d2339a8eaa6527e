import { UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads, RoleCatalogue } from '#lib/organisation';
import { Inject, Injectable } from '@nestjs/common';

/** One thing to do next. */
export interface NextStep {
  title: string;
  href: string;
  text: string;
  /** what waits there; null when nothing has to */
  open: string | null;
}

export interface StartModel {
  name: string;
  roles: { role: string; unit: string; deputy: boolean }[];
  steps: NextStep[];
}

@Injectable()
export class StartPresenter {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(OrganisationReads) private readonly organisation: OrganisationReads,
    @Inject(RoleCatalogue) private readonly catalogue: RoleCatalogue,
  ) {}

  start(actor: Actor): Promise<StartModel> {
    return this.uow.read(actor.acting, async (tx) => ({
      name: actor.name,
      roles: await Promise.all(
        actor.appointments.map(async ({ role, unitId, deputyOf }) => ({
          role: this.catalogue.role(role).name,
          unit: (await this.organisation.unit(tx, unitId)).name,
          deputy: deputyOf !== null,
        })),
      ),
      steps: stepsFor(actor, {}),
    }));
  }
}

/** What somebody with these permissions can do next, the most pressing first. */
export function stepsFor({ permissions }: Pick<Actor, 'permissions'>, _open: { tasks?: number }): NextStep[] {
  const steps: NextStep[] = [];
  if (permissions.has('catalogue.read')) steps.push({ title: 'Daten suchen', href: '/catalogue', text: 'Sehen Sie nach, welche Daten es gibt und ob Ihr Amt sie bekommen kann.', open: null });
  return steps;
}
