import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { UnitOfWork } from '#lib/kernel';
import {
  type Actor,
  auditMandateInput,
  type AuditMandateInput,
  AuditMandateReads,
  AuditMandates,
  CurrentActor,
} from '#lib/organisation';
import { Id, Operation } from '../operation';

/** The register of audit orders: without one in force the Revisionsamt reads no case and no log. */
@Controller('v1/audit-mandates')
export class AuditMandatesController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: AuditMandates,
    private readonly reads: AuditMandateReads,
  ) {}

  @Get()
  @Operation({
    may: 'organisation.read',
    audit: 'none: who may audit what is open to all who take part',
    summary: 'Prüfaufträge auflisten',
    answers: 'Liste, neueste zuerst',
  })
  async list(@CurrentActor() actor: Actor) {
    return { items: await this.uow.read(actor.acting, (tx) => this.reads.list(tx, actor)) };
  }

  @Post()
  @Operation({
    may: 'mandate.register',
    audit: 'audit-mandate.registered.v1',
    summary: 'Prüfauftrag eintragen',
    body: auditMandateInput,
    answers: 'Kennung; es gilt noch nichts',
  })
  register(@CurrentActor() actor: Actor, @Body() input: AuditMandateInput) {
    return this.uow.run(actor.acting, (tx) => this.mandates.register(tx, actor, input));
  }

  @Post(':id/confirmation')
  @HttpCode(204)
  @Operation({
    may: 'mandate.confirm',
    audit: 'audit-mandate.confirmed.v1',
    summary: 'Prüfauftrag als zweite Person bestätigen',
    answers: 'nichts',
  })
  confirm(@CurrentActor() actor: Actor, @Id('id') id: string): Promise<void> {
    return this.uow.run(actor.acting, (tx) => this.mandates.confirm(tx, actor, id));
  }

  @Post(':id/end')
  @HttpCode(204)
  @Operation({
    may: 'mandate.register',
    audit: 'audit-mandate.ended.v1',
    summary: 'Prüfauftrag beenden, sofort',
    answers: 'nichts',
  })
  end(@CurrentActor() actor: Actor, @Id('id') id: string): Promise<void> {
    return this.uow.run(actor.acting, (tx) => this.mandates.end(tx, actor, id));
  }
}
