import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import {
  type Actor,
  type AuditMandateInput,
  AuditMandateQueries,
  AuditMandateService,
  auditMandateUseCases,
  CurrentActor,
} from '#lib/organisation';
import { Id, Operation } from '../operation';

/** The register of audit orders: without one in force the Revisionsamt reads no case and no log. */
@Controller('v1/audit-mandates')
export class AuditMandatesController {
  constructor(
    private readonly mandates: AuditMandateService,
    private readonly reads: AuditMandateQueries,
  ) {}

  @Get()
  @Operation({
    useCase: auditMandateUseCases.list,
    summary: 'Prüfaufträge auflisten',
    answers: 'Liste, neueste zuerst',
  })
  async list(@CurrentActor() actor: Actor) {
    return { items: await this.reads.list(actor) };
  }

  @Post()
  @Operation({
    useCase: auditMandateUseCases.register,
    summary: 'Prüfauftrag eintragen',
    answers: 'Kennung; es gilt noch nichts',
  })
  register(@CurrentActor() actor: Actor, @Body() input: AuditMandateInput) {
    return this.mandates.register(actor, input);
  }

  @Post(':id/confirmation')
  @HttpCode(204)
  @Operation({
    useCase: auditMandateUseCases.confirm,
    summary: 'Prüfauftrag als zweite Person bestätigen',
    answers: 'nichts',
  })
  confirm(@CurrentActor() actor: Actor, @Id('id') id: string): Promise<void> {
    return this.mandates.confirm(actor, id);
  }

  @Post(':id/end')
  @HttpCode(204)
  @Operation({ useCase: auditMandateUseCases.end, summary: 'Prüfauftrag beenden, sofort', answers: 'nichts' })
  end(@CurrentActor() actor: Actor, @Id('id') id: string): Promise<void> {
    return this.mandates.end(actor, id);
  }
}
