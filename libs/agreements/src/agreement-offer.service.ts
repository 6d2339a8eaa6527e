import { CatalogueReads } from '#lib/catalogue';
import { newId, type Tx } from '#lib/kernel';
import { OrganisationReads, type UnitKind } from '#lib/organisation';
import { CONTRACT_KIND, type Obligation, type ObligationText } from '#lib/policy';
import { RequestReads, type StoredDecision } from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import type { Mask } from '#lib/sources';
import { Inject, Injectable } from '@nestjs/common';
import type { Agreement, Terms } from './agreement.entity';
import type { Instrument } from './agreement.states';
import { agreementOffered } from './agreements.events';
import { AgreementRepository, sha256 } from './agreements.repository';
import { termsText } from './terms-text';

const CITY: readonly UnitKind[] = ['STADT', 'DEZERNAT', 'AMT', 'ABTEILUNG', 'STAB', 'STATISTIKSTELLE'];

/** Words of a list parameter of an obligation, or null when it has none. */
const wordsOf = (obligations: readonly Obligation[], id: string, param: string): string[] | null => {
  const value = obligations.find((one) => one.id === id)?.params[param];
  return Array.isArray(value) ? value.map(String) : null;
};
const numberOf = (obligations: readonly Obligation[], id: string): number | null => {
  const value = Object.values(obligations.find((one) => one.id === id)?.params ?? {}).find(
    (param) => typeof param === 'number',
  );
  return typeof value === 'number' ? value : null;
};

/** `Löschen (Tage: 90): Die Daten werden …` */
function obligationText({ id, params }: Obligation, text: ObligationText | undefined): string {
  const values = Object.values(params).map((value) => [value].flat().join(', '));
  return `${text?.name ?? id}${values.length > 0 ? ` (${values.join('; ')})` : ''}${text ? `: ${text.meaning}` : ''}`;
}

/** Puts what was permitted or approved into words both sides read, and freezes it. Runs in the worker, by event. */
@Injectable()
export class AgreementOffer {
  constructor(
    @Inject(RequestReads) private readonly requests: RequestReads,
    @Inject(OrganisationReads) private readonly organisation: OrganisationReads,
    @Inject(CatalogueReads) private readonly catalogue: CatalogueReads,
    @Inject(Rulebook) private readonly rulebook: Rulebook,
    @Inject(AgreementRepository) private readonly agreements: AgreementRepository,
  ) {}

  /**
   * Makes the offer for a permitted or approved request. For an automatic permit the product's standing offer is the
   * provider's consent. A second call for the same request does nothing.
   */
  async offer(tx: Tx, requestId: string): Promise<void> {
    const request = await this.requests.request(tx, requestId);
    if (request.state !== 'PERMITTED' && request.state !== 'APPROVED') return;
    if (await this.agreements.ofRequest(tx, requestId)) return;
    const decision = (await this.requests.decision(tx, request.decisionId ?? ''))!;
    const version = await this.catalogue.version(tx, request.productVersionId);
    const product = await this.catalogue.product(tx, request.productId);
    const { ruleset } = await this.rulebook.inForce(tx);
    const { scope } = request;
    const { obligations } = decision;

    // the rules may have cut the fields to what the purpose needs; nothing beyond the approved scope gets in
    const least = wordsOf(obligations, 'O-MINFIELDS', 'fields');
    const fields = version.fields.filter(({ name }) => scope.fields.includes(name) && (!least || least.includes(name)));
    const masked = wordsOf(obligations, 'O-MASK', 'fields');
    const masks: Record<string, Mask> = {};
    for (const { name, mask } of fields) {
      if (masked?.includes(name)) masks[name] = mask ?? { kind: 'drop' };
    }
    const days = [scope.retentionDays, numberOf(obligations, 'O-RETAIN')].filter((value) => value !== null);
    const terms: Terms = {
      productVersionId: version.id,
      fields: fields.map(({ name }) => name),
      masks,
      rows: scope.rows,
      form: scope.form,
      purposeCode: scope.purposeCode,
      purposeText: scope.purposeText,
      recipients: scope.recipients,
      processorUnitId: scope.processorUnitId,
      retentionDays: days.length > 0 ? Math.min(...days) : null,
      obligations,
      notes: scope === request.form || !request.conditions?.note ? [] : request.conditions.note.split('\n'),
      rules: decision.rules,
      rulesetHash: decision.rulesetHash,
    };
    const provider = await this.organisation.unit(tx, request.providerUnitId);
    const consumer = await this.organisation.unit(tx, request.consumerUnitId);
    const instrument = await this.instrument(tx, decision, provider, consumer);
    const consent = request.state === 'APPROVED' ? 'APPROVAL' : 'STANDING_OFFER';
    const number = `V-${request.number}`;
    const text = termsText({
      number,
      instrument,
      consent,
      providerName: provider.name,
      consumerName: consumer.name,
      productTitle: product.title,
      versionNumber: version.number,
      fields: fields.map(({ name, meaning }) => ({ name, meaning: meaning || null, mask: masks[name] ?? null })),
      rows: terms.rows,
      project: scope.project,
      caseNumber: scope.caseNumber,
      purposeName: ruleset.purposes.find(({ code }) => code === terms.purposeCode)?.name ?? terms.purposeCode,
      purposeText: terms.purposeText,
      recipients: terms.recipients,
      processorName: terms.processorUnitId ? (await this.organisation.unit(tx, terms.processorUnitId)).name : null,
      retentionDays: terms.retentionDays,
      obligations: obligations.map((one) => obligationText(one, ruleset.obligation(one.id))),
      notes: terms.notes,
      because: decision.because.map(({ text: reason, source }) => `${reason} (${source})`),
      rulesetHash: decision.rulesetHash,
      from: scope.from,
      until: scope.until,
    });
    const { consumerUnitId, providerUnitId, productId, productVersionId, validFrom, validUntil } = request;
    const termsSha256 = sha256(text);
    const agreement = {
      ...{
        id: newId(),
        requestId,
        number,
        state: 'OFFERED',
        revision: 1,
        consumerUnitId,
        providerUnitId,
        productId,
        productVersionId,
      },
      ...{
        instrument,
        consent,
        terms,
        termsText: text,
        termsSha256,
        rulesetHash: decision.rulesetHash,
        decisionId: decision.id,
      },
      ...{ validFrom, validUntil, createdAt: tx.now, changedAt: tx.now },
    } as Agreement;
    await this.agreements.insert(tx, agreement);
    const { id: agreementId, rulesetHash, decisionId } = agreement;
    await tx.emit(
      agreementOffered({
        ...{
          agreementId,
          requestId,
          from: null,
          to: 'OFFERED',
          revision: 1,
          consumerUnitId,
          providerUnitId,
          productId,
          productVersionId,
        },
        ...{
          instrument,
          consent,
          decisionId,
          rulesetHash,
          termsSha256,
          validFrom: validFrom.toISOString(),
          validUntil: validUntil.toISOString(),
        },
      }),
    );
  }

  /** Inside the city a note suffices; an Eigenbetrieb has an internal agreement; another legal person a contract. */
  private async instrument(
    tx: Tx,
    decision: StoredDecision,
    provider: { id: string; kind: UnitKind },
    consumer: { id: string; kind: UnitKind },
  ): Promise<Instrument> {
    const kinds = [provider.kind, consumer.kind];
    if (kinds.every((kind) => CITY.includes(kind))) return 'VERMERK';
    // open data of or for a company needs no contract (R-CON-03)
    if (!decision.obligations.some(({ id }) => id === 'O-CONTRACT')) return 'VERMERK';
    if (kinds.every((kind) => CITY.includes(kind) || kind === 'EIGENBETRIEB')) return 'INTERNE_VEREINBARUNG';
    const { kind } = await this.organisation.contractBetween(tx, provider.id, consumer.id, CONTRACT_KIND);
    return kind ?? 'DUV';
  }
}
