import { AgreementReads } from '#lib/agreements';
import { ApprovalReads } from '#lib/approvals';
import { Lowerings, Releases } from '#lib/catalogue';
import { UnitOfWork } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import { type Actor, ContractReads, Departures, OrganisationReads } from '#lib/organisation';
import { Handovers, type RequestState, RequestViews } from '#lib/requests';
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
  /** of them, whose request had something happen to it beside what people did */
  changedTasks?: number;
  /** the same of the own requests that wait */
  changedRequests?: number;
  questions: number;
  offers: number;
  /** requests and programmes nobody answers for */
  withoutResponsible: number;
  /** votes on the law book the own office has not given */
  votes: number;
  /** contracts in the register that do not say what they are about */
  contracts: number;
  /** contracts in the register that end soon, with none after them */
  contractsEnding: number;
  /** agreements that rest and ask for this reader */
  resting: number;
  /** agreements whose contract ends soon, for who signs */
  losingContract: number;
  /** products and versions this reader may release */
  releases: number;
  /** opinions asked before a classification is lowered */
  opinions: number;
}

@Injectable()
export class StartPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationReads,
    private readonly laws: LawInForce,
    private readonly approvals: ApprovalReads,
    private readonly requests: RequestViews,
    private readonly agreements: AgreementReads,
    private readonly handovers: Handovers,
    private readonly departures: Departures,
    private readonly rulebook: RulebookReads,
    private readonly contracts: ContractReads,
    private readonly releases: Releases,
    private readonly lowerings: Lowerings,
  ) {}

  async start(actor: Actor): Promise<StartModel> {
    const waiting = await this.waiting(actor);
    return this.uow.read(actor.acting, async (tx) => {
      const law = await this.laws.roles(tx);
      const roles: StartModel['roles'] = [];
      for (const { role, unitId, deputyOf } of actor.appointments) {
        const unit = await this.organisation.unit(tx, unitId);
        roles.push({ role: law.role(role).name, unit: unit.name, deputy: deputyOf !== null });
      }
      return { name: actor.name, roles, steps: stepsFor(actor, waiting) };
    });
  }

  private async waiting(actor: Actor): Promise<Waiting> {
    const { permissions } = actor;
    const asks = permissions.has('request.submit');
    const [
      inbox,
      changedRequests,
      questions,
      offers,
      concerns,
      withoutResponsible,
      votes,
      contracts,
      contractsEnding,
      releases,
      opinions,
    ] = await Promise.all([
      permissions.has('task.decide') ? this.approvals.inbox(actor) : [],
      asks ? this.changed(actor) : 0,
      asks
        ? this.requests.list(actor, { side: 'CONSUMER', states: ['QUESTION'], pageSize: 1 }).then(({ total }) => total)
        : 0,
      permissions.has('agreement.confirm') ? this.agreements.toConfirm(actor) : 0,
      this.agreements.concerns(actor),
      permissions.has('request.read') ? this.withoutResponsible(actor) : 0,
      permissions.has('rulebook.vote') ? this.uow.read(actor.acting, (tx) => this.rulebook.votesWaiting(tx, actor)) : 0,
      permissions.has('contract.register') ? this.uow.read(actor.acting, (tx) => this.contracts.incomplete(tx)) : 0,
      permissions.has('contract.register')
        ? this.uow.read(actor.acting, async (tx) => (await this.contracts.endingSoon(tx)).size)
        : 0,
      permissions.has('product.release') ? this.uow.read(actor.acting, (tx) => this.releases.waiting(tx, actor)) : [],
      permissions.has('task.decide') ? this.uow.read(actor.acting, (tx) => this.lowerings.waiting(tx, actor)) : [],
    ]);
    const changedTasks = inbox.filter(({ note }) => note).length;
    return {
      tasks: inbox.length,
      changedTasks,
      changedRequests,
      questions,
      offers,
      withoutResponsible,
      votes,
      contracts,
      contractsEnding,
      resting: concerns.filter(({ kind }) => kind === 'RESTS').length,
      losingContract: concerns.filter(({ kind }) => kind === 'CONTRACT_ENDS').length,
      releases: releases.length,
      opinions: opinions.length,
    };
  }

  /** Own requests in review that something happened to; the newest hundred are looked at. */
  private async changed(actor: Actor): Promise<number> {
    const states: RequestState[] = ['IN_REVIEW', 'QUESTION'];
    const { items } = await this.requests.list(actor, { side: 'CONSUMER', states, pageSize: 100 });
    return items.filter(({ note }) => note).length;
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
export function stepsFor({ permissions }: Pick<Actor, 'permissions'>, waiting: Waiting): NextStep[] {
  const { tasks, changedTasks = 0, changedRequests = 0, questions, offers, withoutResponsible } = waiting;
  const { votes, contracts, contractsEnding, resting, losingContract, releases, opinions } = waiting;
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
      open:
        tasks > 0
          ? `${counted(tasks, 'offene Aufgabe', 'offene Aufgaben')}${changedTasks > 0 ? `, davon ${changedTasks} mit neuem Stand` : ''}`
          : null,
    }),
    ...(releases === 0
      ? []
      : may('product.release', {
          title: 'Datenprodukte freigeben',
          href: '/inbox#releases',
          text: 'Was andere bearbeitet haben, geben Sie frei oder geben es zurück.',
          open: counted(releases, 'Freigabe wartet', 'Freigaben warten'),
        })),
    ...(opinions === 0
      ? []
      : may('task.decide', {
          title: 'Zu niedrigeren Einstufungen Stellung nehmen',
          href: '/inbox#opinions',
          text: 'Vor der Freigabe dieser Datenprodukte werden Sie gehört.',
          open: counted(opinions, 'Stellungnahme wartet', 'Stellungnahmen warten'),
        })),
    ...may('rulebook.vote', {
      title: 'Über das Regelwerk abstimmen',
      href: '/rulebook',
      text: 'Entwürfe, über die der Steuerungskreis beschließt.',
      open: votes > 0 ? counted(votes, 'Stimme Ihrer Stelle fehlt', 'Stimmen Ihrer Stelle fehlen') : null,
    }),
    ...may('contract.register', {
      title: 'Vertragsregister führen',
      href: '/contracts',
      text: 'Welche Verträge gelten, und welche Daten sie nennen.',
      open:
        [
          contracts > 0 && counted(contracts, 'Vertrag nennt keinen Gegenstand', 'Verträge nennen keinen Gegenstand'),
          contractsEnding > 0 && counted(contractsEnding, 'Vertrag endet bald', 'Verträge enden bald'),
        ]
          .filter(Boolean)
          .join(', ') || null,
    }),
    ...(resting === 0
      ? []
      : may('agreement.read', {
          title: 'Ausgesetzte Vereinbarungen klären',
          href: '/agreements#resting',
          text: 'Zurzeit fließen hier keine Daten. Sie lesen, woran es liegt.',
          open: counted(resting, 'Vereinbarung ist ausgesetzt', 'Vereinbarungen sind ausgesetzt'),
        })),
    ...(losingContract === 0
      ? []
      : may('agreement.read', {
          title: 'Verträge rechtzeitig verlängern',
          href: '/agreements#contracts',
          text: 'Endet der Vertrag, fließen keine Daten mehr.',
          open: counted(
            losingContract,
            'Vereinbarung verliert bald ihren Vertrag',
            'Vereinbarungen verlieren bald ihren Vertrag',
          ),
        })),
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
          : changedRequests > 0
            ? counted(changedRequests, 'Antrag mit neuem Stand', 'Anträge mit neuem Stand')
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
