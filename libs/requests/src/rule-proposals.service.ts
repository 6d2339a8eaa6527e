import { UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads, organisationProblems } from '#lib/organisation';
import { Rulebook } from '#lib/rulebook';
import { Inject, Injectable } from '@nestjs/common';
import { proposeRule, type RuleProposal } from './rule-proposal';
import { requestProblems } from './requests.problems';
import { RequestRepository } from './requests.repository';

/** A decided case offered as a rule, to the people who answered for the decision. */
@Injectable()
export class RuleProposals {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(OrganisationReads) private readonly organisation: OrganisationReads,
    @Inject(RequestRepository) private readonly requests: RequestRepository,
    @Inject(Rulebook) private readonly rulebook: Rulebook,
  ) {}

  /**
   * The draft for a request that people approved or refused; keeps nothing. For the owner of the product only. Throws
   * `request_not_found`, `not_entitled`, and `no_case_for_a_rule` for what the rules decided alone or nobody yet did.
   */
  propose(actor: Actor, requestId: string): Promise<RuleProposal> {
    return this.uow.read(actor.acting, async (tx) => {
      const request = await this.requests.find(tx, requestId);
      let owner = false;
      const { providerUnitId } = await this.requests.partiesNow(tx, request);
      for (const role of ['OWNER', 'EB_OWNER', 'GES_OWNER'] as const) {
        owner ||= (await this.organisation.entitledAs(tx, actor, role, providerUnitId, { overdue: true })) !== null;
      }
      if (!owner) throw organisationProblems.not_entitled();
      const byPeople = request.state === 'APPROVED' || (request.state === 'REFUSED' && request.refusal?.by !== 'RULES');
      const stored = await this.requests.decision(tx, request.decisionId ?? '');
      if (!byPeople || stored?.outcome !== 'APPROVAL') throw requestProblems.no_case_for_a_rule();
      const { ruleset } = await this.rulebook.inForce(tx);
      return proposeRule(ruleset, stored, request.state as 'APPROVED' | 'REFUSED', request.number);
    });
  }
}
