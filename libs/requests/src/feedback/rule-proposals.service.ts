import { CatalogueReads } from '#lib/catalogue';
import { type InputOf, isId, newId, parse, pick, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads, organisationProblems, permits } from '#lib/organisation';
import { Rulebook, RulesetDrafts } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { proposeRule } from './rule-proposal';
import { PROPOSAL_STATE_LABEL, ProposedRule, type ProposalState } from './rule-proposal.entity';
import { ruleDeclined, ruleDrafted, ruleProposed } from '../requests.events';
import { requestProblems } from '../requests.problems';
import { RequestRepository } from '../request/requests.repository';
import type { ProposalLine, RuleProposal } from './rule-proposal.view';
import { ruleProposalUseCases } from './rule-proposal.use-cases';

/** A decided case offered as a rule, to the people who answered for the decision; and what becomes of it. */
@Injectable()
export class RuleProposals {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationReads,
    private readonly catalogue: CatalogueReads,
    private readonly requests: RequestRepository,
    private readonly rulebook: Rulebook,
    private readonly drafts: RulesetDrafts,
  ) {}

  /**
   * The draft for a request that people approved or refused; keeps nothing. For the owner of the product only. Throws
   * `request_not_found`, `not_entitled`, and `no_case_for_a_rule` for what the rules decided alone or nobody yet did.
   */
  propose(actor: Actor, requestId: string): Promise<RuleProposal> {
    return this.uow.read(actor.acting, async (tx) => (await this.made(tx, actor, requestId, {})).proposal);
  }

  /**
   * Hands the case over as a rule with its reason and source. Who may draft the law book has the draft at once; for
   * everybody else it waits with the Geschäftsstelle. Throws as `propose`, `ruleset_broken`, and `rule_already_proposed`.
   */
  handOver(
    actor: Actor,
    requestId: string,
    input: InputOf<typeof ruleProposalUseCases.handOver>,
  ): Promise<{ id: string; state: ProposalState; versionId: string | null }> {
    const written = parse(ruleProposalUseCases.handOver.input, input);
    return this.uow.run(actor.acting, async (tx) => {
      const { request, decisionId, personId, proposal } = await this.made(tx, actor, requestId, written);
      if (
        await tx.em.existsBy(ProposedRule, [
          { requestId, state: 'HANDED_OVER' },
          { requestId, state: 'DRAFTED' },
        ])
      )
        throw requestProblems.rule_already_proposed();
      const files = [proposal.rules, proposal.cases].map(({ file, text }) => ({ file, text }));
      // a text that does not load would only lie there
      await this.drafts.tryOut(tx, { files });
      const id = newId();
      const facts = { proposalId: id, requestId, decisionId, ruleId: proposal.ruleId };
      const row = {
        id,
        requestId,
        decisionId,
        providerUnitId: request.providerUnitId,
        ruleId: proposal.ruleId,
        files,
        ...written,
        proposedBy: personId,
        proposedAt: tx.now,
      };
      await tx.em.insert(ProposedRule, { ...row, state: 'HANDED_OVER' });
      await tx.emit(ruleProposed(facts));
      if (!permits(actor, 'rulebook.draft')) return { id, state: 'HANDED_OVER' as const, versionId: null };
      return this.drafted(tx, actor, await this.locked(tx, id));
    });
  }

  /** Proposals the reader may see, open ones first: the own office's, for the Geschäftsstelle all. */
  list(actor: Actor): Promise<ProposalLine[]> {
    return this.uow.read(actor.acting, async (tx) => {
      const rows = await tx.em.find(ProposedRule, { order: { proposedAt: 'DESC' }, take: 200 });
      const lines: ProposalLine[] = [];
      for (const row of rows) lines.push(await this.line(tx, actor, row));
      return lines.sort((a, b) => Number(b.state === 'HANDED_OVER') - Number(a.state === 'HANDED_OVER'));
    });
  }

  /** Takes a proposal into a draft of the law book, rule and case together. Who does it answers for the draft. */
  draft(actor: Actor, proposalId: string): Promise<{ id: string; state: ProposalState; versionId: string | null }> {
    return this.uow.run(actor.acting, async (tx) => this.drafted(tx, actor, await this.locked(tx, proposalId)));
  }

  /** Answers that no rule comes of it; the answer stays with the proposal. */
  decline(
    actor: Actor,
    proposalId: string,
    input: InputOf<typeof ruleProposalUseCases.decline>,
  ): Promise<{ id: string; state: ProposalState }> {
    const { answer } = parse(ruleProposalUseCases.decline.input, input);
    return this.uow.run(actor.acting, async (tx) => {
      const { id, requestId, decisionId, ruleId } = await this.locked(tx, proposalId);
      await tx.em.update(
        ProposedRule,
        { id },
        { state: 'DECLINED', answer, handledBy: this.editor(actor), handledAt: tx.now },
      );
      await tx.emit(ruleDeclined({ proposalId: id, requestId, decisionId, ruleId }), { answer });
      return { id, state: 'DECLINED' as const };
    });
  }

  private async drafted(tx: Tx, actor: Actor, row: ProposedRule) {
    const { id, requestId, decisionId, ruleId, files, because, source, providerUnitId } = row;
    const handledBy = this.editor(actor);
    const { number } = await this.requests.find(tx, requestId);
    const { name } = await this.organisation.unit(tx, providerUnitId);
    const reason = [
      `Vorschlag aus Antrag ${number}, entschieden bei: ${name}.`,
      because,
      `Quelle: ${source}`,
      `Der Fall liegt bei: ${files[1]!.file}`,
    ].join('\n');
    const { id: versionId } = await this.drafts.draft(tx, actor, {
      title: `Regel ${ruleId} aus Antrag ${number}`,
      reason,
      files,
    });
    await tx.em.update(ProposedRule, { id }, { state: 'DRAFTED', versionId, handledBy, handledAt: tx.now });
    await tx.emit(ruleDrafted({ proposalId: id, requestId, decisionId, ruleId, versionId }));
    return { id, state: 'DRAFTED' as const, versionId };
  }

  private async made(tx: Tx, actor: Actor, requestId: string, written: { because?: string; source?: string }) {
    const request = await this.requests.find(tx, requestId);
    const { providerUnitId, productId } = request;
    const task = { overdue: true, about: await this.catalogue.subject(tx, productId) };
    const entitlement = await this.organisation.entitledAs(
      tx,
      actor,
      await this.organisation.accountableRole(tx, providerUnitId),
      providerUnitId,
      task,
    );
    if (!entitlement) throw organisationProblems.not_entitled();
    const byPeople = request.state === 'APPROVED' || (request.state === 'REFUSED' && request.refusal?.by !== 'RULES');
    const stored = await this.requests.decision(tx, request.decisionId ?? '');
    if (!byPeople || stored?.outcome !== 'APPROVAL') throw requestProblems.no_case_for_a_rule();
    const { ruleset } = await this.rulebook.inForce(tx);
    const proposal = proposeRule(ruleset, stored, request.state as 'APPROVED' | 'REFUSED', request.number, written);
    return { request, decisionId: stored.id, personId: entitlement.personId, proposal };
  }

  private async locked(tx: Tx, id: string): Promise<ProposedRule> {
    const row = isId(id)
      ? await tx.em.findOne(ProposedRule, { where: { id }, lock: { mode: 'pessimistic_write' } })
      : null;
    if (!row) throw requestProblems.rule_proposal_not_found();
    if (row.state !== 'HANDED_OVER') throw requestProblems.rule_proposal_answered();
    return row;
  }

  private editor(actor: Actor): string {
    if (actor.personId === null || !permits(actor, 'rulebook.draft')) throw organisationProblems.not_permitted();
    return actor.personId;
  }

  private async line(tx: Tx, actor: Actor, row: ProposedRule): Promise<ProposalLine> {
    const { givenName, familyName } = await this.organisation.person(tx, row.proposedBy);
    const open = row.state === 'HANDED_OVER' && permits(actor, 'rulebook.draft');
    return {
      ...pick(row, 'id', 'requestId', 'ruleId', 'because', 'source', 'state', 'versionId', 'answer', 'files'),
      number: (await this.requests.find(tx, row.requestId)).number,
      stateName: PROPOSAL_STATE_LABEL[row.state],
      proposedByName: `${givenName} ${familyName}`,
      unitName: (await this.organisation.unit(tx, row.providerUnitId)).name,
      proposedAt: row.proposedAt.toISOString(),
      may: { draft: open, decline: open },
    };
  }
}
