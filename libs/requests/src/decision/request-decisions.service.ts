import { CatalogueReads } from '#lib/catalogue';
import { canonicalJson, newId, type Tx } from '#lib/kernel';
import { type Decision, decide, type Facts, type Phase, type Ruleset, type Step } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import type { AccessRequest, DoneStep } from '../request/access-request.entity';
import { FactsAssembly } from './facts-assembly';
import { narrowed } from '../form/narrowing';
import type { PartialRequestForm } from '../form/request-form';
import { requestRedecided } from '../requests.events';
import { RequestRepository, sha256 } from '../request/requests.repository';
import type { DecisionCause, StoredDecision } from './stored-decision.entity';

/** A decision taken again, and whether what was approved covers it. */
export interface Redecision extends Decision {
  decisionId: string;
  /** true: the request stands and nothing the rules ask for is missing. False closes the door, whatever the outcome says */
  allowed: boolean;
  /** steps the rules ask for now that nobody completed */
  missingSteps: Step[];
}

/** What would be decided now on a permitted or approved request, without a trace. */
export type RedecisionPreview = Pick<
  Redecision,
  'outcome' | 'rules' | 'because' | 'obligations' | 'facts' | 'allowed' | 'missingSteps'
>;

/** What `request.decided.v1` and its kin say of a decision: ids and facts. */
export const decisionFacts = (stored: StoredDecision) => ({
  decisionId: stored.id,
  outcome: stored.outcome,
  rules: stored.rules,
  obligations: stored.obligations.map(({ id }) => id),
  chain: stored.chain?.ids ?? [],
  rulesetHash: stored.rulesetHash,
  factsSha256: stored.factsSha256,
});

/** Steps of the chain that are not among the completed ones. Step, seat and kind must agree. */
export function missingSteps(decision: Pick<Decision, 'chain'>, done: readonly DoneStep[]): Step[] {
  const steps = decision.chain?.stages.flat() ?? [];
  return steps.filter(
    (step) => !done.some(({ step: id, seat, kind }) => id === step.id && seat === step.seat && kind === step.kind),
  );
}

/** Asks the law book: assembles the facts as they are now, decides by the ruleset in force, keeps what was decided and on what. */
@Injectable()
export class RequestDecisions {
  constructor(
    private readonly rulebook: Rulebook,
    private readonly assembly: FactsAssembly,
    private readonly catalogue: CatalogueReads,
    private readonly requests: RequestRepository,
  ) {}

  /** What would be decided on a form; keeps nothing. */
  async preview(
    tx: Tx,
    form: PartialRequestForm,
    versionId: string,
    providerUnitId: string,
    emergency?: Facts['emergency'],
  ): Promise<{ decision: Decision; ruleset: Ruleset }> {
    const { ruleset } = await this.rulebook.inForce(tx);
    const fields = await this.catalogue.fieldsNow(tx, versionId);
    const facts = await this.assembly.facts(tx, ruleset, {
      form,
      providerUnitId,
      versionId,
      fields,
      phase: 'REQUEST',
      emergency,
    });
    return { decision: decide(ruleset, facts), ruleset };
  }

  /** Decides on a locked request and stores the decision. The caller moves the request and emits. */
  async decide(
    tx: Tx,
    request: AccessRequest,
    phase: Phase,
    cause: DecisionCause,
    causedBy: string | null = null,
  ): Promise<StoredDecision> {
    const {
      outcome,
      rules,
      obligations,
      chain,
      because,
      carriedBy,
      rulesetHash,
      facts: snapshot,
    } = await this.decideNow(tx, request, phase);
    const factsCanonical = canonicalJson(snapshot);
    const stored: StoredDecision = {
      id: newId(),
      requestId: request.id,
      requestRevision: request.revision,
      formNumber: request.formNumber,
      phase,
      cause,
      causedBy,
      outcome,
      rules,
      obligations,
      chain: outcome === 'APPROVAL' ? chain : null,
      because,
      carriedBy,
      rulesetHash,
      facts: snapshot,
      factsCanonical,
      factsSha256: sha256(factsCanonical),
      consumerUnitId: request.consumerUnitId,
      providerUnitId: request.providerUnitId,
      decidedAt: tx.now,
    };
    await this.requests.addDecision(tx, stored);
    return stored;
  }

  /**
   * Decides on a permitted or approved request once more, on the facts and rules of now, and stores it. An agreement
   * asks before it becomes active, the gate before each delivery: a permit of yesterday opens nothing by itself.
   */
  async redecide(tx: Tx, requestId: string, phase: 'AGREEMENT' | 'DELIVERY'): Promise<Redecision> {
    const request = await this.requests.find(tx, requestId);
    const stored = await this.decide(tx, request, phase, phase);
    const { allowed, missingSteps: missing } = covered(request, stored);
    await tx.emit(requestRedecided({ requestId, phase, allowed, ...decisionFacts(stored) }));
    const { id: decisionId, outcome, rules, obligations, chain, because, carriedBy, rulesetHash, facts } = stored;
    return {
      decisionId,
      outcome,
      rules,
      obligations,
      chain,
      because,
      carriedBy: carriedBy ?? [],
      rulesetHash,
      facts,
      allowed,
      missingSteps: missing,
    };
  }

  /**
   * The same question without storing or emitting anything: whoever re-evaluates many requests asks this first and
   * puts on record only what changes.
   */
  async previewRedecision(tx: Tx, requestId: string, phase: 'AGREEMENT' | 'DELIVERY'): Promise<RedecisionPreview> {
    const request = await this.requests.find(tx, requestId);
    const { outcome, rules, because, obligations, facts, chain } = await this.decideNow(tx, request, phase);
    return { outcome, rules, because, obligations, facts, ...covered(request, { outcome, chain }) };
  }

  /** What the rules would say of a request in review now. Leaves no trace. */
  previewRequest(tx: Tx, request: AccessRequest): Promise<Decision> {
    return this.decideNow(tx, request, 'REQUEST');
  }

  /**
   * What each of several law books would say of a delivery on the facts of now, and whether what was permitted or
   * approved once covers it. Leaves no trace; tells what a draft would do to a running agreement.
   */
  async decideUnderRulesets(
    tx: Tx,
    requestId: string,
    laws: readonly Ruleset[],
  ): Promise<{ decision: Decision; allowed: boolean }[]> {
    const request = await this.requests.find(tx, requestId);
    const answers: { decision: Decision; allowed: boolean }[] = [];
    for (const law of laws) {
      const decision = await this.decideByRuleset(tx, law, request, 'DELIVERY');
      answers.push({ decision, allowed: covered(request, decision).allowed });
    }
    return answers;
  }

  private async decideNow(tx: Tx, request: AccessRequest, phase: Phase): Promise<Decision> {
    const { ruleset } = await this.rulebook.inForce(tx);
    return this.decideByRuleset(tx, ruleset, request, phase);
  }

  /** The decision by a law book on the facts of now and the approved scope. */
  private async decideByRuleset(tx: Tx, ruleset: Ruleset, request: AccessRequest, phase: Phase): Promise<Decision> {
    const fields = await this.catalogue.fieldsNow(tx, request.productVersionId);
    const form = narrowed(request.form, request.conditions);
    const { consumerUnitId, providerUnitId, controllerUnitId } = await this.requests.partiesNow(tx, request);
    const emergency = emergencyAt(request, tx.now);
    return decide(
      ruleset,
      await this.assembly.facts(tx, ruleset, {
        form: { ...form, consumerUnitId, onBehalfOfUnitId: controllerUnitId },
        providerUnitId,
        versionId: request.productVersionId,
        fields,
        phase,
        requestId: request.id,
        emergency,
      }),
    );
  }
}

/** An emergency access as the rules see it at this moment; nothing for an ordinary request. */
function emergencyAt(
  { emergency, validUntil }: Pick<AccessRequest, 'emergency' | 'validUntil'>,
  now: Date,
): Facts['emergency'] {
  if (!emergency) return undefined;
  const { danger, openedBy, confirmedBy } = emergency;
  return { danger, confirmed: openedBy !== confirmedBy, inTime: now < validUntil };
}

/** Whether what was permitted or approved once covers a decision of now, and which steps nobody took. */
function covered(
  { state, doneSteps }: Pick<AccessRequest, 'state' | 'doneSteps'>,
  decision: Pick<Decision, 'outcome' | 'chain'>,
): Pick<Redecision, 'allowed' | 'missingSteps'> {
  const forbidden = decision.outcome === 'FORBID';
  const missing = missingSteps(decision, doneSteps ?? []);
  const allowed =
    (state === 'PERMITTED' && !forbidden && decision.outcome !== 'APPROVAL') ||
    (state === 'APPROVED' && !forbidden && missing.length === 0);
  return { allowed, missingSteps: missing };
}
