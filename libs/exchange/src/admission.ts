import { Injectable } from '@nestjs/common';
import type { AgreementForDelivery } from '#lib/agreements';
import { CatalogueReads } from '#lib/catalogue';
import type { Problem, Tx } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import { type Actor, OrganisationReads } from '#lib/organisation';
import { RequestReads, RequestService } from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import { type DeliveryPlan, formatOf, planFaults } from '#lib/sources';
import type { DeliveryHead, DeliveryOrder } from './delivery';
import { exchangeProblems } from './exchange.problems';
import { ExchangeRepository } from './exchange.repository';
import { planDelivery } from './plan-delivery';
import { obstacleOf } from './agreement-obstacle';

const dayAndTime = (at: Date): string =>
  new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', dateStyle: 'medium', timeStyle: 'short' }).format(at);

/** What may be delivered, and by which decision. */
export interface Admitted {
  decisionId: string;
  rulesetHash: string;
  obligations: string[];
  plan: DeliveryPlan;
  head: Omit<DeliveryHead, 'exchangeId'>;
}

/** A refusal is an outcome: it is recorded and committed, and only then told. */
export interface Refused {
  problem: Problem;
  rules?: readonly string[];
  rulesetHash?: string;
  decisionId?: string;
}

/** Decides whether an order is admitted: who asks, does the agreement hold, do the rules still allow it, can the obligations be met. */
@Injectable()
export class Admission {
  constructor(
    private readonly organisation: OrganisationReads,
    private readonly laws: LawInForce,
    private readonly requests: RequestService,
    private readonly facts: RequestReads,
    private readonly catalogue: CatalogueReads,
    private readonly rulebook: Rulebook,
    private readonly exchanges: ExchangeRepository,
  ) {}

  async admit(tx: Tx, order: DeliveryOrder, agreement: AgreementForDelivery): Promise<Admitted | Refused> {
    const refusal = await this.refusal(tx, order.actor, agreement);
    if (refusal) return { problem: refusal };

    const decision = await this.requests.decideAgain(tx, agreement.requestId, 'DELIVERY');
    const { rules, rulesetHash, decisionId } = decision;
    if (!decision.allowed) {
      const withdrawn = await this.catalogue.whyWithdrawn(tx, agreement.productId);
      const because = withdrawn ? [withdrawn] : decision.because.map(({ text }) => text);
      return { problem: exchangeProblems.delivery_refused({ because }), rules, rulesetHash, decisionId };
    }

    const { terms } = agreement;
    const version = await this.catalogue.version(tx, terms.productVersionId);
    if (version.frozenAt === null || version.productId !== agreement.productId) {
      const because = ['Diese Fassung der Daten hat niemand freigegeben.'];
      return { problem: exchangeProblems.delivery_refused({ because }), rules, rulesetHash, decisionId };
    }
    const product = await this.catalogue.product(tx, version.productId);
    const { format, spreadsheetSafe } = order;
    const faults = (plan: DeliveryPlan) => planFaults(plan, version.fields).map(({ detail }) => detail);
    const planned = planDelivery({
      objectKey: await this.catalogue.objectKey(tx, version.id),
      // a stricter class or mask of the version in force holds for what was agreed on before as well
      fields: await this.catalogue.fieldsNow(tx, version.id),
      terms,
      obligationsNow: decision.obligations,
      contract: decision.facts.contract,
      format,
      spreadsheetSafe,
    });
    // what would fail in the engine is refused here, before anything is recorded as started
    const impossible = 'because' in planned ? planned.because : faults(planned.plan);
    if ('because' in planned || impossible.length > 0) {
      return { problem: exchangeProblems.delivery_refused({ because: impossible }), rules, rulesetHash, decisionId };
    }
    return {
      decisionId,
      rulesetHash,
      obligations: [...new Set([...terms.obligations, ...decision.obligations].map(({ id }) => id))].sort(),
      plan: planned.plan,
      head: {
        format,
        spreadsheetSafe: formatOf(format).spreadsheet === true && spreadsheetSafe,
        fileName: `${product.title} v${version.number}.${formatOf(format).extension}`,
      },
    };
  }

  /** What speaks against a delivery before the rules are asked: who fetches, whether the agreement is in force, how often it was used. */
  async refusal(tx: Tx, actor: Actor, agreement: AgreementForDelivery): Promise<Problem | null> {
    return (
      (await this.mayReceive(tx, actor, agreement)) ?? this.inForce(tx, agreement) ?? (await this.usedUp(tx, agreement))
    );
  }

  /**
   * Single rows fetched again and again are a live access that nobody granted: the agreed limit holds, and that of the law of
   * now, over all agreements of the receiving office about this product.
   */
  private async usedUp(tx: Tx, { id, terms }: AgreementForDelivery): Promise<Problem | null> {
    const { ruleset } = await this.rulebook.inForce(tx);
    for (const limit of [terms.deliveries, ruleset.deliveries(terms.form)]) {
      if (!limit) continue;
      const { count, next } = await this.exchanges.deliveredToOffice(tx, id, limit);
      if (count < limit.times) continue;
      const again = next ? ` Die nächste ist ab dem ${dayAndTime(next)} Uhr möglich.` : '';
      return exchangeProblems.deliveries_used_up({
        detail: `In ${limit.days} Tagen sind ${limit.times} Lieferungen vereinbart, und so viele waren es. Es zählen alle Vereinbarungen Ihres Amtes über dieses Datenprodukt.${again}`,
      });
    }
    return null;
  }

  /** Only who may receive data in the receiving unit itself (or its office, for a department of it). */
  async mayReceive(tx: Tx, actor: Actor, agreement: AgreementForDelivery): Promise<Problem | null> {
    const { receiverUnitId } = agreement;
    const office = (await this.organisation.office(tx, receiverUnitId)).id;
    const there = (unitId: string | null): boolean => unitId === receiverUnitId || unitId === office;
    const roles = await this.laws.roles(tx);
    const may = actor.clientId
      ? roles.clientPermissions.includes('data.receive') && actor.units.some(there)
      : actor.appointments.some(
          ({ role, unitId }) =>
            there(unitId) && roles.has(role) && roles.role(role).permissions.includes('data.receive'),
        );
    if (!may) return exchangeProblems.receiving_not_permitted();
    return (await this.holdsPseudonymKeys(tx, actor, agreement)) ? exchangeProblems.custodian_receives_not() : null;
  }

  /** Asked of whoever fetches, because they need not be who asked; of a programme, of the person who answers for it (SOD-7). */
  private async holdsPseudonymKeys(
    tx: Tx,
    { personId, clientId }: Actor,
    { productId, providerUnitId, terms }: AgreementForDelivery,
  ): Promise<boolean> {
    const people = personId ? [personId] : await this.organisation.responsibleFor(tx, clientId!);
    const masked = Object.values(terms.masks).some(({ kind }) => kind === 'pseudonym');
    for (const person of people) {
      if (
        await this.facts.holdsPseudonymKeys(tx, person, {
          productId,
          productVersionId: terms.productVersionId,
          providerUnitId,
          masked,
        })
      )
        return true;
    }
    return false;
  }

  inForce(tx: Tx, agreement: AgreementForDelivery): Problem | null {
    const obstacle = obstacleOf(agreement, agreement.revision, tx.now);
    if (!obstacle) return null;
    if (obstacle === 'agreement_expired')
      return exchangeProblems.agreement_not_active({ because: ['Die Vereinbarung gilt zu dieser Zeit nicht.'] });
    const { state, restsBecause } = agreement;
    const stands = state === 'SUSPENDED' ? 'Die Vereinbarung ruht.' : 'Die Vereinbarung ist nicht in Kraft.';
    return exchangeProblems.agreement_not_active({ because: [stands, ...restsBecause] });
  }
}
