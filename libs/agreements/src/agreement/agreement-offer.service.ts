import { CatalogueReads } from '#lib/catalogue';
import { newId, type Tx } from '#lib/kernel';
import { OrganisationReads } from '#lib/organisation';
import { CONTRACT_KIND } from '#lib/policy';
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
import type { Agreement, Terms } from './agreement.entity';
import type { Instrument } from './agreement.states';
import { agreementOffered } from '../agreements.events';
import { AgreementRepository, sha256 } from './agreements.repository';
import { InstrumentStatus } from '../instrument/instrument-status.reads';
import { instrumentFor, needsOf } from '../instrument/instruments';
import { obligationText } from './obligation-text';
import { termsOf } from './terms';
import { termsText, type TextParts } from './terms-text';

/** Puts what was permitted or approved into words both sides read, and freezes it. Runs in the worker, by event. */
@Injectable()
export class AgreementOffer {
  constructor(
    private readonly requests: RequestReads,
    private readonly organisation: OrganisationReads,
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
    const { fields } = await this.catalogue.version(tx, request.productVersionId);
    const instrument = await this.instrument(tx, request, decision);
    const { processorUnitId, onBehalfOfUnitId } = request.scope;
    const needs = needsOf(instrument, { ...request, processorUnitId, onBehalfOfUnitId });
    const terms = { ...termsOf(request, decision, fields), needs };
    const consent = consentOf(request);
    const number = `V-${request.number}`;
    const text = termsText({ number, instrument, consent, ...(await this.words(tx, request, decision, terms)) });

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
      instrument,
      consent,
      terms,
      termsText: text,
      termsSha256: sha256(text),
      rulesetHash: decision.rulesetHash,
      decisionId: decision.id,
      validFrom,
      validUntil,
      activationDecisionId: null,
      confirmedByPersonId: null,
      confirmedAt: null,
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
    const offered = { instrument, consent, decisionId, rulesetHash, termsSha256, ...parties, ...validity };
    await tx.emit(agreementOffered({ agreementId, requestId, from: null, to: 'OFFERED', revision: 1, ...offered }));
  }

  /** The names behind the ids, as they are today and by the ruleset of the decision. */
  private async words(
    tx: Tx,
    { scope, ...request }: RequestFacts,
    decision: StoredDecision,
    terms: Terms,
  ): Promise<Omit<TextParts, 'number' | 'instrument' | 'consent'>> {
    const needs = await this.contracts.of(tx, terms.needs ?? []);
    const { ruleset } = await this.rulebook.versionByHash(tx, decision.rulesetHash);
    const { title } = await this.catalogue.product(tx, request.productId);
    const version = await this.catalogue.version(tx, terms.productVersionId);
    const name = async (unitId: string) => (await this.organisation.unit(tx, unitId)).name;
    const units = new Map((await this.organisation.units(tx)).map(({ id, name }) => [id, name]));
    const { rows, recipients, retentionDays, notes, rulesetHash } = terms;
    return {
      providerName: await name(request.providerUnitId),
      consumerName: await name(request.consumerUnitId),
      productTitle: title,
      versionNumber: version.number,
      fields: version.fields
        .filter((field) => terms.fields.includes(field.name))
        .map((field) => ({ name: field.name, meaning: field.meaning || null, mask: terms.masks[field.name] ?? null })),
      rows,
      clauses: clausesOf(REQUEST_FIELDS, scope, namesOf(ruleset, units)),
      recipients,
      processorName: terms.processorUnitId ? await name(terms.processorUnitId) : null,
      retentionDays,
      obligations: terms.obligations.map((one) => obligationText(ruleset.obligationInWords(one))),
      notes,
      because: decision.because.map(({ text, source }) => `${text} (${source})`),
      rulesetHash,
      contracts: needs.map(({ name, partyAName, partyBName }) => `${name} zwischen ${partyAName} und ${partyBName}`),
      from: scope.from,
      until: scope.until,
      ends: request.emergency ? request.validUntil : null,
    };
  }

  /** By the legal form of the parties and the facts of the decision; see instruments.ts. */
  private async instrument(tx: Tx, request: RequestFacts, { facts, obligations }: StoredDecision): Promise<Instrument> {
    const provider = await this.organisation.unit(tx, request.providerUnitId);
    const consumer = await this.organisation.unit(tx, request.consumerUnitId);
    const { kind } = await this.organisation.contractBetween(tx, provider.id, consumer.id, CONTRACT_KIND);
    return instrumentFor({
      provider: provider.kind,
      consumer: consumer.kind,
      consumerAs: facts.consumer.kind,
      openness: facts.product.openness,
      jointControl: facts.jointControl === true,
      contractAsked: obligations.some(({ id }) => id === 'O-CONTRACT'),
      registered: kind ?? null,
    });
  }
}

/** The provider's word: its approval, its standing offer, or, in an emergency, none before the data go. */
function consentOf({ state, emergency }: Pick<RequestFacts, 'state' | 'emergency'>): Agreement['consent'] {
  if (emergency) return 'EMERGENCY';
  return state === 'APPROVED' ? 'APPROVAL' : 'STANDING_OFFER';
}
