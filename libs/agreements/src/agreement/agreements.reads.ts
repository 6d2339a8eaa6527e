import { CatalogueReads } from '#lib/catalogue';
import { isId, Problem, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads, permits, type RoleCode, type Subject } from '#lib/organisation';
import { Handovers, onePage, type TwoSidedFilter } from '#lib/requests';
import { Injectable } from '@nestjs/common';
import { Agreement, type Terms } from './agreement.entity';
import { type AgreementState, agreementStates, INSTRUMENT_LABEL, stateAt, type StoredState } from './agreement.states';
import type { AgreementLine, AgreementView } from './agreement.view';
import { AgreementRepository, type PartiesNow } from './agreements.repository';
import { InstrumentStatus } from '../instrument/instrument-status.reads';
import { Annex } from './annex.entity';
import { INSTRUMENT_QUESTIONS } from '../instrument/instrument-questions';

/** An agreement as the gate needs it at every look. */
export interface AgreementForDelivery {
  id: string;
  /** worked out at the transaction's time: EXPIRED from `validUntil` on */
  state: AgreementState;
  revision: number;
  requestId: string;
  consumerUnitId: string;
  providerUnitId: string;
  /** who stands in the place of the receiving unit now: only there data may be received */
  receiverUnitId: string;
  productId: string;
  /** half-open, instants of the database */
  validFrom: Date;
  validUntil: Date;
  terms: Terms;
  /** why it rests, in German, as both sides read it at the agreement; empty unless it was put to rest */
  restsBecause: string[];
}

export type AgreementListFilter = TwoSidedFilter & { states?: StoredState[] };

@Injectable()
export class AgreementReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly agreements: AgreementRepository,
    private readonly organisation: OrganisationReads,
    private readonly catalogue: CatalogueReads,
    private readonly contracts: InstrumentStatus,
    private readonly handovers: Handovers,
  ) {}

  /**
   * The agreement as it stands now, or null if there is none the transaction may see. With `lock` the row is held in
   * share: a revocation waits until the transaction that relies on it has committed, and no longer.
   */
  async forDelivery(
    tx: Tx,
    id: string,
    { lock = false }: { lock?: boolean } = {},
  ): Promise<AgreementForDelivery | null> {
    if (!isId(id)) return null;
    if (lock) await tx.sql('SELECT FROM agreements.agreement WHERE id = $1 FOR SHARE', [id]);
    const agreement = await tx.em.findOneBy(Agreement, { id });
    if (!agreement) return null;
    const parties = await this.agreements.partiesNow(tx, agreement);
    const { state, revision, requestId, consumerUnitId, providerUnitId, productId, validFrom, validUntil, terms } =
      agreement;
    return {
      id,
      revision,
      requestId,
      consumerUnitId,
      providerUnitId,
      productId,
      validFrom,
      validUntil,
      terms,
      receiverUnitId: parties.consumerUnitId,
      restsBecause: state === 'SUSPENDED' ? (agreement.suspendedBecause ?? []).map(({ text }) => text) : [],
      state: await this.carried(tx, agreement, parties, stateAt(state, validUntil, tx.now)),
    };
  }

  /** An agreement whose contract or one of whose sides is missing or over rests from that moment on, told or not (K3). */
  private async carried(
    tx: Tx,
    agreement: Agreement,
    parties: PartiesNow,
    state: AgreementState,
  ): Promise<AgreementState> {
    if (state !== 'ACTIVE') return state;
    if (!parties.live || !(await this.handovers.responsiblePerson(tx, agreement.requestId)).present) return 'SUSPENDED';
    if (!agreement.terms.needs?.length) return state;
    return (await this.contracts.lacking(tx, agreement)).length > 0 ? 'SUSPENDED' : state;
  }

  /** The agreement of a request, once it was offered. */
  ofRequest(actor: Actor, requestId: string): Promise<AgreementLine | null> {
    return this.uow.read(actor.acting, async (tx) => {
      const agreement = isId(requestId) ? await this.agreements.ofRequest(tx, requestId) : null;
      return agreement && this.line(tx, agreement);
    });
  }

  /** The actor's agreements, newest first. */
  list(actor: Actor, filter: AgreementListFilter = {}): Promise<{ items: AgreementLine[]; total: number }> {
    return this.uow.read(actor.acting, async (tx) => {
      const { rows, total } = await onePage(tx.em.createQueryBuilder(Agreement, 'a'), actor.units, filter, 'requestId');
      const items: AgreementLine[] = [];
      for (const row of rows) items.push(await this.line(tx, row));
      return { items, total };
    });
  }

  /** One agreement with its text. Throws `agreement_unknown`. */
  view(actor: Actor, id: string): Promise<AgreementView> {
    return this.uow.read(actor.acting, async (tx) => {
      const agreement = await this.agreements.find(tx, id);
      const {
        terms,
        termsText,
        termsSha256,
        consent,
        confirmedByPersonId,
        confirmedAt,
        endedAt,
        endReason,
        suspendedBecause,
        suspendedAt,
      } = agreement;
      const line = await this.line(tx, agreement);
      const person = confirmedByPersonId ? await this.organisation.person(tx, confirmedByPersonId) : null;
      const parties = await this.agreements.partiesNow(tx, agreement);
      const consumer = await this.speaks(tx, actor, ['REQ_HEAD', 'REQUESTER'], parties.consumerUnitId);
      const accountable = await this.organisation.accountableRole(tx, parties.providerUnitId);
      const provider = await this.speaks(
        tx,
        actor,
        [accountable],
        parties.providerUnitId,
        await this.catalogue.subject(tx, agreement.productId),
      );
      const running = ['OFFERED', 'ACTIVE', 'SUSPENDED'].includes(line.state);
      const begun = agreement.validFrom <= tx.now;
      const annex = await tx.em.findOneBy(Annex, { agreementId: id });
      return {
        ...line,
        terms,
        termsText,
        termsSha256,
        consent,
        endReason,
        suspendedBecause: suspendedBecause ?? [],
        suspendedAt: suspendedAt?.toISOString() ?? null,
        asks: line.state === 'OFFERED' ? INSTRUMENT_QUESTIONS[agreement.instrument] : [],
        annex: annex && { text: annex.text, sha256: annex.sha256 },
        contracts: await this.contracts.of(tx, terms.needs ?? [], agreement),
        confirmedByName: person && `${person.givenName} ${person.familyName}`,
        confirmedAt: confirmedAt?.toISOString() ?? null,
        endedAt: endedAt?.toISOString() ?? null,
        may: {
          confirm: consumer && line.state === 'OFFERED',
          terminate: consumer && running,
          revoke: provider && running,
          receive:
            line.state === 'ACTIVE' &&
            begun &&
            permits(actor, 'data.receive') &&
            actor.units.includes(parties.consumerUnitId),
        },
      };
    });
  }

  /** As the act itself asks, so that no button promises what is then refused. */
  private async speaks(
    tx: Tx,
    actor: Actor,
    roles: readonly RoleCode[],
    unitId: string,
    about?: Subject,
  ): Promise<boolean> {
    for (const role of roles) {
      if (await this.organisation.entitledAs(tx, actor, role, unitId, { overdue: false, ...(about && { about }) }))
        return true;
    }
    return false;
  }

  private async line(tx: Tx, agreement: Agreement): Promise<AgreementLine> {
    const {
      id,
      number,
      requestId,
      revision,
      productId,
      consumerUnitId,
      providerUnitId,
      instrument,
      terms,
      validFrom,
      validUntil,
    } = agreement;
    const state = stateAt(agreement.state, validUntil, tx.now);
    return {
      id,
      number,
      requestId,
      state,
      revision,
      productId,
      consumerUnitId,
      providerUnitId,
      instrument,
      stateName: agreementStates.label[state],
      productTitle: await this.title(tx, productId),
      // the name it was agreed under, and who stands there today
      consumerUnitName: await this.organisation.nameAt(tx, consumerUnitId, agreement.createdAt, requestId),
      providerUnitName: await this.organisation.nameAt(tx, providerUnitId, agreement.createdAt, productId),
      purposeCode: terms.purposeCode,
      instrumentName: INSTRUMENT_LABEL[instrument],
      validFrom: validFrom.toISOString(),
      validUntil: validUntil.toISOString(),
    };
  }

  /** A product may have been hidden from one side since; the agreement stays readable. */
  private async title(tx: Tx, productId: string): Promise<string> {
    try {
      return (await this.catalogue.product(tx, productId)).title;
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return 'Datenprodukt nicht mehr sichtbar';
      throw error;
    }
  }
}
