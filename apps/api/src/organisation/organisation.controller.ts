import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '#lib/kernel';
import { type Actor, CONTRACT_KINDS, Contracts, CurrentActor, Delegations, OrganisationReads } from '#lib/organisation';
import { Id, Operation } from '../operation';

const moment = z.iso.datetime({ offset: true });
const contract = z.strictObject({
  unitA: z.uuid(),
  unitB: z.uuid(),
  kind: z.enum(CONTRACT_KINDS),
  reference: z.string().min(1).max(200),
  validFrom: moment,
  validTo: moment,
});
const delegation = z.strictObject({
  appointmentId: z.uuid(),
  delegatePersonId: z.uuid(),
  reference: z.string().min(1).max(200),
  validFrom: moment.optional(),
  validTo: moment,
});

/** Units, written delegations, and the register of contracts. */
@Controller('v1')
export class OrganisationController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: OrganisationReads,
    private readonly contracts: Contracts,
    private readonly delegations: Delegations,
  ) {}

  @Get('units')
  @Operation({
    may: 'organisation.read',
    audit: 'none: offices, no persons',
    summary: 'Stellen',
    answers: 'alle Stellen mit Art und Rechtsform',
  })
  async units(@CurrentActor() actor: Actor) {
    const units = await this.uow.read(actor.acting, (tx) => this.reads.units(tx));
    return { items: units.map(({ id, key, name, kind, parentId }) => ({ id, key, name, kind, parentId })) };
  }

  @Post('contracts')
  @Operation({
    may: 'contract.register',
    audit: 'contract.registered.v1',
    summary: 'Vertrag zwischen zwei Stellen eintragen',
    body: contract,
    answers: 'Kennung des Vertrags',
  })
  registerContract(@CurrentActor() actor: Actor, @Body() input: z.output<typeof contract>) {
    return this.uow.run(actor.acting, (tx) => this.contracts.registerContract(tx, actor, input));
  }

  @Post('contracts/:id/end')
  @HttpCode(204)
  @Operation({
    may: 'contract.register',
    audit: 'contract.ended.v1',
    summary: 'Vertrag jetzt beenden',
    answers: 'nichts',
  })
  endContract(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.run(actor.acting, (tx) => this.contracts.endContract(tx, actor, id));
  }

  @Get('delegations')
  @Operation({
    may: 'organisation.read',
    audit: 'none: own rights',
    summary: 'Mir schriftlich übertragene Aufgaben',
    answers: 'Übertragungen, die jetzt gelten',
  })
  heldDelegations(@CurrentActor() actor: Actor) {
    return { items: actor.delegations.map(({ validTo, ...one }) => ({ ...one, validTo: validTo.toISOString() })) };
  }

  @Post('delegations')
  @Operation({
    may: 'product.release',
    audit: 'delegation.given.v1',
    summary: 'Die eigene Entscheidung schriftlich übertragen, höchstens zwölf Monate',
    body: delegation,
    answers: 'Kennung der Übertragung',
  })
  delegate(@CurrentActor() actor: Actor, @Body() input: z.output<typeof delegation>) {
    return this.uow.run(actor.acting, (tx) => this.delegations.delegate(tx, actor, input));
  }

  @Delete('delegations/:id')
  @HttpCode(204)
  @Operation({
    may: 'organisation.read',
    audit: 'delegation.revoked.v1',
    summary: 'Übertragung widerrufen',
    answers: 'nichts',
  })
  revokeDelegation(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.run(actor.acting, (tx) => this.delegations.revoke(tx, actor, id));
  }
}
