import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { UnitOfWork } from '#lib/kernel';
import {
  type Actor,
  type AuditMandateInput,
  AuditMandateReads,
  AuditMandates,
  auditMandateUseCases,
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
    useCase: auditMandateUseCases.list,
    summary: 'Prüfaufträge auflisten',
    answers: 'Liste, neueste zuerst',
  })
  async list(@CurrentActor() actor: Actor) {
    return { items: await this.uow.read(actor.acting, (tx) => this.reads.list(tx, actor)) };
  }

  @Post()
  @Operation({
    useCase: auditMandateUseCases.register,
    summary: 'Prüfauftrag eintragen',
    answers: 'Kennung; es gilt noch nichts',
  })
  register(@CurrentActor() actor: Actor, @Body() input: AuditMandateInput) {
    return this.uow.run(actor.acting, (tx) => this.mandates.register(tx, actor, input));
  }

  @Post(':id/confirmation')
  @HttpCode(204)
  @Operation({
    useCase: auditMandateUseCases.confirm,
    summary: 'Prüfauftrag als zweite Person bestätigen',
    answers: 'nichts',
  })
  confirm(@CurrentActor() actor: Actor, @Id('id') id: string): Promise<void> {
    return this.uow.run(actor.acting, (tx) => this.mandates.confirm(tx, actor, id));
  }

  @Post(':id/end')
  @HttpCode(204)
  @Operation({ useCase: auditMandateUseCases.end, summary: 'Prüfauftrag beenden, sofort', answers: 'nichts' })
  end(@CurrentActor() actor: Actor, @Id('id') id: string): Promise<void> {
    return this.uow.run(actor.acting, (tx) => this.mandates.end(tx, actor, id));
  }
}
