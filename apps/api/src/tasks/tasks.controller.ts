import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  ApprovalReads,
  ApprovalService,
  Committee,
  NoticeReads,
  OPINIONS,
  REFUSAL_REASONS,
  type RefusalReason,
  VOTES,
} from '#lib/approvals';
import { type Actor, CONTRACT_KINDS, CurrentActor } from '#lib/organisation';
import { conditions, message } from '#lib/requests';
import { Id, Operation } from '../operation';

const revision = z.int('Bitte senden Sie die Revision mit, die Sie gelesen haben.');
const approval = z.strictObject({ revision, conditions: conditions.optional(), reasons: message.optional() });
const opinion = z.strictObject({
  revision,
  opinion: z.enum(OPINIONS),
  text: message,
  conditions: conditions.optional(),
});
const question = z.strictObject({ revision, text: message });
const refusal = z.strictObject({
  revision,
  reasonCode: z.enum(Object.keys(REFUSAL_REASONS) as [RefusalReason, ...RefusalReason[]]),
  text: message,
});
const contract = z.strictObject({
  revision,
  contract: z
    .strictObject({
      kind: z.enum(CONTRACT_KINDS),
      reference: z.string().min(1).max(200),
      validFrom: z.iso.datetime({ offset: true }),
      validTo: z.iso.datetime({ offset: true }),
    })
    .optional(),
  reasons: message.optional(),
});
const evidence = z.strictObject({
  revision,
  evidence: z.array(z.strictObject({ kind: z.string().min(1).max(60), reference: z.string().min(1).max(200) })).max(40),
  reasons: message.optional(),
});
const admission = z.strictObject({
  revision,
  reference: z.string().min(1).max(200),
  conditions: conditions.optional(),
  reasons: message.optional(),
});
const vote = z.strictObject({ revision, vote: z.enum(VOTES), text: message.optional() });

/** The inbox: one place for everybody who decides or advises. Deciders are computed, never picked. */
@Controller('v1/tasks')
export class TasksController {
  constructor(
    private readonly approvals: ApprovalService,
    private readonly reads: ApprovalReads,
    private readonly committee: Committee,
    private readonly notices: NoticeReads,
  ) {}

  @Get()
  @Operation({
    may: 'task.decide',
    audit: 'none: the own inbox',
    summary: 'Meine Aufgaben',
    answers: 'offene Aufgaben nach Frist',
  })
  async inbox(@CurrentActor() actor: Actor) {
    return { items: await this.reads.inbox(actor) };
  }

  @Get('notices')
  @Operation({
    may: 'task.decide',
    audit: 'none: the Steuerungskreis takes notice',
    summary: 'Hinweise für den Steuerungskreis',
    answers: 'Entscheidungen gegen Bedenken, lange abgelaufene Fristen',
  })
  async taken(@CurrentActor() actor: Actor) {
    return { items: await this.notices.notices(actor) };
  }

  @Get(':id')
  @Operation({
    may: 'task.decide',
    audit: 'none: deciders read what they decide on',
    summary: 'Eine Aufgabe lesen',
    answers: 'was beantragt ist, Stellungnahmen, mögliche Schritte',
  })
  task(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.reads.task(actor, id);
  }

  @Post(':id/approval')
  @HttpCode(200)
  @Operation({
    may: 'task.decide',
    audit: 'approval.given.v1',
    summary: 'Zustimmen, auch mit engeren Bedingungen',
    body: approval,
    answers: 'neuer Stand',
  })
  approve(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof approval>) {
    return this.approvals.approve(actor, id, input);
  }

  @Post(':id/opinion')
  @HttpCode(200)
  @Operation({
    may: 'task.decide',
    audit: 'approval.advised.v1',
    summary: 'Stellung nehmen',
    body: opinion,
    answers: 'neuer Stand',
  })
  advise(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof opinion>) {
    return this.approvals.giveOpinion(actor, id, input);
  }

  @Post(':id/question')
  @HttpCode(200)
  @Operation({
    may: 'task.decide',
    audit: 'request.asked.v1',
    summary: 'Rückfrage stellen',
    body: question,
    answers: 'neuer Stand',
  })
  ask(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof question>) {
    return this.approvals.askBack(actor, id, input);
  }

  @Post(':id/refusal')
  @HttpCode(200)
  @Operation({
    may: 'task.decide',
    audit: 'approval.refused.v1',
    summary: 'Ablehnen mit Grund',
    body: refusal,
    answers: 'neuer Stand',
  })
  refuse(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof refusal>) {
    return this.approvals.refuse(actor, id, input);
  }

  @Post(':id/contract')
  @HttpCode(200)
  @Operation({
    may: 'task.decide',
    audit: 'approval.given.v1',
    summary: 'Vertrag bestätigen (Rechtsamt)',
    body: contract,
    answers: 'neuer Stand',
  })
  confirmContract(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof contract>) {
    return this.approvals.confirmContract(actor, id, input);
  }

  @Post(':id/evidence')
  @HttpCode(200)
  @Operation({
    may: 'task.decide',
    audit: 'approval.given.v1',
    summary: 'Nachweise bestätigen',
    body: evidence,
    answers: 'neuer Stand',
  })
  confirmEvidence(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof evidence>) {
    return this.approvals.confirmEvidence(actor, id, input);
  }

  @Post(':id/admission')
  @HttpCode(200)
  @Operation({
    may: 'task.decide',
    audit: 'approval.given.v1',
    summary: 'Automatisierten Abruf zulassen (Leitung der Verwaltung)',
    body: admission,
    answers: 'neuer Stand',
  })
  admit(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof admission>) {
    return this.approvals.admit(actor, id, input);
  }

  @Post(':id/vote')
  @HttpCode(200)
  @Operation({
    may: 'task.decide',
    audit: 'approval.voted.v1',
    summary: 'Stimme der eigenen Stelle abgeben (Steuerungskreis)',
    body: vote,
    answers: 'neuer Stand',
  })
  vote(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof vote>) {
    return this.committee.vote(actor, id, input);
  }

  @Post(':id/veto')
  @HttpCode(200)
  @Operation({
    may: 'task.decide',
    audit: 'approval.refused.v1',
    summary: 'Veto wegen statistischer Geheimhaltung (Statistikstelle)',
    body: question,
    answers: 'neuer Stand',
  })
  veto(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof question>) {
    return this.approvals.veto(actor, id, input);
  }
}
