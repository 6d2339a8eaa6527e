import { type InputFault, parse, type Tx } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import { type Actor, Contracts, type Entitlement, OrganisationReads } from '#lib/organisation';
import {
  CaseContracts,
  type Conditions,
  type EvidenceFile,
  EvidenceFiles,
  EvidenceReads,
  requestProblems,
  RequestReads,
  RequestReview,
} from '#lib/requests';
import { Injectable } from '@nestjs/common';
import { approvalAdvised, approvalGiven, approvalOverrode, approvalRefused } from './approvals.events';
import { approvalProblems } from './approvals.problems';
import { contractAsked, contractOf } from './contract-step';
import { askedEvidence } from './evidence';
import { decidedBy, type ActableTask, TaskAccess } from './task-access.service';
import type { ActResult } from './task.view';
import { TaskPlan } from './task-plan.service';
import type { Task } from './task.entity';
import type { CheckedEvidence } from './task.view';
import { isOwnerStep, isSecrecyStep, OWN_ACT, type RefusalReason } from './task.states';
import {
  type AdmissionInput,
  type ApprovalInput,
  type ContractStepInput,
  type EvidenceInput,
  type OpinionInput,
  type QuestionInput,
  type RefusalInput,
  taskUseCases,
} from './task.use-cases';
import { taskFacts, TaskRepository } from './tasks.repository';

/** What an approval brings beside the word itself. */
interface ApprovalDetails {
  conditions?: Conditions | undefined;
  reasons?: string | undefined;
  evidence?: CheckedEvidence[];
  admissionReference?: string;
}

/**
 * What deciders do, one by one; the vote of a committee is in `Committee`. `revision` is the request's as the decider
 * read it (If-Match): a request that changed since is not decided. Whether someone may decide is asked in the
 * transaction of the act, under the lock of the request.
 */
@Injectable()
export class ApprovalService {
  constructor(
    private readonly organisation: OrganisationReads,
    private readonly contracts: Contracts,
    private readonly review: RequestReview,
    private readonly requests: RequestReads,
    private readonly tasks: TaskRepository,
    private readonly plan: TaskPlan,
    private readonly access: TaskAccess,
    private readonly laws: LawInForce,
    private readonly cases: CaseContracts,
    private readonly documents: EvidenceReads,
    private readonly files: EvidenceFiles,
  ) {}

  /** Approves, as asked or with narrower conditions. The last approval of a chain lets the request be decided once more. */
  async approve(actor: Actor, taskId: string, input: ApprovalInput): Promise<ActResult> {
    const { revision, ...given } = parse(taskUseCases.approve.input, input);
    return this.access.act(actor, async (tx) =>
      this.approved(tx, await this.access.actable(tx, actor, taskId, revision), given),
    );
  }

  /** Gives the opinion of an office that must be heard. It binds nobody; a negative one must be answered in writing. */
  async giveOpinion(actor: Actor, taskId: string, input: OpinionInput): Promise<ActResult> {
    const { revision, opinion, text, conditions } = parse(taskUseCases.giveOpinion.input, input);
    return this.access.act(actor, async (tx) => {
      const { request, task, entitlement, form } = await this.access.actable(tx, actor, taskId, revision);
      if (task.kind !== 'CONSULT') throw approvalProblems.decision_needed();
      await this.review.mustBeReleased(tx, request);
      if (conditions) await this.review.mustFit(tx, request, form, conditions);
      const changes = { ...decidedBy(tx, entitlement), opinion, text, conditions: conditions ?? null };
      await this.tasks.move(
        tx,
        task,
        'ADVISED',
        (move) => approvalAdvised({ ...move, as: entitlement.as, opinion }),
        changes,
        { text },
      );
      return this.access.next(tx, task);
    });
  }

  /** Asks the requesting office. Until it answers nobody decides and deadlines stand still. */
  async askBack(actor: Actor, taskId: string, input: QuestionInput): Promise<ActResult & { questionId: string }> {
    const { revision, text } = parse(taskUseCases.ask.input, input);
    return this.access.act(actor, async (tx) => {
      const { task, entitlement } = await this.access.actable(tx, actor, taskId, revision);
      const { questionId } = await this.review.askBack(tx, task.requestId, entitlement.personId, text);
      return { ...(await this.access.status(tx, task)), questionId };
    });
  }

  /** Refuses with a reason from the list and a text. One refusal ends the request; it stays on record. */
  async refuse(actor: Actor, taskId: string, input: RefusalInput): Promise<ActResult> {
    const { revision, reasonCode, text } = parse(taskUseCases.refuse.input, input);
    return this.access.act(actor, async (tx) => {
      const ready = await this.access.actable(tx, actor, taskId, revision);
      if (ready.task.kind === 'CONSULT') throw approvalProblems.consultation_only();
      if (ready.task.votesNeeded !== null) throw approvalProblems.vote_needed();
      if (isSecrecyStep(ready.task) && reasonCode !== 'STATISTISCHE_GEHEIMHALTUNG') throw approvalProblems.veto_only();
      if (!isSecrecyStep(ready.task) && OWN_ACT.includes(reasonCode)) throw approvalProblems.veto_elsewhere();
      return this.refused(tx, ready, reasonCode, text);
    });
  }

  /** The Statistikstelle sees statistical secrecy hurt: nobody can decide otherwise, the request is refused. */
  async veto(actor: Actor, taskId: string, input: QuestionInput): Promise<ActResult> {
    const { revision, text } = parse(taskUseCases.veto.input, input);
    return this.access.act(actor, async (tx) => {
      const ready = await this.access.actable(tx, actor, taskId, revision);
      if (!isSecrecyStep(ready.task)) throw approvalProblems.veto_elsewhere();
      return this.refused(tx, ready, 'STATISTISCHE_GEHEIMHALTUNG', text);
    });
  }

  /** The step of the Rechtsamt: puts the signed contract into the register if it is not there, and approves. */
  async confirmContract(actor: Actor, taskId: string, input: ContractStepInput): Promise<ActResult> {
    const { revision, contract, reasons } = parse(taskUseCases.confirmContract.input, input);
    return this.access.act(actor, async (tx) => {
      const ready = await this.access.actable(tx, actor, taskId, revision);
      const { needs } = ready.task;
      if (needs !== 'CONTRACT') throw approvalProblems.decision_needed();
      if (contract !== undefined) {
        const { id, productId } = ready.request;
        const { unitA, unitB } = await contractOf(tx, id, this.requests, this.cases);
        // a contract made for this case is about its product, unless the Rechtsamt says more
        const subject = contract.subject ?? { kind: 'PRODUCTS' as const, productIds: [productId] };
        await this.contracts.registerContract(tx, actor, { ...contract, subject, unitA, unitB });
      }
      return this.approved(tx, ready, { reasons });
    });
  }

  /** The check of the evidence: every kind asked for was seen, and here is where it lies. */
  async confirmEvidence(actor: Actor, taskId: string, input: EvidenceInput): Promise<ActResult> {
    const { revision, evidence, reasons } = parse(taskUseCases.confirmEvidence.input, input);
    return this.access.act(actor, async (tx) => {
      const ready = await this.access.actable(tx, actor, taskId, revision);
      if (ready.task.needs !== 'EVIDENCE') throw approvalProblems.decision_needed();
      return this.approved(tx, ready, { reasons, evidence });
    });
  }

  /**
   * A document of the request, for whoever has a task on it: while it is open to them, or when they have decided it. Throws
   * `evidence_not_found` for everybody else. The opening is on record.
   */
  openEvidence(actor: Actor, taskId: string, evidenceId: string): Promise<EvidenceFile> {
    return this.files.openFor(actor, evidenceId, async (tx) => {
      const task = await this.tasks.find(tx, taskId);
      const { requestId } = task;
      const mine =
        task.state === 'OPEN'
          ? (await this.access.obstacle(tx, actor, task, await this.tasks.ofRequest(tx, requestId))).entitlement !==
            null
          : actor.personId !== null && task.decidedByPersonId === actor.personId;
      if (!mine) throw requestProblems.evidence_not_found();
      const { productId } = await this.requests.request(tx, requestId);
      return { requestId, productId };
    });
  }

  /** The head of the administration admits an automated retrieval, in person and in writing (BMG § 37(2)). */
  async admit(actor: Actor, taskId: string, input: AdmissionInput): Promise<ActResult> {
    const { revision, reference, ...given } = parse(taskUseCases.admit.input, input);
    return this.access.act(actor, async (tx) => {
      const ready = await this.access.actable(tx, actor, taskId, revision);
      if (ready.task.needs !== 'ADMISSION') throw approvalProblems.decision_needed();
      return this.approved(tx, ready, { ...given, admissionReference: reference });
    });
  }

  private async approved(
    tx: Tx,
    { request, task, all, entitlement, form }: ActableTask,
    given: ApprovalDetails,
  ): Promise<ActResult> {
    const { conditions: narrower, reasons, evidence, admissionReference } = given;
    if (task.kind === 'CONSULT') throw approvalProblems.consultation_only();
    if (task.votesNeeded !== null) throw approvalProblems.vote_needed();
    await this.review.mustBeReleased(tx, request);
    if (narrower) await this.review.mustFit(tx, request, form, narrower);
    if (task.needs === 'CONTRACT') await this.mustHaveContract(tx, task);
    if (task.needs === 'EVIDENCE') await this.mustHaveEvidence(tx, task, evidence ?? [], entitlement);
    if (task.needs === 'ADMISSION' && !admissionReference) {
      throw approvalProblems.admission_missing({
        errors: [{ pointer: '/reference', code: 'required', detail: 'Bitte nennen Sie die Fundstelle.' }],
      });
    }
    const doubts = all.filter(({ round, opinion }) => round === task.round && opinion === 'NEGATIVE');
    // K2: an opinion binds nobody, but going on against it without a word is not possible
    const againstAdvice = doubts.length > 0 && isOwnerStep(await this.laws.roles(tx), task);
    if (againstAdvice && !reasons) {
      throw approvalProblems.reasons_required({
        errors: [{ pointer: '/reasons', code: 'required', detail: 'Bitte begründen Sie Ihre Entscheidung.' }],
      });
    }
    const changes = {
      ...decidedBy(tx, entitlement),
      conditions: narrower ?? null,
      text: reasons ?? null,
      evidence: evidence ?? null,
      admissionReference: admissionReference ?? null,
    };
    const event = {
      as: entitlement.as,
      conditions: Object.keys(narrower ?? {}),
      ...(evidence && { evidence: evidence.map(({ kind }) => kind) }),
    };
    await this.tasks.move(tx, task, 'APPROVED', (move) => approvalGiven({ ...move, ...event }), changes, {
      ...(reasons && { reasons }),
      ...(admissionReference && { admissionReference }),
    });
    if (againstAdvice) {
      await tx.emit(approvalOverrode({ ...taskFacts(task), opinions: doubts.map(({ role }) => role) }));
    }
    return this.access.next(tx, task);
  }

  private async refused(
    tx: Tx,
    { task, entitlement }: ActableTask,
    reasonCode: RefusalReason,
    text: string,
  ): Promise<ActResult> {
    const changes = { ...decidedBy(tx, entitlement), reasonCode, text };
    await this.tasks.move(
      tx,
      task,
      'REFUSED',
      (move) => approvalRefused({ ...move, as: entitlement.as, reasonCode }),
      changes,
      { text },
    );
    await this.review.markRefused(tx, task.requestId, { reasonCode, text });
    await this.plan.closeAll(tx, task.requestId, 'REFUSED');
    return this.access.status(tx, task);
  }

  private async mustHaveContract(tx: Tx, task: Task): Promise<void> {
    if (!(await contractAsked(tx, task, this.requests, this.organisation))) return;
    const { contract } = await contractOf(tx, task.requestId, this.requests, this.cases);
    if (contract.status !== 'VALID') throw approvalProblems.contract_missing();
  }

  /** Every document is named, and was opened by whoever confirms it. */
  private async mustHaveEvidence(
    tx: Tx,
    task: Task,
    checked: CheckedEvidence[],
    { personId }: Entitlement,
  ): Promise<void> {
    const decision = await this.requests.decision(tx, task.decisionId);
    const documents = await this.documents.ofForm(tx, await this.requests.request(tx, task.requestId));
    const asked = askedEvidence(decision!, documents, (kind) => kind);
    const ids = asked.flatMap(({ document }) => document?.id ?? []);
    const opened = await this.documents.openedBy(tx, personId, ids);
    const errors = asked.flatMap(({ key, kind, document }): InputFault[] => {
      const pointer = `/evidence/${key}`;
      if (!checked.some((one) => one.kind === kind && (document === null || one.evidenceId === document.id)))
        return [{ pointer, code: 'required', detail: 'Bitte bestätigen Sie diesen Nachweis.' }];
      if (document === null || opened.includes(document.id)) return [];
      return [{ pointer, code: 'not_opened', detail: 'Bitte öffnen Sie das Dokument, bevor Sie es bestätigen.' }];
    });
    if (errors.length > 0) throw approvalProblems.evidence_missing({ errors });
  }
}
