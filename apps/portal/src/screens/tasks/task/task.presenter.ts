import { ApprovalReads, type TaskView } from '#lib/approvals';
import { CatalogueReads } from '#lib/catalogue';
import { UnitOfWork } from '#lib/kernel';
import type { Actor } from '#lib/organisation';
import { RequestReads } from '#lib/requests';
import { Injectable } from '@nestjs/common';
import { type CoarserChoice, coarserChoices } from '../../../layout/requests/coarser-forms';
import { RequestWords } from '../../../layout/requests/request-words';
import type { TaskProps } from './act';

@Injectable()
export class TaskPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly approvals: ApprovalReads,
    private readonly words: RequestWords,
    private readonly requests: RequestReads,
    private readonly catalogue: CatalogueReads,
  ) {}

  /** A task with what was asked for in words, and the coarser forms its decider may choose. */
  async task(actor: Actor, id: string): Promise<Pick<TaskProps, 'task' | 'coarser' | 'said'>> {
    const task = await this.approvals.task(actor, id);
    const { said } = await this.words.inWords(actor, task.request);
    return { task, said, coarser: task.may.approve ? await this.coarser(actor, task) : [] };
  }

  /** Of the fields that are asked for, in their order. */
  private coarser(actor: Actor, { requestId, asked }: TaskView): Promise<CoarserChoice[]> {
    return this.uow.read(actor.acting, async (tx) => {
      const { productVersionId } = await this.requests.request(tx, requestId);
      const { fields } = await this.catalogue.version(tx, productVersionId);
      return coarserChoices(
        asked.fields.map((name) => ({
          name,
          generalisations: fields.find((field) => field.name === name)?.generalisations ?? [],
        })),
      );
    });
  }
}
