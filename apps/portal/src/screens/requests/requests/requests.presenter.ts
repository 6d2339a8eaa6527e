import { AgreementReads, type AgreementLine } from '#lib/agreements';
import { ApprovalReads, type StepStatus } from '#lib/approvals';
import type { Actor } from '#lib/organisation';
import { type RequestLine, type RequestState, RequestViews, type RequestView } from '#lib/requests';
import { Injectable } from '@nestjs/common';
import { day, lastDay } from '../../../layout/format';
import type { Tone } from '../../../layout/parts';
import { RequestWords } from '../../../layout/requests/request-words';

export type Side = 'CONSUMER' | 'PROVIDER' | 'ALL';

export interface RequestsModel {
  side: Side;
  sides: { side: Side; text: string }[];
  items: RequestLine[];
  page: number;
  pages: number;
  mayAsk: boolean;
}

export interface RequestModel {
  request: RequestView;
  /** the form in words, one line a statement */
  said: [string, string][];
  conditions: [string, string][];
  steps: StepStatus[];
  agreement: AgreementLine | null;
  /** the reader belongs to the office that asks */
  asks: boolean;
  /** what happens next, in one sentence */
  next: string;
  once: string;
}

const PAGE = 25;
export const STATE_TONE: Record<RequestState, Tone> = {
  SUBMITTED: 'info',
  PERMITTED: 'success',
  IN_REVIEW: 'info',
  QUESTION: 'warning',
  APPROVED: 'success',
  REFUSED: 'danger',
  WITHDRAWN: 'info',
  EXPIRED: 'warning',
};

@Injectable()
export class RequestsPresenter {
  constructor(
    private readonly requests: RequestViews,
    private readonly approvals: ApprovalReads,
    private readonly agreements: AgreementReads,
    private readonly words: RequestWords,
  ) {}

  async list(actor: Actor, given: { side?: string; page?: string }): Promise<RequestsModel> {
    const sides: RequestsModel['sides'] = [
      { side: 'CONSUMER', text: 'Von meiner Stelle' },
      { side: 'PROVIDER', text: 'An meine Stelle' },
      ...(actor.acting.citywide ? [{ side: 'ALL' as const, text: 'Alle' }] : []),
    ];
    const side = sides.find((one) => one.side === given.side)?.side ?? (actor.acting.citywide ? 'ALL' : 'CONSUMER');
    const page = Math.max(1, Number.parseInt(given.page ?? '1', 10) || 1);
    const { items, total } = await this.requests.list(actor, { side, page, pageSize: PAGE });
    return {
      side,
      sides,
      items,
      page,
      pages: Math.ceil(total / PAGE),
      mayAsk: actor.permissions.has('request.submit'),
    };
  }

  async request(actor: Actor, id: string): Promise<Omit<RequestModel, 'once'>> {
    const request = await this.requests.view(actor, id);
    const [steps, agreement] = await Promise.all([
      this.approvals.stepsOf(actor, id),
      actor.permissions.has('agreement.read') ? this.agreements.ofRequest(actor, id) : Promise.resolve(null),
    ]);
    const asks = actor.acting.units.includes(request.consumerUnitId);
    return {
      request,
      ...(await this.words.inWords(actor, request)),
      steps,
      agreement,
      asks,
      next: nextStep(request, steps, agreement, asks),
    };
  }
}

export function nextStep(
  { state, validUntil }: Pick<RequestView, 'state' | 'validUntil'>,
  steps: readonly Pick<StepStatus, 'state' | 'roleName' | 'kind' | 'dueAt'>[],
  agreement: Pick<AgreementLine, 'state' | 'number'> | null,
  asks: boolean,
): string {
  switch (state) {
    case 'QUESTION':
      return asks
        ? 'Die prüfende Stelle hat eine Frage. Bitte antworten Sie, vorher entscheidet niemand.'
        : 'Eine Frage an die anfragende Stelle ist offen. Vorher entscheidet niemand.';
    case 'IN_REVIEW': {
      const open = steps.filter((step) => step.state === 'OPEN');
      if (open.length === 0)
        return 'Die Prüfung wird gerade vorbereitet. Bitte laden Sie die Seite in wenigen Sekunden neu.';
      return `Jetzt ist an der Reihe: ${open.map(({ roleName, kind, dueAt }) => `${roleName} (${kind === 'CONSULT' ? 'Stellungnahme' : 'Entscheidung'} bis ${day(dueAt)})`).join(', ')}.`;
    }
    case 'PERMITTED':
    case 'APPROVED':
      if (!agreement)
        return 'Die Vereinbarung wird gerade vorbereitet. Bitte laden Sie die Seite in wenigen Sekunden neu.';
      if (agreement.state !== 'OFFERED') return `Es gibt eine Vereinbarung: ${agreement.number}.`;
      return asks
        ? 'Bitte lesen und bestätigen Sie jetzt die Vereinbarung.'
        : 'Die anfragende Stelle muss die Vereinbarung noch bestätigen.';
    case 'REFUSED':
      return `Der Antrag ist abgelehnt und bleibt mit seiner Begründung erhalten.${asks ? ' Sie können einen geänderten Antrag stellen.' : ''}`;
    case 'WITHDRAWN':
      return 'Der Antrag ist zurückgezogen. Er bleibt in der Liste stehen.';
    case 'EXPIRED':
      return `Der beantragte Zeitraum ist am ${lastDay(validUntil)} abgelaufen.${asks ? ' Bitte stellen Sie einen neuen Antrag.' : ''}`;
    case 'SUBMITTED':
      return 'Der Antrag ist eingegangen.';
  }
}
