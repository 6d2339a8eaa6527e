import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { CONFIG, type Config, Health, kernelProblems, problemKinds } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { openApi } from '../openapi';
import { Operation } from '../operation';
import { aboutUseCases } from './about.use-cases';

/** What the API says about itself: its document, its problems, its health, and who the caller is. */
@Controller()
export class AboutController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly probe: Health,
    private readonly modules: ModulesContainer,
  ) {}

  @Get('v1/openapi.json')
  @Operation({
    useCase: aboutUseCases.openapi,
    summary: 'Diese Beschreibung',
    answers: 'OpenAPI 3.1',
  })
  openapi(): Record<string, unknown> {
    return openApi(this.modules, this.config.api.url, this.config.gateway.url);
  }

  @Get('health')
  @Operation({
    useCase: aboutUseCases.health,
    summary: 'Betriebsbereit?',
    answers: '200, wenn entschieden und protokolliert werden kann',
  })
  async health(): Promise<{ status: 'ok' }> {
    await this.probe.mustRecord();
    return { status: 'ok' };
  }

  @Get('v1/me')
  @Operation({
    useCase: aboutUseCases.me,
    summary: 'Wer bin ich hier?',
    answers: 'Stellen, Rollen und Rechte',
  })
  me(@CurrentActor() actor: Actor) {
    return {
      name: actor.name,
      personId: actor.personId,
      clientId: actor.clientId,
      units: actor.units,
      appointments: actor.appointments.map(({ id, role, unitId, deputyOf }) => ({ id, role, unitId, deputyOf })),
      permissions: [...actor.permissions].sort(),
    };
  }

  @Get('v1/problems')
  @Operation({
    useCase: aboutUseCases.problems,
    summary: 'Alle Fehlermeldungen',
    answers: 'Code, Titel und Abhilfe',
  })
  problems() {
    return { items: [...problemKinds()].map(([code, { status, title, remedy }]) => ({ code, status, title, remedy })) };
  }

  @Get('v1/problems/:code')
  @Operation({
    useCase: aboutUseCases.problem,
    summary: 'Eine Fehlermeldung erklärt',
    answers: 'Code, Titel und Abhilfe',
  })
  problem(@Param('code') code: string) {
    const kind = problemKinds().get(code);
    if (!kind) throw kernelProblems.page_not_found();
    return { code, status: kind.status, title: kind.title, remedy: kind.remedy };
  }
}
