import { AuditRevealService, auditRevealUseCases, type RevealInput } from '#lib/assurance';
import { AuditReads } from '#lib/audit';
import { CONFIG, type Config, isId, type Problem } from '#lib/kernel';
import { type Actor, AuditMandateQueries, CurrentActor } from '#lib/organisation';
import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { type FormBody, one, wholeNumber } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { OverviewView, SubjectView } from './audit.view';
import { VerificationView } from './verification.view';
import { EntryView } from './entry.view';

const CRUMBS = [{ text: 'Protokoll', href: '/audit' }];

@Controller('audit')
export class AuditController {
  constructor(
    private readonly audit: AuditReads,
    @Inject(CONFIG) private readonly config: Config,
    private readonly mandates: AuditMandateQueries,
    private readonly reveals: AuditRevealService,
  ) {}

  @Screen({ path: '', may: 'audit.read', audit: 'audit.read.v1', title: 'Protokoll' })
  async overview(@CurrentActor() actor: Actor, @Query('about') about?: string): Promise<ScreenResult> {
    const subject = about?.trim();
    if (subject) {
      const entries = isId(subject) ? await this.audit.about(actor.acting, subject) : [];
      return render(
        SubjectView,
        { subject, entries, readable: isId(subject) },
        { title: 'Einträge zu einem Vorgang', crumbs: CRUMBS },
      );
    }
    const mandates = actor.acting.mandates ? await this.mandates.list(actor, 'IN_FORCE') : [];
    return render(OverviewView, { ...(await this.audit.overview(actor.acting)), api: this.config.api.url, mandates });
  }

  @Screen({ path: 'entries/:id', may: 'audit.read', audit: 'audit.read.v1', title: 'Eintrag im Protokoll' })
  async entry(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  /** Asks that the person behind this entry be named; data protection and Geschäftsstelle decide. */
  @Action({
    path: 'entries/:id/reveal',
    useCase: auditRevealUseCases.ask,
    title: 'Eintrag im Protokoll',
  })
  ask(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const { actor, body } = form;
    const input: RevealInput = {
      reasonCode: one(body, 'reasonCode') as RevealInput['reasonCode'],
      reason: one(body, 'reason'),
    };
    return submitForm(form, {
      run: (by) => this.reveals.ask(by, id, input),
      done: {
        kind: 'success',
        title: 'Die Offenlegung ist beantragt',
        text: 'Datenschutz und Geschäftsstelle entscheiden. Der Personalrat ist informiert.',
      },
      next: `/audit/entries/${id}`,
      again: (problem) => this.shown(actor, id, { problem, body }),
    });
  }

  /** Every look at the name is recorded before it is shown, so a button and not a link. */
  @Action({
    path: 'entries/:id/person',
    useCase: auditRevealUseCases.person,
    title: 'Eintrag im Protokoll',
  })
  async person(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    const revealId =
      (await this.reveals.list(actor)).find(({ eventId, state }) => eventId === id && state === 'OPEN')?.id ?? '';
    const { personName } = await this.reveals.person(actor, revealId);
    return this.shown(actor, id, { personName });
  }

  private async shown(
    actor: Actor,
    id: string,
    more: { problem?: Problem; body?: FormBody; personName?: string } = {},
  ): Promise<Page> {
    const entry = await this.audit.entry(actor.acting, id);
    const reveals = actor.acting.mandates ? await this.reveals.list(actor) : null;
    return render(
      EntryView,
      { entry, reveals: reveals?.filter(({ eventId }) => eventId === id) ?? null, ...more },
      { crumbs: CRUMBS },
    );
  }

  /** Reads the whole log and works out every hash: an act that costs something, so a button and not a link. */
  @Action({ path: 'verification', may: 'audit.read', audit: 'audit.read.v1', title: 'Prüfung des Protokolls' })
  async verify(@CurrentActor() actor: Actor, @Body() body: FormBody): Promise<ScreenResult> {
    const year = wholeNumber(body, 'year') ?? 0;
    const report = await this.audit.verify(actor.acting, year);
    return render(VerificationView, { year, report, api: this.config.api.url }, { crumbs: CRUMBS });
  }
}
