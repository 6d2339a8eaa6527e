import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApprovalReads, ApprovalService, Committee, NoticeReads, taskUseCases } from '#lib/approvals';
import { type Actor, CurrentActor } from '#lib/organisation';
import type { InputOf } from '#lib/kernel';
import { sendDocument } from '../documents';
import { Id, Operation } from '../operation';

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
  @Operation({ useCase: taskUseCases.inbox, summary: 'Meine Aufgaben', answers: 'offene Aufgaben nach Frist' })
  async inbox(@CurrentActor() actor: Actor) {
    return { items: await this.reads.inbox(actor) };
  }

  @Get('notices')
  @Operation({
    useCase: taskUseCases.notices,
    summary: 'Hinweise für den Steuerungskreis',
    answers: 'Entscheidungen gegen Bedenken, lange abgelaufene Fristen',
  })
  async taken(@CurrentActor() actor: Actor) {
    return { items: await this.notices.notices(actor) };
  }

  @Get(':id')
  @Operation({
    useCase: taskUseCases.view,
    summary: 'Eine Aufgabe lesen',
    answers: 'was beantragt ist, Stellungnahmen, mögliche Schritte',
  })
  task(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.reads.task(actor, id);
  }

  @Post(':id/approval')
  @HttpCode(200)
  @Operation({
    useCase: taskUseCases.approve,
    summary: 'Zustimmen, auch mit engeren Bedingungen',
    answers: 'neuer Stand',
  })
  approve(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: InputOf<typeof taskUseCases.approve>) {
    return this.approvals.approve(actor, id, input);
  }

  @Post(':id/opinion')
  @HttpCode(200)
  @Operation({ useCase: taskUseCases.giveOpinion, summary: 'Stellung nehmen', answers: 'neuer Stand' })
  advise(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: InputOf<typeof taskUseCases.giveOpinion>) {
    return this.approvals.giveOpinion(actor, id, input);
  }

  @Post(':id/question')
  @HttpCode(200)
  @Operation({ useCase: taskUseCases.ask, summary: 'Rückfrage stellen', answers: 'neuer Stand' })
  ask(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: InputOf<typeof taskUseCases.ask>) {
    return this.approvals.askBack(actor, id, input);
  }

  @Post(':id/refusal')
  @HttpCode(200)
  @Operation({ useCase: taskUseCases.refuse, summary: 'Ablehnen mit Grund', answers: 'neuer Stand' })
  refuse(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: InputOf<typeof taskUseCases.refuse>) {
    return this.approvals.refuse(actor, id, input);
  }

  @Post(':id/contract')
  @HttpCode(200)
  @Operation({
    useCase: taskUseCases.confirmContract,
    summary: 'Vertrag bestätigen (Rechtsamt)',
    answers: 'neuer Stand',
  })
  confirmContract(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof taskUseCases.confirmContract>,
  ) {
    return this.approvals.confirmContract(actor, id, input);
  }

  @Post(':id/evidence')
  @HttpCode(200)
  @Operation({ useCase: taskUseCases.confirmEvidence, summary: 'Nachweise bestätigen', answers: 'neuer Stand' })
  confirmEvidence(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof taskUseCases.confirmEvidence>,
  ) {
    return this.approvals.confirmEvidence(actor, id, input);
  }

  @Get(':id/evidence/:evidenceId/file')
  @Operation({
    useCase: taskUseCases.openEvidence,
    summary: 'Datei eines Nachweises für eine Aufgabe öffnen; wird protokolliert',
    answers: 'die Datei, als Anhang',
    media: 'application/octet-stream',
  })
  async document(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Id('evidenceId') evidenceId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    return sendDocument(reply, await this.approvals.openEvidence(actor, id, evidenceId));
  }

  @Post(':id/admission')
  @HttpCode(200)
  @Operation({
    useCase: taskUseCases.admit,
    summary: 'Automatisierten Abruf zulassen (Leitung der Verwaltung)',
    answers: 'neuer Stand',
  })
  admit(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: InputOf<typeof taskUseCases.admit>) {
    return this.approvals.admit(actor, id, input);
  }

  @Post(':id/vote')
  @HttpCode(200)
  @Operation({
    useCase: taskUseCases.vote,
    summary: 'Stimme der eigenen Stelle abgeben (Steuerungskreis)',
    answers: 'neuer Stand',
  })
  vote(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: InputOf<typeof taskUseCases.vote>) {
    return this.committee.vote(actor, id, input);
  }

  @Post(':id/veto')
  @HttpCode(200)
  @Operation({
    useCase: taskUseCases.veto,
    summary: 'Veto wegen statistischer Geheimhaltung (Statistikstelle)',
    answers: 'neuer Stand',
  })
  veto(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: InputOf<typeof taskUseCases.veto>) {
    return this.approvals.veto(actor, id, input);
  }
}
