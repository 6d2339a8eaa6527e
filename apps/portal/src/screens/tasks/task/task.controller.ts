import {
  ApprovalReads,
  ApprovalService,
  Committee,
  type ContractStepInput,
  type EvidenceInput,
  type OpinionInput,
  type RefusalInput,
  type TaskView,
  type VoteInput,
} from '#lib/approvals';
import { CatalogueReads } from '#lib/catalogue';
import { newId, type Problem, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { RequestReads } from '#lib/requests';
import { Controller, Param } from '@nestjs/common';
import { all, type FormBody, given, one, revisionOf } from '../../../layout/form-body';
import { berlinMidnight } from '../../../layout/format';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
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
  approve(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Sie haben zugestimmt',
      fields: FIELDS,
      run: async (by) => {
        const { asked, request } = await this.reads.task(form.actor, id);
        const conditions =
          one(form.body, 'step') === 'narrower'
            ? conditionsOf(form.body, { ...asked, retentionDays: request.form.retentionDays })
            : undefined;
        return this.approvals.approve(by, id, {
          revision: revisionOf(form.body),
          ...(conditions ? { conditions } : {}),
          ...reasons(form.body),
        });
      },
    });
  }

  @Action({ path: 'opinion', may: 'task.decide', audit: 'approval.advised.v1', title: TITLE })
  opinion(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Ihre Stellungnahme ist abgegeben',
      fields: { ...FIELDS, text: 'opinionText' },
      run: (by) =>
        this.approvals.giveOpinion(by, id, {
          revision: revisionOf(form.body),
          opinion: one(form.body, 'opinion') as OpinionInput['opinion'],
          text: one(form.body, 'opinionText'),
        }),
    });
  }

  @Action({ path: 'ask', may: 'task.decide', audit: 'request.asked.v1', title: TITLE })
  ask(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Ihre Rückfrage ist gesendet',
      fields: { ...FIELDS, text: 'question' },
      run: (by) =>
        this.approvals.askBack(by, id, { revision: revisionOf(form.body), text: one(form.body, 'question') }),
    });
  }

  @Action({ path: 'refuse', may: 'task.decide', audit: 'approval.refused.v1', title: TITLE })
  refuse(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Der Antrag ist abgelehnt',
      fields: { ...FIELDS, text: 'refusalText' },
      run: (by) =>
        this.approvals.refuse(by, id, {
          revision: revisionOf(form.body),
          reasonCode: one(form.body, 'reasonCode') as RefusalInput['reasonCode'],
          text: one(form.body, 'refusalText'),
        }),
    });
  }

  @Action({ path: 'contract', may: 'task.decide', audit: 'approval.given.v1', title: TITLE })
  contract(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Der Vertrag ist bestätigt',
      fields: FIELDS,
      run: (by) => {
        const contract = given(form.body, 'kind') ? { contract: contractOf(form.body) } : {};
        return this.approvals.confirmContract(by, id, {
          revision: revisionOf(form.body),
          ...contract,
          ...reasons(form.body),
        });
      },
    });
  }

  @Action({ path: 'evidence', may: 'task.decide', audit: 'approval.given.v1', title: TITLE })
  evidence(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Die Nachweise sind bestätigt',
      fields: FIELDS,
      run: (by) =>
        this.approvals.confirmEvidence(by, id, {
          revision: revisionOf(form.body),
          evidence: evidenceOf(form.body),
          ...reasons(form.body),
        }),
    });
  }

  @Action({ path: 'admission', may: 'task.decide', audit: 'approval.given.v1', title: TITLE })
  admission(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Der Abruf ist zugelassen',
      fields: FIELDS,
      run: (by) =>
        this.approvals.admit(by, id, {
          revision: revisionOf(form.body),
          reference: one(form.body, 'reference'),
          ...reasons(form.body),
        }),
    });
  }

  @Action({ path: 'vote', may: 'task.decide', audit: 'approval.voted.v1', title: TITLE })
  vote(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Die Stimme Ihrer Stelle ist abgegeben',
      fields: { ...FIELDS, text: 'voteText' },
      run: (by) => {
        const text = given(form.body, 'voteText');
        return this.committee.vote(by, id, {
          revision: revisionOf(form.body),
          vote: one(form.body, 'vote') as VoteInput['vote'],
          ...(text ? { text } : {}),
        });
      },
    });
  }

  @Action({ path: 'veto', may: 'task.decide', audit: 'approval.refused.v1', title: TITLE })
  veto(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Ihr Veto ist eingelegt, der Antrag ist abgelehnt',
      fields: { ...FIELDS, text: 'vetoText' },
      run: (by) => this.approvals.veto(by, id, { revision: revisionOf(form.body), text: one(form.body, 'vetoText') }),
    });
  }

  /** One act, then back to the inbox; when it can not be done, the same page with everything filled in. */
  private pageOf({ actor, body }: SubmittedForm, id: string) {
    return { next: '/inbox', again: (problem: Problem) => this.shown(actor, id, { problem, body }) };
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

/** Where the use case's input stands in our forms. */
const FIELDS = { 'conditions/*': '$1', 'contract/*': '$1', 'evidence/*': 'evidence_$1' };
