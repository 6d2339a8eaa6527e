import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { type InputOf } from '#lib/kernel';
import {
  type Actor,
  ContractQueries,
  ContractService,
  contractUseCases,
  CurrentActor,
  DelegationService,
  delegationUseCases,
  DutyQueries,
  DutyService,
  dutyUseCases,
  OrganisationQueries,
  unitUseCases,
} from '#lib/organisation';
import { Id, Operation } from '../operation';

/** Units, written delegations, and the registers of contracts and duties. */
@Controller('v1')
export class OrganisationController {
  constructor(
    private readonly reads: OrganisationQueries,
    private readonly contracts: ContractService,
    private readonly register: ContractQueries,
    private readonly delegations: DelegationService,
    private readonly duties: DutyService,
    private readonly dutyRegister: DutyQueries,
  ) {}

  @Get('units')
  @Operation({ useCase: unitUseCases.list, summary: 'Stellen', answers: 'alle Stellen mit Art und Rechtsform' })
  async units(@CurrentActor() actor: Actor) {
    const units = await this.reads.units(actor);
    return { items: units.map(({ id, key, name, kind, parentId }) => ({ id, key, name, kind, parentId })) };
  }

  @Get('contracts')
  @Operation({
    useCase: contractUseCases.list,
    summary: 'Vertragsregister',
    answers: 'Verträge, die nicht beendet sind, mit ihrem Gegenstand; ohne Gegenstand zuerst',
  })
  async listContracts(@CurrentActor() actor: Actor) {
    return { items: await this.register.list(actor) };
  }

  @Post('contracts')
  @Operation({
    useCase: contractUseCases.register,
    summary: 'Vertrag zwischen zwei Stellen eintragen',
    answers: 'Kennung des Vertrags',
  })
  registerContract(@CurrentActor() actor: Actor, @Body() input: InputOf<typeof contractUseCases.register>) {
    return this.contracts.registerContract(actor, input);
  }

  @Post('contracts/:id/subject')
  @HttpCode(204)
  @Operation({
    useCase: contractUseCases.complete,
    summary: 'Gegenstand eines Vertrags nachtragen',
    answers: 'nichts',
  })
  completeContract(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof contractUseCases.complete>,
  ) {
    return this.contracts.completeContract(actor, id, input);
  }

  @Post('contracts/:id/end')
  @HttpCode(204)
  @Operation({ useCase: contractUseCases.end, summary: 'Vertrag jetzt beenden', answers: 'nichts' })
  endContract(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.contracts.endContract(actor, id);
  }

  @Get('duties')
  @Operation({
    useCase: dutyUseCases.list,
    summary: 'Verzeichnis der Pflichtaufgaben',
    answers: 'Pflichtaufgaben der Stellen, die nicht beendet sind',
  })
  async listDuties(@CurrentActor() actor: Actor) {
    return { items: await this.dutyRegister.list(actor) };
  }

  @Post('duties')
  @Operation({
    useCase: dutyUseCases.register,
    summary: 'Pflichtaufgabe einer Stelle eintragen',
    answers: 'Kennung der Pflichtaufgabe',
  })
  registerDuty(@CurrentActor() actor: Actor, @Body() input: InputOf<typeof dutyUseCases.register>) {
    return this.duties.registerDuty(actor, input);
  }

  @Post('duties/:id/end')
  @HttpCode(204)
  @Operation({ useCase: dutyUseCases.end, summary: 'Pflichtaufgabe einer Stelle jetzt beenden', answers: 'nichts' })
  endDuty(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.duties.endDuty(actor, id);
  }

  @Get('delegations')
  @Operation({
    useCase: delegationUseCases.held,
    summary: 'Mir schriftlich übertragene Aufgaben',
    answers: 'Übertragungen, die jetzt gelten',
  })
  heldDelegations(@CurrentActor() actor: Actor) {
    return { items: actor.delegations.map(({ validTo, ...one }) => ({ ...one, validTo: validTo.toISOString() })) };
  }

  @Post('delegations')
  @Operation({
    useCase: delegationUseCases.give,
    summary: 'Die eigene Entscheidung schriftlich übertragen, höchstens zwölf Monate',
    answers: 'Kennung der Übertragung',
  })
  delegate(@CurrentActor() actor: Actor, @Body() input: InputOf<typeof delegationUseCases.give>) {
    return this.delegations.delegate(actor, input);
  }

  @Delete('delegations/:id')
  @HttpCode(204)
  @Operation({ useCase: delegationUseCases.revoke, summary: 'Übertragung widerrufen', answers: 'nichts' })
  revokeDelegation(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.delegations.revoke(actor, id);
  }
}
