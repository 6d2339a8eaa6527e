import { Body, Controller, Get, HttpCode, Patch, Post, Put, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  CatalogueQueries,
  LoweringService,
  ProductService,
  productUseCases,
  StatisticsReleaseService,
  UploadService,
} from '#lib/catalogue';
import { type InputOf, kernelProblems, parse } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { hintsSchema } from '#lib/sources';
import { json } from '../documents';
import { Id, Operation } from '../operation';

/** Data products: find, draft, describe, upload, release, offer. Metadata is visible although the data is locked. */
@Controller('v1/products')
export class ProductsController {
  constructor(
    private readonly catalogue: ProductService,
    private readonly reads: CatalogueQueries,
    private readonly statistics: StatisticsReleaseService,
    private readonly lowerings: LoweringService,
    private readonly uploads: UploadService,
  ) {}

  @Get()
  @Operation({ useCase: productUseCases.search, summary: 'Katalog durchsuchen', answers: 'Treffer, neueste zuerst' })
  search(
    @CurrentActor() actor: Actor,
    @Query() { text, after, limit, ...filters }: InputOf<typeof productUseCases.search>,
  ) {
    return this.reads.search(actor, text, filters, { limit, ...(after && { after }) });
  }

  @Get('opinions')
  @Operation({
    useCase: productUseCases.opinions,
    summary: 'Niedrigere Einstufungen, die auf meine Stellungnahme warten',
    answers: 'was niedriger werden soll, älteste zuerst',
  })
  async opinions(@CurrentActor() actor: Actor) {
    return { items: await this.lowerings.waiting(actor, actor) };
  }

  @Post(':id/opinions/:opinionId')
  @HttpCode(200)
  @Operation({
    useCase: productUseCases.giveOpinion,
    summary: 'Zu einer niedrigeren Einstufung Stellung nehmen (Datenschutz, Statistikstelle)',
    answers: 'die Stellungnahme',
  })
  giveOpinion(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Id('opinionId') opinionId: string,
    @Body() input: InputOf<typeof productUseCases.giveOpinion>,
  ) {
    return this.lowerings.advise(actor, id, opinionId, input);
  }

  @Get(':id')
  @Operation({
    useCase: productUseCases.view,
    summary: 'Ein Datenprodukt',
    answers: 'Metadaten, Felder und was bis zur nächsten Stufe fehlt',
  })
  product(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.reads.detail(actor, id);
  }

  @Post()
  @Operation({ useCase: productUseCases.draft, summary: 'Entwurf anlegen', answers: 'Kennung und Revision' })
  draft(@CurrentActor() actor: Actor, @Body() input: InputOf<typeof productUseCases.draft>) {
    return this.catalogue.createDraft(actor, input);
  }

  @Patch(':id')
  @Operation({
    useCase: productUseCases.describe,
    summary: 'Metadaten ändern',
    answers: 'neue Revision; was das Programm davon noch nicht kann',
  })
  describe(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() { revision, patch }: InputOf<typeof productUseCases.describe>,
  ) {
    return this.catalogue.describe(actor, id, revision, patch);
  }

  @Post(':id/uploads')
  @Operation({
    useCase: productUseCases.upload,
    summary: 'Datei hochladen: was wurde erkannt?',
    answers: 'Vorschau; es entsteht noch kein Stand',
    upload: true,
  })
  async upload(@CurrentActor() actor: Actor, @Id('id') id: string, @Req() request: FastifyRequest) {
    if (!request.isMultipart())
      throw kernelProblems.request_malformed({ detail: 'Bitte senden Sie die Datei als multipart/form-data.' });
    const file = await request.file();
    if (!file) throw kernelProblems.request_malformed({ detail: 'Es wurde keine Datei gesendet.' });
    const hints = (file.fields.hints as { value?: string } | undefined)?.value;
    try {
      return await this.uploads.attachUpload(
        actor,
        id,
        { name: file.filename, stream: file.file },
        hints === undefined ? {} : parse(hintsSchema, json(hints, 'hints')),
      );
    } finally {
      file.file.resume(); // whatever was not read must not keep the connection waiting
    }
  }

  @Put(':id/uploads/:uploadId')
  @Operation({ useCase: productUseCases.preview, summary: 'Erkennung berichtigen', answers: 'neue Vorschau' })
  preview(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Id('uploadId') uploadId: string,
    @Body() hints: InputOf<typeof productUseCases.preview>,
  ) {
    return this.uploads.preview(actor, id, uploadId, hints);
  }

  @Post(':id/versions')
  @Operation({
    useCase: productUseCases.confirmUpload,
    summary: 'Hochgeladene Datei als neuen Stand übernehmen',
    answers: 'Kennung des Stands',
  })
  confirmUpload(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() { uploadId }: InputOf<typeof productUseCases.confirmUpload>,
  ) {
    return this.uploads.confirmUpload(actor, id, uploadId);
  }

  @Put(':id/versions/:versionId/fields')
  @Operation({
    useCase: productUseCases.setFields,
    summary: 'Felder beschreiben und einstufen',
    answers: 'neue Revision',
  })
  setFields(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Id('versionId') versionId: string,
    @Body() { revision, fields }: InputOf<typeof productUseCases.setFields>,
  ) {
    return this.catalogue.setFields(actor, id, versionId, revision, fields);
  }

  @Post(':id/versions/:versionId/release')
  @HttpCode(200)
  @Operation({ useCase: productUseCases.releaseVersion, summary: 'Neuen Stand freigeben', answers: 'neue Revision' })
  releaseVersion(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Id('versionId') versionId: string,
    @Body() { revision, reasons }: InputOf<typeof productUseCases.releaseVersion>,
  ) {
    return this.catalogue.releaseVersion(actor, id, versionId, revision, reasons);
  }

  @Post(':id/versions/:versionId/statistics-release')
  @HttpCode(200)
  @Operation({
    useCase: productUseCases.releaseStatistics,
    summary: 'Datenstand der Statistik freigeben (Statistikstelle)',
    answers: 'was freigegeben ist',
  })
  releaseStatistics(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Id('versionId') versionId: string,
    @Body() { kind }: InputOf<typeof productUseCases.releaseStatistics>,
  ) {
    return this.statistics.releaseStatistics(actor, id, versionId, kind);
  }

  @Post(':id/versions/:versionId/statistics-withdrawal')
  @HttpCode(200)
  @Operation({
    useCase: productUseCases.withdrawStatistics,
    summary: 'Freigabe eines Datenstands der Statistik zurücknehmen (Statistikstelle)',
    answers: 'was zurückgenommen ist',
  })
  withdrawStatistics(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Id('versionId') versionId: string,
    @Body() { kind }: InputOf<typeof productUseCases.withdrawStatistics>,
  ) {
    return this.statistics.withdrawStatistics(actor, id, versionId, kind);
  }

  @Post(':id/submission')
  @HttpCode(200)
  @Operation({ useCase: productUseCases.submit, summary: 'Zur Prüfung geben', answers: 'neue Revision' })
  submit(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() { revision }: InputOf<typeof productUseCases.submit>,
  ) {
    return this.catalogue.submit(actor, id, revision);
  }

  @Post(':id/send-back')
  @HttpCode(200)
  @Operation({ useCase: productUseCases.sendBack, summary: 'Zur Überarbeitung zurückgeben', answers: 'neue Revision' })
  sendBack(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() { revision }: InputOf<typeof productUseCases.sendBack>,
  ) {
    return this.catalogue.sendBack(actor, id, revision);
  }

  @Post(':id/release')
  @HttpCode(200)
  @Operation({ useCase: productUseCases.release, summary: 'Intern sichtbar machen', answers: 'neue Revision' })
  release(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() { revision, reasons }: InputOf<typeof productUseCases.release>,
  ) {
    return this.catalogue.release(actor, id, revision, reasons);
  }

  @Post(':id/offer')
  @HttpCode(200)
  @Operation({ useCase: productUseCases.offer, summary: 'Anfragbar machen', answers: 'neue Revision' })
  offer(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() { revision }: InputOf<typeof productUseCases.offer>,
  ) {
    return this.catalogue.offer(actor, id, revision);
  }

  @Post(':id/revision')
  @HttpCode(200)
  @Operation({ useCase: productUseCases.revise, summary: 'Zur Überarbeitung öffnen', answers: 'neue Revision' })
  revise(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() { revision }: InputOf<typeof productUseCases.revise>,
  ) {
    return this.catalogue.revise(actor, id, revision);
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Operation({ useCase: productUseCases.withdraw, summary: 'Aus dem Katalog nehmen', answers: 'neue Revision' })
  withdraw(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() { revision }: InputOf<typeof productUseCases.withdraw>,
  ) {
    return this.catalogue.withdraw(actor, id, revision);
  }
}
