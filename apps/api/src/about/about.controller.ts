import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { CONFIG, type Config, kernelProblems, problemKinds, systemActing, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { openApi } from '../openapi';
import { Operation } from '../operation';

/** What the API says about itself: its document, its problems, its health, and who the caller is. */
@Controller()
export class AboutController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly uow: UnitOfWork,
    private readonly modules: ModulesContainer,
  ) {}

  @Get('v1/openapi.json')
  @Operation({
    may: 'public',
    audit: 'none: the document holds no data',
    summary: 'Diese Beschreibung',
    answers: 'OpenAPI 3.1',
  })
  openapi(): Record<string, unknown> {
    return openApi(this.modules, this.config.api.url, this.config.gateway.url);
  }

  @Get('health')
  @Operation({
    may: 'public',
    audit: 'none: says nothing about anybody',
    summary: 'Betriebsbereit?',
    answers: '200, wenn entschieden und protokolliert werden kann',
  })
  async health(): Promise<{ status: 'ok' }> {
    await this.uow.read(systemActing('health'), (tx) => tx.sql('SELECT 1'));
    return { status: 'ok' };
  }

  @Get('v1/me')
  @Operation({
    may: 'catalogue.read',
    audit: 'none: the caller reads about itself',
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
    may: 'public',
    audit: 'none: the list holds no data',
    summary: 'Alle Fehlermeldungen',
    answers: 'Code, Titel und Abhilfe',
  })
  problems() {
    return { items: [...problemKinds()].map(([code, { status, title, remedy }]) => ({ code, status, title, remedy })) };
  }

  @Get('v1/problems/:code')
  @Operation({
    may: 'public',
    audit: 'none: the page holds no data',
    summary: 'Eine Fehlermeldung erklärt',
    answers: 'Code, Titel und Abhilfe',
  })
  problem(@Param('code') code: string) {
    const kind = problemKinds().get(code);
    if (!kind) throw kernelProblems.page_not_found();
    return { code, status: kind.status, title: kind.title, remedy: kind.remedy };
  }
}
