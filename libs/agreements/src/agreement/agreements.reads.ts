// One file: the list, the view and what a reader may do read the same rows; split, they would drift apart.
import { CatalogueReads } from '#lib/catalogue';
import { isId, Problem, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads, permits, type RoleCode, type Subject } from '#lib/organisation';
import { Handovers, maskInWords, onePage, RequestDecisions, sameText, type TwoSidedFilter } from '#lib/requests';
import { stricterMask } from '#lib/sources';
import { Injectable } from '@nestjs/common';
import type { AgreementDocument } from './agreement-document';
import { hintsOf } from './agreement-hints';
import { Agreement, type Terms, termsSchema } from './agreement.entity';
import { type AgreementState, agreementStates, stateAt, type StoredState } from './agreement.states';
import type { AgreementConcern, AgreementLine, AgreementView } from './agreement.view';
import { AgreementRepository, type PartiesNow } from './agreements.repository';
import { InstrumentStatus } from '../instrument/instrument-status.reads';
import { Annex } from './annex.entity';
import { Signing } from './signing.service';

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

/** More than this nobody sees to from one list. */
const MOST = 200;

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
    private readonly signing: Signing,
    private readonly decisions: RequestDecisions,
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

  /** How many offers wait for the word of this person: for the receiving side, or for whose purpose a processor receives. */
  toConfirm(actor: Actor): Promise<number> {
    return this.uow.read(actor.acting, async (tx) => {
      const offers = await tx.em
        .createQueryBuilder(Agreement, 'a')
        .where(`a.state = 'OFFERED' AND a.validUntil > now()`)
        .orderBy('a.createdAt', 'DESC')
        .take(MOST)
        .getMany();
      let mine = 0;
      for (const agreement of offers) {
        const { consumerUnitId, controllerUnitId } = await this.agreements.partiesNow(tx, agreement);
        const first = agreement.controllerUnitId != null && agreement.controllerConfirmedBy == null;
        if (await this.signs(tx, actor, agreement, first ? controllerUnitId : consumerUnitId)) mine += 1;
      }
      return mine;
    });
  }

  /**
   * Running agreements that ask for this person. One that rests: who acts or signs for the receiving side or for whose
   * purpose it is, and who answers for the product. One whose contract ends soon and before it: who signs for a side.
   */
  concerns(actor: Actor): Promise<AgreementConcern[]> {
    if (!permits(actor, 'agreement.confirm')) return Promise.resolve([]);
    return this.uow.read(actor.acting, async (tx) => {
      const running = await tx.em
        .createQueryBuilder(Agreement, 'a')
        .where(
          `a.validUntil > now() AND (a.state = 'SUSPENDED' OR a.state = 'ACTIVE' AND a.terms->'needs'->0 IS NOT NULL)`,
        )
        .orderBy('a.createdAt', 'DESC')
        .take(MOST)
        .getMany();
      const found: AgreementConcern[] = [];
      for (const agreement of running) {
        const concern = await this.concern(tx, agreement);
        if (!concern || !(await this.isAsked(tx, actor, agreement, concern.kind))) continue;
        const { id, number, productId } = agreement;
        found.push({ id, number, productTitle: await this.title(tx, productId), ...concern });
      }
      return found;
    });
  }

  private async concern(tx: Tx, agreement: Agreement): Promise<Pick<AgreementConcern, 'kind' | 'because'> | null> {
    const rests =
      agreement.state === 'SUSPENDED'
        ? (agreement.suspendedBecause ?? [])
        : await this.contracts.lacking(tx, agreement);
    if (agreement.state === 'SUSPENDED' || rests.length > 0)
      return { kind: 'RESTS', because: rests.map(({ text }) => text) };
    const because = await this.contracts.endingSoon(tx, agreement);
    return because.length > 0 ? { kind: 'CONTRACT_ENDS', because } : null;
  }

  private async isAsked(tx: Tx, actor: Actor, agreement: Agreement, kind: AgreementConcern['kind']): Promise<boolean> {
    const parties = await this.agreements.partiesNow(tx, agreement);
    if (await this.answersFor(tx, actor, agreement, parties)) return true;
    for (const unitId of [parties.consumerUnitId, parties.controllerUnitId]) {
      if (unitId === null) continue;
      if (await this.signs(tx, actor, agreement, unitId)) return true;
      if (kind === 'RESTS' && (await this.speaks(tx, actor, ['REQ_HEAD', 'REQUESTER'], unitId))) return true;
    }
    return false;
  }

  /** Whether the actor answers for the product on the giving side. */
  private async answersFor(tx: Tx, actor: Actor, { productId }: Agreement, parties: PartiesNow): Promise<boolean> {
    const accountable = await this.organisation.accountableRole(tx, parties.providerUnitId);
    const about = await this.catalogue.subject(tx, productId);
    return this.speaks(tx, actor, [accountable], parties.providerUnitId, about);
  }

  /** One agreement with its text. Throws `agreement_unknown`. */
  view(actor: Actor, id: string): Promise<AgreementView> {
    return this.uow.read(actor.acting, async (tx) => {
      const agreement = await this.agreements.find(tx, id);
      const {
        terms,
        document,
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
      const signs = (unitId: string | null) => this.signs(tx, actor, agreement, unitId);
      const instructs = async (unitId: string | null) =>
        unitId !== null && ((await this.speaks(tx, actor, ['REQ_HEAD', 'REQUESTER'], unitId)) || signs(unitId));
      const waits = agreement.controllerUnitId != null && agreement.controllerConfirmedBy == null;
      const { controllerUnitId, controllerConfirmedBy, controllerConfirmedAt } = agreement;
      const controllerPerson = controllerConfirmedBy ? await this.organisation.person(tx, controllerConfirmedBy) : null;
      const provider = await this.answersFor(tx, actor, agreement, parties);
      const running = ['OFFERED', 'ACTIVE', 'SUSPENDED'].includes(line.state);
      const begun = agreement.validFrom <= tx.now;
      const annex = await tx.em.findOneBy(Annex, { agreementId: id });
      return {
        ...line,
        terms: termsSchema.parse(terms),
        document: document === null ? null : (JSON.parse(document) as AgreementDocument),
        termsText,
        termsSha256,
        consent,
        endReason,
        hints: hintsOf(terms),
        suspendedBecause: suspendedBecause ?? [],
        suspendedAt: suspendedAt?.toISOString() ?? null,
        asks: line.state === 'OFFERED' ? (await this.contracts.instrument(tx, agreement)).questions : [],
        parallel: running ? (await this.agreements.parallel(tx, agreement)).map((one) => parallelOf(tx, one)) : [],
        tightened: running ? await this.tightened(tx, agreement) : [],
        annex: annex && {
          document: annex.document === null ? null : (JSON.parse(annex.document) as AgreementDocument),
          text: annex.text,
          sha256: annex.sha256,
        },
        contracts: await this.contracts.of(tx, terms.needs ?? [], agreement),
        controllerUnitName: controllerUnitId
          ? await this.organisation.nameAt(tx, controllerUnitId, agreement.createdAt, agreement.requestId)
          : null,
        controllerConfirmedByName: controllerPerson && `${controllerPerson.givenName} ${controllerPerson.familyName}`,
        controllerConfirmedAt: controllerConfirmedAt?.toISOString() ?? null,
        confirmedByName: person && `${person.givenName} ${person.familyName}`,
        confirmedAt: confirmedAt?.toISOString() ?? null,
        endedAt: endedAt?.toISOString() ?? null,
        may: {
          confirm: line.state === 'OFFERED' && !waits && (await signs(parties.consumerUnitId)),
          confirmAsController: line.state === 'OFFERED' && waits && (await signs(parties.controllerUnitId)),
          terminate:
            running &&
            (consumer || (await signs(parties.consumerUnitId)) || (await instructs(parties.controllerUnitId))),
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

  private async signs(tx: Tx, actor: Actor, agreement: Agreement, unitId: string | null): Promise<boolean> {
    if (unitId === null) return false;
    const about = await this.catalogue.subject(tx, agreement.productId);
    return this.speaks(tx, actor, await this.signing.roles(tx, agreement, unitId), unitId, about);
  }

  /** What is delivered less than was agreed, because a later version of the data protects a field more strictly. */
  private async tightened(tx: Tx, { requestId, terms }: Agreement): Promise<AgreementView['tightened']> {
    const outlook = await this.decisions.previewRedecision(tx, requestId, 'DELIVERY').catch((error: unknown) => {
      if (error instanceof Problem && error.status < 500) return null;
      throw error;
    });
    const masked = outlook?.obligations.find(({ id }) => id === 'O-MASK')?.params.fields;
    if (!Array.isArray(masked)) return [];
    const fields = await this.catalogue.fieldsNow(tx, terms.productVersionId);
    return fields.flatMap(({ name, mask }) => {
      if (!terms.fields.includes(name) || !masked.includes(name)) return [];
      const agreed = terms.masks[name];
      const demanded = mask ?? { kind: 'drop' as const };
      const holds = agreed ? stricterMask(agreed, demanded) : demanded;
      return agreed && sameText(agreed) === sameText(holds) ? [] : [{ field: name, as: maskInWords(holds) }];
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
      instrumentName: (await this.contracts.instrument(tx, agreement)).name,
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

/** A line on an agreement beside the one that is looked at. */
export const parallelOf = (
  tx: Tx,
  { id, number, state: stored, terms, validUntil }: Agreement,
): AgreementView['parallel'][number] => {
  const state = stateAt(stored, validUntil, tx.now);
  const stateName = agreementStates.label[state];
  return { id, number, state, stateName, purposeCode: terms.purposeCode, validUntil: validUntil.toISOString() };
};
