import {
  type AdviceInput,
  ApprovalReads,
  ApprovalService,
  Committee,
  type ContractStepInput,
  type EvidenceInput,
  type RefusalInput,
  type TaskView,
  type VoteInput,
} from '#lib/approvals';
import { CatalogueReads } from '#lib/catalogue';
import { newId, type Problem, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor, type HttpRequest } from '#lib/organisation';
import { RequestReads } from '#lib/requests';
import { Body, Controller, Param, Req } from '@nestjs/common';
import { all, type FormBody, given, once, one, wholeNumber } from '../../../layout/form-body';
import { berlinMidnight } from '../../../layout/format';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { type CoarserChoice, coarserChoices } from '../../../layout/requests/coarser-forms';
import { RequestWords } from '../../../layout/requests/request-words';
import { conditionsOf } from './conditions';
import { DecisionPage } from './task.view';

const TITLE = 'Aufgabe';

@Controller('tasks/:id')
export class TaskController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: ApprovalReads,
    private readonly approvals: ApprovalService,
    private readonly committee: Committee,
    private readonly words: RequestWords,
    private readonly asked: RequestReads,
    private readonly catalogue: CatalogueReads,
  ) {}

  @Screen({ path: '', may: 'request.read', audit: 'none: those who take part read their case', title: TITLE })
  async task(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Action({ path: 'approve', may: 'task.decide', audit: 'approval.given.v1', title: TITLE })
  approve(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Sie haben zugestimmt', 'reasons', async (by, revision) => {
      const { asked, request } = await this.reads.task(actor, id);
      const conditions =
        one(body, 'step') === 'narrower'
          ? conditionsOf(body, { ...asked, retentionDays: request.form.retentionDays })
          : undefined;
      return this.approvals.approve(by, id, { revision, ...(conditions ? { conditions } : {}), ...reasons(body) });
    });
  }

  @Action({ path: 'opinion', may: 'task.decide', audit: 'approval.advised.v1', title: TITLE })
  opinion(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Ihre Stellungnahme ist abgegeben', 'opinionText', (by, revision) =>
      this.approvals.giveOpinion(by, id, {
        revision,
        opinion: one(body, 'opinion') as AdviceInput['opinion'],
        text: one(body, 'opinionText'),
      }),
    );
  }

  @Action({ path: 'ask', may: 'task.decide', audit: 'request.asked.v1', title: TITLE })
  ask(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Ihre Rückfrage ist gesendet', 'question', (by, revision) =>
      this.approvals.askBack(by, id, { revision, text: one(body, 'question') }),
    );
  }

  @Action({ path: 'refuse', may: 'task.decide', audit: 'approval.refused.v1', title: TITLE })
  refuse(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Der Antrag ist abgelehnt', 'refusalText', (by, revision) =>
      this.approvals.refuse(by, id, {
        revision,
        reasonCode: one(body, 'reasonCode') as RefusalInput['reasonCode'],
        text: one(body, 'refusalText'),
      }),
    );
  }

  @Action({ path: 'contract', may: 'task.decide', audit: 'approval.given.v1, contract.registered.v1', title: TITLE })
  contract(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Der Vertrag ist bestätigt', 'reasons', (by, revision) => {
      const contract = given(body, 'kind') ? { contract: contractOf(body) } : {};
      return this.approvals.confirmContract(by, id, { revision, ...contract, ...reasons(body) });
    });
  }

  @Action({ path: 'evidence', may: 'task.decide', audit: 'approval.given.v1', title: TITLE })
  evidence(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Die Nachweise sind bestätigt', 'reasons', (by, revision) =>
      this.approvals.confirmEvidence(by, id, { revision, evidence: evidenceOf(body), ...reasons(body) }),
    );
  }

  @Action({ path: 'admission', may: 'task.decide', audit: 'approval.given.v1', title: TITLE })
  admission(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Der Abruf ist zugelassen', 'reasons', (by, revision) =>
      this.approvals.admit(by, id, { revision, reference: one(body, 'reference'), ...reasons(body) }),
    );
  }

  @Action({ path: 'vote', may: 'task.decide', audit: 'approval.voted.v1', title: TITLE })
  vote(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Die Stimme Ihrer Stelle ist abgegeben', 'voteText', (by, revision) => {
      const text = given(body, 'voteText');
      return this.committee.vote(by, id, {
        revision,
        vote: one(body, 'vote') as VoteInput['vote'],
        ...(text ? { text } : {}),
      });
    });
  }

  @Action({ path: 'veto', may: 'task.decide', audit: 'approval.refused.v1', title: TITLE })
  veto(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(
      call,
      actor,
      id,
      body,
      'Ihr Veto ist eingelegt, der Antrag ist abgelehnt',
      'vetoText',
      (by, revision) => this.approvals.veto(by, id, { revision, text: one(body, 'vetoText') }),
    );
  }

  /** One act, then back to the inbox; when it can not be done, the same page with everything filled in. */
  private act(
    call: HttpRequest,
    actor: Actor,
    id: string,
    body: FormBody,
    done: string,
    textField: string,
    work: (by: Actor, revision: number) => Promise<unknown>,
  ): Promise<ScreenResult> {
    const acted = async (): Promise<ScreenResult> => {
      await work(once(actor, call.url, body), wholeNumber(body, 'revision') ?? 0);
      notify(call, { kind: 'success', title: done });
      return redirect('/inbox');
    };
    return withFormErrors(call, TITLE, acted, (problem) =>
      this.shown(actor, id, { problem: asFields(problem, textField), body }),
    );
  }

  private async shown(actor: Actor, id: string, more: { problem?: Problem; body?: FormBody } = {}): Promise<Page> {
    const task: TaskView = await this.reads.task(actor, id);
    const { said } = await this.words.inWords(actor, task.request);
    const coarser = task.may.approve ? await this.coarser(actor, task) : [];
    return render(
      DecisionPage,
      { task, coarser, said, body: {}, once: newId(), ...more },
      {
        title: `Aufgabe zu Antrag ${task.requestNumber}`,
        crumbs: [{ text: 'Aufgaben', href: '/inbox' }],
      },
    );
  }

  /** Of the fields that are asked for, in their order. */
  private coarser(actor: Actor, { requestId, asked }: TaskView): Promise<CoarserChoice[]> {
    return this.uow.read(actor.acting, async (tx) => {
      const { fields } = await this.catalogue.version(tx, (await this.asked.request(tx, requestId)).productVersionId);
      return coarserChoices(
        asked.fields.map((name) => ({
          name,
          generalisations: fields.find((field) => field.name === name)?.generalisations ?? [],
        })),
      );
    });
  }
}

const reasons = (body: FormBody) => {
  const text = given(body, 'reasons');
  return text ? { reasons: text } : {};
};

/** Kinds that were ticked, each with the place that was filled in; what is missing there, the use case says. */
const evidenceOf = (body: FormBody): EvidenceInput['evidence'] =>
  all(body, 'seen')
    .map((kind) => ({ kind, reference: one(body, `evidence_${kind}`).trim() }))
    .filter(({ reference }) => reference !== '');

const contractOf = (body: FormBody): NonNullable<ContractStepInput['contract']> => ({
  kind: one(body, 'kind') as NonNullable<ContractStepInput['contract']>['kind'],
  reference: one(body, 'reference'),
  // both days are included; validity is half-open
  validFrom: berlinMidnight(one(body, 'validFrom')),
  validTo: berlinMidnight(one(body, 'validTo'), 1),
});

/** Pointers of the use case to the names of our fields. */
const FIELD: [RegExp, string][] = [
  [/^\/conditions\/(\w+)(?:\/.*)?$/, '/$1'],
  [/^\/contract\/(\w+)(?:\/.*)?$/, '/$1'],
  [/^\/evidence\/([A-Z]\w*)$/, '/evidence_$1'],
];
function asFields(problem: Problem, textField: string): Problem {
  for (const fault of problem.errors ?? []) {
    for (const [from, to] of FIELD) fault.pointer = fault.pointer.replace(from, to);
    if (fault.pointer === '/text') fault.pointer = `/${textField}`;
  }
  return problem;
}
