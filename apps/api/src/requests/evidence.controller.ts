import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, CurrentActor } from '#lib/organisation';
import { EvidenceFiles, evidenceInput, EvidenceQueries, evidenceUseCases, productEvidenceInput } from '#lib/requests';
import { sendDocument, withDocument } from '../documents';
import { Id, Operation } from '../operation';

/** Documents that prove something: kept before there is a request, then named in its form. */
@Controller('v1')
export class EvidenceController {
  constructor(
    private readonly files: EvidenceFiles,
    private readonly reads: EvidenceQueries,
  ) {}

  @Post('evidence')
  @Operation({
    useCase: evidenceUseCases.upload,
    summary: 'Nachweis für Anträge der eigenen Stelle hochladen',
    answers: 'Kennung; sie gehört in das Formular (`evidenceFiles`)',
    upload: { field: 'evidence', schema: evidenceInput },
  })
  upload(@CurrentActor() actor: Actor, @Req() request: FastifyRequest) {
    return withDocument(request, 'evidence', evidenceInput, (input, file) => this.files.upload(actor, input, file));
  }

  @Get('evidence')
  @Operation({
    useCase: evidenceUseCases.list,
    summary: 'Nachweise der eigenen Stellen',
    answers: 'Nachweise, neueste zuerst, ohne die Dateien',
  })
  async list(@CurrentActor() actor: Actor) {
    return { items: await this.reads.list(actor) };
  }

  @Get('evidence/:id/file')
  @Operation({
    useCase: evidenceUseCases.open,
    summary: 'Datei eines Nachweises öffnen; wird protokolliert',
    answers: 'die Datei, als Anhang',
    media: 'application/octet-stream',
  })
  async open(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    return sendDocument(reply, await this.files.open(actor, id));
  }

  @Post('evidence/:id/end')
  @HttpCode(204)
  @Operation({
    useCase: evidenceUseCases.end,
    summary: 'Nachweis eines Datenprodukts beenden: er gilt ab jetzt für keine Entscheidung mehr',
    answers: 'nichts',
  })
  end(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.files.end(actor, id);
  }

  @Post('products/:id/evidence')
  @Operation({
    useCase: evidenceUseCases.uploadForProduct,
    summary: 'Nachweis hochladen, auf dem ein Datenprodukt beruht',
    answers: 'Kennung; der Nachweis zählt bei jedem Antrag auf das Datenprodukt',
    upload: { field: 'evidence', schema: productEvidenceInput },
  })
  uploadForProduct(@CurrentActor() actor: Actor, @Id('id') id: string, @Req() request: FastifyRequest) {
    return withDocument(request, 'evidence', productEvidenceInput, (input, file) =>
      this.files.uploadForProduct(actor, id, input, file),
    );
  }

  @Get('products/:id/evidence')
  @Operation({
    useCase: evidenceUseCases.ofProduct,
    summary: 'Nachweise, auf denen ein Datenprodukt beruht',
    answers: 'Nachweise, neueste zuerst, ohne die Dateien',
  })
  async ofProduct(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return { items: await this.reads.ofProduct(actor, id) };
  }
}
