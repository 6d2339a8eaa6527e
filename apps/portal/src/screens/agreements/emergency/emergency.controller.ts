import { EmergencyAccesses, EmergencyReads } from '#lib/agreements';
import { CatalogueReads } from '#lib/catalogue';
import { ExchangeReads } from '#lib/exchange';
import { newId, type Problem, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor, type HttpRequest, OrganisationReads, organisationProblems } from '#lib/organisation';
import { DANGER } from '#lib/policy';
import { EMERGENCY_FIELDS, type EmergencyFormInput, namesOf, requestProblems, whatWasAskedFor } from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import { Body, Controller, Param, Req } from '@nestjs/common';
import { type FormBody, once, one } from '../../../layout/form-body';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { formOf } from '../../../layout/requests/form-values';
import type { ColumnTypes } from '../../../layout/requests/widgets/widget';
import { EmergenciesView, EmergencyView, type OpeningModel, OpeningView } from './emergency.view';

const TITLE = 'Ausnahmezugriff';
const LIST = { text: 'Ausnahmezugriffe', href: '/emergency-accesses' };

/** Break glass: open, confirm, follow, end and review. What it does is said before each button. */
@Controller()
export class EmergencyController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accesses: EmergencyAccesses,
    private readonly reads: EmergencyReads,
    private readonly exchanges: ExchangeReads,
    private readonly catalogue: CatalogueReads,
    private readonly organisation: OrganisationReads,
    private readonly rulebook: Rulebook,
  ) {}

  @Screen({
    path: 'emergency-accesses',
    may: 'request.read',
    audit: 'none: both sides and those who are told read the same list',
    title: 'Ausnahmezugriffe',
  })
  async list(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return render(EmergenciesView, { lines: await this.reads.list(actor) });
  }

  @Screen({
    path: 'emergency-accesses/:id',
    may: 'request.read',
    audit: 'none: both sides and those who are told read the same record',
    title: TITLE,
  })
  view(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Screen({
    path: 'products/:id/emergency',
    may: 'request.submit',
    audit: 'none: a look before the act',
    title: 'Ausnahmezugriff eröffnen',
  })
  opening(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.form(actor, id, {});
  }

  @Action({
    path: 'products/:id/emergency',
    may: 'request.submit',
    audit: 'emergency.opened.v1',
    title: 'Ausnahmezugriff eröffnen',
  })
  open(
    @CurrentActor() actor: Actor,
    @Param('id') productId: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      const columns = await this.columns(actor, productId);
      const input = formOf(body, productId, columns, EMERGENCY_FIELDS) as unknown as EmergencyFormInput;
      const { id } = await this.accesses.open(once(actor, call.url, body), input);
      notify(call, {
        kind: 'success',
        title: 'Der Ausnahmezugriff wartet auf die zweite Person',
        text: 'Rufen Sie jetzt die zweite Person an. Erst mit der Bestätigung sind die Daten offen.',
      });
      return redirect(`/emergency-accesses/${id}`);
    };
    return withFormErrors(call, 'Ausnahmezugriff eröffnen', work, (problem) =>
      this.form(actor, productId, body, problem),
    );
  }

  @Action({ path: 'emergency-accesses/:id/confirm', may: 'task.decide', audit: 'emergency.confirmed.v1', title: TITLE })
  confirm(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Der Ausnahmezugriff gilt ab jetzt für 24 Stunden', (by) =>
      this.accesses.confirm(by, id),
    );
  }

  @Action({ path: 'emergency-accesses/:id/end', may: 'request.read', audit: 'agreement.revoked.v1', title: TITLE })
  end(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(
      call,
      actor,
      id,
      body,
      'Der Ausnahmezugriff ist beendet',
      (by) => this.accesses.end(by, id, one(body, 'reason')),
      'reason',
    );
  }

  @Action({
    path: 'emergency-accesses/:id/opinion',
    may: 'task.decide',
    audit: 'emergency.opinion-given.v1',
    title: TITLE,
  })
  opinion(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const input = { opinion: one(body, 'opinion') as 'POSITIVE', text: one(body, 'text') };
    return this.act(call, actor, id, body, 'Ihre Stellungnahme ist abgegeben', (by) =>
      this.accesses.giveOpinion(by, id, input),
    );
  }

  @Action({ path: 'emergency-accesses/:id/review', may: 'task.decide', audit: 'emergency.reviewed.v1', title: TITLE })
  review(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const input = { finding: one(body, 'finding') as 'LAWFUL', text: one(body, 'text') };
    return this.act(call, actor, id, body, 'Die Nachprüfung ist abgeschlossen', (by) =>
      this.accesses.review(by, id, input),
    );
  }

  private act(
    call: HttpRequest,
    actor: Actor,
    id: string,
    body: FormBody,
    done: string,
    work: (by: Actor) => Promise<unknown>,
    textField?: string,
  ): Promise<ScreenResult> {
    const acted = async (): Promise<ScreenResult> => {
      await work(once(actor, call.url, body));
      notify(call, { kind: 'success', title: done });
      return redirect(`/emergency-accesses/${id}`);
    };
    return withFormErrors(call, TITLE, acted, (problem) =>
      this.shown(actor, id, { problem: onField(problem, textField), body }),
    );
  }

  private async shown(actor: Actor, id: string, more: { problem?: Problem; body?: FormBody } = {}): Promise<Page> {
    const access = await this.reads.view(actor, id);
    const { ruleset } = await this.uow.read(actor.acting, (tx) => this.rulebook.inForce(tx));
    const units = new Map([[access.consumerUnitId, access.consumerUnitName]]);
    const { agreementId } = access;
    const exchanges = agreementId
      ? await this.uow.read(actor.acting, (tx) => this.exchanges.ofAgreement(tx, agreementId))
      : [];
    const model = {
      access,
      exchanges,
      said: whatWasAskedFor(EMERGENCY_FIELDS, access, namesOf(ruleset, units)),
      once: newId(),
      body: {},
      ...more,
    };
    return render(EmergencyView, model, { title: `Ausnahmezugriff auf ${access.productTitle}`, crumbs: [LIST] });
  }

  private async form(actor: Actor, productId: string, body: FormBody, problem?: Problem): Promise<Page> {
    const model = await this.uow.read(actor.acting, async (tx): Promise<OpeningModel> => {
      const { title } = await this.catalogue.product(tx, productId);
      const version = await this.catalogue.currentVersion(tx, productId);
      if (!version) throw requestProblems.product_not_requestable();
      const { ruleset } = await this.rulebook.inForce(tx);
      const units = (await this.organisation.units(tx)).filter(({ id }) =>
        actor.appointments.some(({ role, unitId }) => role === 'REQUESTER' && unitId === id),
      );
      if (units.length === 0) throw organisationProblems.not_permitted();
      return {
        productId,
        productTitle: title,
        choices: {
          options: {
            ownUnits: units.map(({ id, name }) => ({ value: id, text: name })),
            danger: DANGER.map((value) => ({ value, text: ruleset.label('danger', value) })),
            columns: version.fields.map(({ name, meaning }) => ({
              value: name,
              text: name,
              hint: meaning || undefined,
            })),
          },
          coarser: [],
        },
        body,
        once: newId(),
      };
    });
    return render(
      OpeningView,
      { model, problem },
      {
        title: 'Ausnahmezugriff eröffnen',
        crumbs: [
          { text: 'Datenkatalog', href: '/catalogue' },
          { text: model.productTitle, href: `/products/${productId}` },
        ],
      },
    );
  }

  /** The fields of the version in force with their types; none where there is no version. */
  private columns(actor: Actor, productId: string): Promise<ColumnTypes> {
    return this.uow.read(actor.acting, async (tx) => {
      const version = await this.catalogue.currentVersion(tx, productId);
      return new Map(version?.fields.map(({ name, type }) => [name, type]));
    });
  }
}

/** The use case takes the text alone, so its faults point at the whole input. */
function onField(problem: Problem, name?: string): Problem {
  for (const fault of problem.errors ?? [])
    if (name && (fault.pointer === '' || fault.pointer === '/')) fault.pointer = `/${name}`;
  return problem;
}
