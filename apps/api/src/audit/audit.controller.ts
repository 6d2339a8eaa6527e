import { auditProblems, AuditReads, AuditTiles, tileUseCases } from '#lib/audit';
import { anonymousActing, isId, type Acting } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../operation';

const FOR_EVER = 'private, max-age=31536000, immutable';

/**
 * The log as tlog-tiles tools expect it, below `/audit/<year>/`. Whatever is not there is 404 and nothing else:
 * such tools take only 404 for "does not exist".
 */
@Controller('audit/:year')
export class AuditController {
  constructor(
    private readonly tiles: AuditTiles,
    private readonly reads: AuditReads,
  ) {}

  @Get('vkey')
  @Operation({
    useCase: tileUseCases.vkey,
    summary: 'Öffentlicher Schlüssel des Protokolls',
    answers: 'vkey nach signed-note',
    media: 'text/plain',
  })
  async vkey(@Param('year') year: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const vkey = await this.tiles.vkey(anonymousActing, yearOf(year));
    if (!vkey) throw auditProblems.audit_path_not_found();
    reply.type('text/plain; charset=utf-8');
    return vkey;
  }

  @Get('checkpoint')
  @Operation({
    useCase: tileUseCases.checkpoint,
    summary: 'Unterschriebener Prüfpunkt',
    answers: 'Prüfpunkt nach tlog-checkpoint',
    media: 'text/plain',
  })
  async checkpoint(
    @CurrentActor() actor: Actor,
    @Param('year') year: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    return this.send(actor.acting, yearOf(year), 'checkpoint', reply);
  }

  @Get('tile/*')
  @Operation({
    useCase: tileUseCases.tile,
    summary: 'Kachel des Protokolls',
    answers: 'Kachel nach tlog-tiles',
    media: 'application/octet-stream',
  })
  async tile(
    @CurrentActor() actor: Actor,
    @Param('year') year: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    // the path as it was sent, not decoded: one resource has one address
    const path = request.url.replace(/\?.*$/s, '').replace(/^.*?\/audit\/\d+\//s, '');
    return this.send(actor.acting, yearOf(year), path, reply);
  }

  @Get('proof')
  @Operation({
    useCase: tileUseCases.proof,
    summary: 'Nachweis für einen Eintrag',
    answers: 'Datei nach tlog-proof',
    media: 'text/plain',
  })
  async proof(
    @CurrentActor() actor: Actor,
    @Query('entry') entry: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    if (!isId(entry)) throw auditProblems.audit_entry_not_found();
    const proof = await this.reads.proof(actor.acting, entry);
    reply.type('text/plain; charset=utf-8');
    return proof;
  }

  @Get('consistency')
  @Operation({
    useCase: tileUseCases.consistency,
    summary: 'Nachweis, dass das Protokoll nur gewachsen ist',
    answers: 'Prüfsummen, base64',
  })
  async consistency(
    @CurrentActor() actor: Actor,
    @Param('year') year: string,
    @Query('from') from: string,
    @Query('to') to: string,
  ): Promise<{ hashes: string[] }> {
    return { hashes: await this.reads.consistency(actor.acting, yearOf(year), sizeOf(from), sizeOf(to)) };
  }

  private async send(by: Acting, year: number, path: string, reply: FastifyReply): Promise<Buffer> {
    const found = await this.tiles.serve(by, year, path);
    if (!found) throw auditProblems.audit_path_not_found();
    reply.type(found.type).header('cache-control', found.immutable ? FOR_EVER : 'no-store');
    return found.body;
  }
}

function yearOf(text: string): number {
  if (!/^2\d{3}$/.test(text)) throw auditProblems.audit_path_not_found();
  return Number(text);
}

function sizeOf(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw auditProblems.audit_range_invalid();
  return Number(text);
}
