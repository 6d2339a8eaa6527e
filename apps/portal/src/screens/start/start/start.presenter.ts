import { AgreementReads } from '#lib/agreements';
import { ApprovalReads } from '#lib/approvals';
import { UnitOfWork } from '#lib/kernel';
import { type Actor, Departures, OrganisationReads, RoleCatalogue } from '#lib/organisation';
import { Handovers, RequestViews } from '#lib/requests';
import { RulebookReads } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { counted } from '../../../layout/format';

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

/** How much waits for somebody. */
export interface Waiting {
  tasks: number;
  questions: number;
  offers: number;
  /** requests and programmes nobody answers for */
  withoutResponsible: number;
  /** votes on the law book the own office has not given */
  votes: number;
}

@Injectable()
export class StartPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationReads,
    private readonly catalogue: RoleCatalogue,
    private readonly approvals: ApprovalReads,
    private readonly requests: RequestViews,
    private readonly agreements: AgreementReads,
    private readonly handovers: Handovers,
    private readonly departures: Departures,
    private readonly rulebook: RulebookReads,
  ) {}

  async start(actor: Actor): Promise<StartModel> {
    const waiting = await this.waiting(actor);
    return this.uow.read(actor.acting, async (tx) => {
      const roles: StartModel['roles'] = [];
      for (const { role, unitId, deputyOf } of actor.appointments) {
        const unit = await this.organisation.unit(tx, unitId);
        roles.push({ role: this.catalogue.role(role).name, unit: unit.name, deputy: deputyOf !== null });
      }
      return { name: actor.name, roles, steps: stepsFor(actor, waiting) };
    });
  }

  private async waiting(actor: Actor): Promise<Waiting> {
    const { permissions } = actor;
    const asks = permissions.has('request.submit');
    const [tasks, questions, offers, withoutResponsible, votes] = await Promise.all([
      permissions.has('task.decide') ? this.approvals.inbox(actor).then(({ length }) => length) : 0,
      asks
        ? this.requests.list(actor, { side: 'CONSUMER', states: ['QUESTION'], pageSize: 1 }).then(({ total }) => total)
        : 0,
      permissions.has('agreement.confirm')
        ? this.agreements.list(actor, { side: 'CONSUMER', states: ['OFFERED'], pageSize: 1 }).then(({ total }) => total)
        : 0,
      permissions.has('request.read') ? this.withoutResponsible(actor) : 0,
      permissions.has('rulebook.vote') ? this.uow.read(actor.acting, (tx) => this.rulebook.votesWaiting(tx, actor)) : 0,
    ]);
    return { tasks, questions, offers, withoutResponsible, votes };
  }

  private async withoutResponsible(actor: Actor): Promise<number> {
    const [resting, clients] = [
      await this.handovers.resting(actor),
      await this.uow.read(actor.acting, (tx) => this.departures.unanswered(tx, actor)),
    ];
    return resting.length + clients.length;
  }
}

/** What somebody with these permissions can do next: what waits comes first. */
export function stepsFor(
  { permissions }: Pick<Actor, 'permissions'>,
  { tasks, questions, offers, withoutResponsible, votes }: Waiting,
): NextStep[] {
  const may = (permission: Parameters<typeof permissions.has>[0], step: NextStep): NextStep[] =>
    permissions.has(permission) ? [step] : [];
  const steps = [
    ...(withoutResponsible === 0
      ? []
      : may('request.read', {
          title: 'Verantwortliche Person fehlt',
          href: '/keepers',
          text: 'Wer verantwortlich war, ist nicht mehr da. Bis jemand benannt ist, fließen keine Daten.',
          open: counted(withoutResponsible, 'Vorgang ruht', 'Vorgänge ruhen'),
        })),
    ...may('task.decide', {
      title: 'Aufgaben erledigen',
      href: '/inbox',
      text: 'Anträge, bei denen Sie entscheiden oder Stellung nehmen.',
      open: tasks > 0 ? counted(tasks, 'offene Aufgabe', 'offene Aufgaben') : null,
    }),
    ...may('rulebook.vote', {
      title: 'Über das Regelwerk abstimmen',
      href: '/rulebook',
      text: 'Entwürfe, über die der Steuerungskreis beschließt.',
      open: votes > 0 ? counted(votes, 'Stimme Ihrer Stelle fehlt', 'Stimmen Ihrer Stelle fehlen') : null,
    }),
    ...may('agreement.read', {
      title: 'Vereinbarungen ansehen',
      href: '/agreements',
      text: permissions.has('data.receive')
        ? 'Bestätigen Sie Vereinbarungen und laden Sie Daten herunter.'
        : 'Welche Daten fließen, zu welchem Zweck und wie lange.',
      open:
        offers > 0
          ? counted(offers, 'Vereinbarung wartet auf Bestätigung', 'Vereinbarungen warten auf Bestätigung')
          : null,
    }),
    ...may('request.read', {
      title: 'Anträge verfolgen',
      href: '/requests',
      text: 'Stand, Begründung und Rückfragen zu Anträgen.',
      open:
        questions > 0
          ? counted(questions, 'Rückfrage wartet auf Ihre Antwort', 'Rückfragen warten auf Ihre Antwort')
          : null,
    }),
    ...may('catalogue.read', {
      title: 'Daten suchen',
      href: '/catalogue',
      text: 'Sehen Sie nach, welche Daten es gibt und ob Ihre Stelle sie bekommen kann.',
      open: null,
    }),
    ...may('product.edit', {
      title: 'Daten veröffentlichen',
      href: '/publish',
      text: 'Beschreiben Sie Daten Ihrer Stelle und bieten Sie sie an.',
      open: null,
    }),
    ...may('audit.read', {
      title: 'Protokoll prüfen',
      href: '/audit',
      text: 'Sehen Sie jeden Schritt und prüfen Sie, dass nichts verändert wurde.',
      open: null,
    }),
  ];
  return [...steps.filter(({ open }) => open !== null), ...steps.filter(({ open }) => open === null)];
}
