import { AuditReads } from '#lib/audit';
import { CONFIG, type Config, isId, UnitOfWork } from '#lib/kernel';
import { type Actor, AuditMandateReads, CurrentActor } from '#lib/organisation';
import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { type FormBody, wholeNumber } from '../../layout/form-body';
import { type Answer, page } from '../../layout/page';
import { Action, Screen } from '../../layout/screen';
import { EntryView, OverviewView, SubjectView, VerificationView } from './view';

const CRUMBS = [{ text: 'Protokoll', href: '/audit' }];

@Controller('audit')
export class AuditController {
  constructor(
    @Inject(AuditReads) private readonly audit: AuditReads,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(AuditMandateReads) private readonly mandates: AuditMandateReads,
  ) {}

  @Screen({ path: '', may: 'audit.read', audit: 'audit.read.v1', title: 'Protokoll' })
  async overview(@CurrentActor() actor: Actor, @Query('about') about?: string): Promise<Answer> {
    const subject = about?.trim();
    if (subject) {
      const entries = isId(subject) ? await this.audit.about(actor.acting, subject) : [];
      return page(SubjectView, { subject, entries, readable: isId(subject) }, { title: 'Einträge zu einem Vorgang', crumbs: CRUMBS });
    }
    const mandates = actor.acting.mandates ? await this.uow.read(actor.acting, (tx) => this.mandates.list(tx, actor, 'IN_FORCE')) : [];
    return page(OverviewView, { ...(await this.audit.overview(actor.acting)), api: this.config.api.url, mandates });
  }

  @Screen({ path: 'entries/:id', may: 'audit.read', audit: 'audit.read.v1', title: 'Eintrag im Protokoll' })
  async entry(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Answer> {
    return page(EntryView, { entry: await this.audit.entry(actor.acting, id) }, { crumbs: CRUMBS });
  }

  /** Reads the whole log and works out every hash: an act that costs something, so a button and not a link. */
  @Action({ path: 'verification', may: 'audit.read', audit: 'audit.read.v1', title: 'Prüfung des Protokolls' })
  async verify(@CurrentActor() actor: Actor, @Body() body: FormBody): Promise<Answer> {
    const year = wholeNumber(body, 'year') ?? 0;
    const report = await this.audit.verify(actor.acting, year);
    return page(VerificationView, { year, report, api: this.config.api.url }, { crumbs: CRUMBS });
  }
}
