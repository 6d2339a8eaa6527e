import { CatalogueReads, METADATA, ownersTermsOf } from '#lib/catalogue';
import { newId, type Tx } from '#lib/kernel';
import { DutyReads, OrganisationReads } from '#lib/organisation';
import { type Instruments, type InstrumentText, type Obligation } from '#lib/policy';
import {
  clausesOf,
  namesOf,
  REQUEST_FIELDS,
  type RequestFacts,
  RequestReads,
  type StoredDecision,
} from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { type AgreementParts, documentOf } from './agreement-clauses';
import { type AgreementDocument, documentText, sealedForm } from './agreement-document';
import type { Agreement, Terms } from './agreement.entity';
import { agreementOffered } from '../agreements.events';
import { AgreementRepository, sha256 } from './agreements.repository';
import { InstrumentStatus } from '../instrument/instrument-status.reads';
import { needsOf } from '../instrument/instruments';
import { obligationText } from './obligation-text';
import { forUseUnder } from './for-use-under';
import { RETAIN, termsOf } from './terms';

/** Puts what was permitted or approved into words both sides read, and freezes it. Runs in the worker, by event. */
@Injectable()
export class AgreementOffer {
  constructor(
    private readonly requests: RequestReads,
    private readonly organisation: OrganisationReads,
    private readonly duties: DutyReads,
    private readonly catalogue: CatalogueReads,
    private readonly rulebook: Rulebook,
    private readonly agreements: AgreementRepository,
    private readonly contracts: InstrumentStatus,
  ) {}

  /**
   * Makes the offer for a permitted or approved request. For an automatic permit the product's standing offer is the
   * provider's consent. A second call for the same request does nothing.
   */
  async offer(tx: Tx, requestId: string): Promise<void> {
    const asked = await this.requests.request(tx, requestId);
    // agreed with who is there today, also when the request was made with a unit that ended since
    const request = { ...asked, ...(await this.requests.partiesNow(tx, asked)) };
    if (request.state !== 'PERMITTED' && request.state !== 'APPROVED') return;
    if (await this.agreements.ofRequest(tx, requestId)) return;
    const decision = (await this.requests.decision(tx, request.decisionId ?? ''))!;
    const fields = await this.catalogue.fieldsNow(tx, request.productVersionId);
    const { ruleset } = await this.rulebook.versionByHash(tx, decision.rulesetHash);
    const instrument = await this.instrument(tx, ruleset.instruments, request, decision);
    const { processorUnitId, onBehalfOfUnitId } = request.scope;
    const own = onBehalfOfUnitId
      ? await this.instrument(tx, ruleset.instruments, request, decision, onBehalfOfUnitId)
      : null;
    const needs = needsOf(instrument, ruleset.instruments, { ...request, processorUnitId, onBehalfOfUnitId }, own);
    const deliveries = ruleset.deliveries(request.scope.form);
    const terms = { ...termsOf(request, decision, fields), deliveries, needs };
    const consent = consentOf(request);
    const number = `V-${request.number}`;
    const document = documentOf({ number, instrument, consent, ...(await this.words(tx, request, decision, terms)) });
    const sealed = sealedForm(document);

    const { consumerUnitId, providerUnitId, productId, productVersionId, validFrom, validUntil } = request;
    const agreement: Agreement = {
      id: newId(),
      requestId,
      number,
      state: 'OFFERED',
      revision: 1,
      consumerUnitId,
      providerUnitId,
      productId,
      productVersionId,
      instrument: instrument.code,
      consent,
      terms,
      document: sealed,
      // made of what is sealed, not of what it was made from
      termsText: documentText(JSON.parse(sealed) as AgreementDocument),
      termsSha256: sha256(sealed),
      rulesetHash: decision.rulesetHash,
      decisionId: decision.id,
      validFrom,
      validUntil,
      activationDecisionId: null,
      confirmedByPersonId: null,
      confirmedAt: null,
      controllerUnitId: request.controllerUnitId,
      controllerConfirmedBy: null,
      controllerConfirmedAt: null,
      endedByPersonId: null,
      endedAt: null,
      endReason: null,
      suspendedBecause: null,
      suspendedAt: null,
      createdAt: tx.now,
      changedAt: tx.now,
    };
    await this.agreements.insert(tx, agreement);
    const { id: agreementId, rulesetHash, decisionId, termsSha256 } = agreement;
    const parties = { consumerUnitId, providerUnitId, productId, productVersionId };
    const validity = { validFrom: validFrom.toISOString(), validUntil: validUntil.toISOString() };
    const offered = {
      instrument: instrument.code,
      consent,
      decisionId,
      rulesetHash,
      termsSha256,
      ...parties,
      ...validity,
    };
    await tx.emit(agreementOffered({ agreementId, requestId, from: null, to: 'OFFERED', revision: 1, ...offered }));
  }

  /** The names behind the ids, as they are today and by the ruleset of the decision. */
  private async words(
    tx: Tx,
    { scope, ...request }: RequestFacts,
    decision: StoredDecision,
    terms: Terms,
  ): Promise<Omit<AgreementParts, 'number' | 'instrument' | 'consent'>> {
    const needs = await this.contracts.of(tx, terms.needs ?? []);
    const { ruleset } = await this.rulebook.versionByHash(tx, decision.rulesetHash);
    const { productVersionId } = terms;
    const product = await this.catalogue.product(tx, request.productId);
    const released = await this.catalogue.asReleased(tx, product, productVersionId);
    const said = forUseUnder(released, terms.obligations);
    const version = await this.catalogue.version(tx, productVersionId);
    const name = async (unitId: string) => (await this.organisation.unit(tx, unitId)).name;
    const units = new Map([
      ...(await this.organisation.units(tx)).map(({ id, name }): [string, string] => [id, name]),
      ...(await this.duties.inWords(tx, request.form.duty)),
    ]);
    const names = namesOf(ruleset, units);
    const { rows, recipients, retentionDays, notes, rulesetHash } = terms;
    const inWords = (one: Obligation): string => obligationText(ruleset.obligationInWords(one));
    // said where the days are said, and nowhere else
    const days = retentionDays ?? 0;
    const duty = days > 0 ? terms.obligations.find(({ id }) => id === RETAIN) : undefined;
    return {
      providerName: await name(request.providerUnitId),
      consumerName: await name(request.consumerUnitId),
      productTitle: product.title,
      versionNumber: version.number,
      fields: version.fields
        .filter((field) => terms.fields.includes(field.name))
        .map((field) => ({ name: field.name, meaning: field.meaning || null, mask: terms.masks[field.name] ?? null })),
      form: ruleset.label('form', terms.form),
      deliveries: terms.deliveries ?? null,
      rows,
      clauses: clausesOf(REQUEST_FIELDS, scope, names),
      recipients,
      processorName: terms.processorUnitId ? await name(terms.processorUnitId) : null,
      retentionDays,
      deletion: duty ? inWords({ ...duty, params: { ...duty.params, days } }) : null,
      obligations: terms.obligations.filter((one) => one !== duty).map(inWords),
      notes,
      ownersTerms: ownersTermsOf(METADATA, said, names),
      // of persons what carries it; what was named beside it and does not fit is no ground of the agreement
      legalBases: (decision.carriedBy?.length ? decision.carriedBy : decision.facts.legalBasis).map((code) =>
        names('legalBases', code),
      ),
      because: decision.because.map(({ text, source }) => `${text} (${source})`),
      rulesetHash,
      contracts: needs.map(({ name, partyAName, partyBName }) => `${name} zwischen ${partyAName} und ${partyBName}`),
      from: scope.from,
      until: scope.until,
      ends: request.emergency ? request.validUntil : null,
    };
  }

  /** By the legal form of the parties and the facts of the decision, as its law chooses; `controllerUnitId`: as if that side received itself. */
  private async instrument(
    tx: Tx,
    instruments: Instruments,
    request: RequestFacts,
    { facts, obligations }: StoredDecision,
    controllerUnitId?: string,
  ): Promise<InstrumentText> {
    const provider = await this.organisation.unit(tx, request.providerUnitId);
    const consumer = await this.organisation.unit(tx, controllerUnitId ?? request.consumerUnitId);
    const kind = controllerUnitId ? (facts.consumer.worksFor ?? facts.consumer.kind) : facts.consumer.kind;
    return instruments.for({
      provider: { legalForm: provider.kind },
      consumer: { legalForm: consumer.kind, kind },
      product: { openness: facts.product.openness },
      calc: { jointControl: facts.jointControl === true },
      contract: { asked: obligations.some(({ id }) => id === 'O-CONTRACT'), registered: null },
    });
  }
}

/** The provider's word: its approval, its standing offer, or, in an emergency, none before the data go. */
function consentOf({ state, emergency }: Pick<RequestFacts, 'state' | 'emergency'>): Agreement['consent'] {
  if (emergency) return 'EMERGENCY';
  return state === 'APPROVED' ? 'APPROVAL' : 'STANDING_OFFER';
}
