import { Injectable } from '@nestjs/common';
import { newId, parse, type Tx } from '#lib/kernel';
import { type Actor, permits } from '../actor';
import { Contract } from './contract.entity';
import { type ContractInput, type ContractSubject, contractUseCases } from './contract.use-cases';
import { contractCompleted, contractEnded, contractRegistered } from '../organisation.events';
import { organisationProblems as problems } from '../organisation.problems';
import { OrganisationReads } from '../organisation.reads';
import { invalid } from '../constraints';
import type { Unit, UnitKind } from '../units/unit.entity';

/** Legal persons of their own: between the city and them an internal agreement is no contract. */
const SEPARATE: readonly UnitKind[] = ['GESELLSCHAFT', 'ANDERE_KOMMUNE', 'LAND', 'FORSCHUNG', 'PRIVATE'];

/** The register of contracts, kept by the Rechtsamt. */
@Injectable()
export class Contracts {
  constructor(private readonly reads: OrganisationReads) {}

  /** Puts a signed contract between two parties on record. LEGAL only, and its deputy only when it may act. */
  async registerContract(tx: Tx, actor: Actor, input: ContractInput): Promise<{ contractId: string }> {
    await this.legal(tx, actor);
    const { unitA, unitB, kind, reference, subject, ...validity } = parse(contractUseCases.register.input, input);
    const [validFrom, validTo] = [new Date(validity.validFrom), new Date(validity.validTo)];
    if (validTo <= validFrom) throw invalid('/validTo', 'Das Ende liegt nicht nach dem Beginn.');
    const parties = [await this.reads.unit(tx, unitA), await this.reads.unit(tx, unitB)];
    if (!contractFits(kind, parties)) throw problems.contract_kind_unfit();
    const [partyA, partyB] = [unitA, unitB].sort() as [string, string];
    const contractId = newId();
    const registeredBy = actor.personId;
    await tx.em.insert(Contract, {
      id: contractId,
      partyA,
      partyB,
      kind,
      reference,
      validFrom,
      validTo,
      registeredBy,
      endedBy: null,
      ...columnsOf(subject),
    });
    await tx.emit(
      contractRegistered({
        contractId,
        partyA,
        partyB,
        kind,
        subject: subject.kind,
        ...(subject.kind === 'PRODUCTS' && { products: subject.productIds }),
        validFrom: validFrom.toISOString(),
        validTo: validTo.toISOString(),
      }),
      { reference },
    );
    return { contractId };
  }

  /** Says what a contract of before is about, once. Throws `contract_complete` where the record says it already. */
  async completeContract(tx: Tx, actor: Actor, contractId: string, input: { subject: ContractSubject }): Promise<void> {
    await this.legal(tx, actor);
    const { subject } = parse(contractUseCases.complete.input, input);
    const contract = await this.held(tx, contractId);
    if (contract.subjectKind) throw problems.contract_complete();
    if (contract.validTo <= tx.now) throw problems.contract_ended();
    await tx.em.update(Contract, { id: contractId }, { ...columnsOf(subject), subjectNamedBy: actor.personId });
    const { partyA, partyB } = contract;
    await tx.emit(
      contractCompleted({
        contractId,
        partyA,
        partyB,
        subject: subject.kind,
        ...(subject.kind === 'PRODUCTS' && { products: subject.productIds }),
      }),
    );
  }

  /** Ends a contract now. Deliveries that rest on it stop at their next check. */
  async endContract(tx: Tx, actor: Actor, contractId: string): Promise<void> {
    await this.legal(tx, actor);
    const contract = await this.held(tx, contractId);
    if (contract.validTo <= tx.now) throw problems.contract_ended();
    const validTo = tx.now < contract.validFrom ? contract.validFrom : tx.now;
    await tx.em.update(Contract, { id: contractId }, { validTo, endedBy: actor.personId });
    await tx.emit(
      contractEnded({ contractId, partyA: contract.partyA, partyB: contract.partyB, validTo: validTo.toISOString() }),
    );
  }

  private async held(tx: Tx, id: string): Promise<Contract> {
    const contract = await tx.em.findOne(Contract, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!contract) throw problems.contract_not_found();
    return contract;
  }

  private async legal(tx: Tx, actor: Actor): Promise<void> {
    if (!permits(actor, 'contract.register')) throw problems.not_permitted();
    if (!(await this.reads.entitledAs(tx, actor, 'LEGAL', null, { overdue: false }))) throw problems.not_entitled();
  }
}

const columnsOf = (subject: ContractSubject) => ({
  subjectKind: subject.kind,
  subjectProducts: subject.kind === 'PRODUCTS' ? [...new Set(subject.productIds)].sort() : null,
  subjectText: subject.kind === 'PROCESSING' ? subject.text : null,
});

function contractFits(kind: Contract['kind'], parties: Unit[]): boolean {
  const [a, b] = parties;
  if (!a || !b || a.id === b.id) return false;
  const separate = parties.some((unit) => SEPARATE.includes(unit.kind));
  return kind === 'INTERNE_VEREINBARUNG' ? !separate && parties.some((unit) => unit.kind === 'EIGENBETRIEB') : true;
}
