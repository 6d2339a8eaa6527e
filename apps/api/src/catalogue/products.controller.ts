import { Body, Controller, Get, HttpCode, Patch, Post, Put, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  CatalogueReads,
  CatalogueService,
  completeness,
  draftSchema,
  type FieldInput,
  fieldsSchema,
  patchSchema,
  UploadService,
} from '#lib/catalogue';
import { kernelProblems, parse, readable, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { OPENNESS, PERSONAL_REF } from '#lib/policy';
import { hintsSchema } from '#lib/sources';
import { Id, Operation } from '../operation';

const search = z.strictObject({
  text: z.string().max(500).default(''),
  theme: z.string().max(60).optional(),
  keyword: z.string().max(60).optional(),
  providerUnitId: z.uuid().optional(),
  openness: z.enum(OPENNESS).optional(),
  personalRef: z.enum(PERSONAL_REF).optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
const revision = z.int('Bitte senden Sie die Revision mit, die Sie gelesen haben.');
const description = z.strictObject({ revision, patch: patchSchema });
const step = z.strictObject({ revision });
const fieldSet = z.strictObject({ revision, fields: fieldsSchema });
const versionOf = z.strictObject({ uploadId: z.uuid() });

/** Data products: find, draft, describe, upload, release, offer. Metadata is visible although the data is locked. */
@Controller('v1/products')
export class ProductsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly catalogue: CatalogueService,
    private readonly reads: CatalogueReads,
    private readonly uploads: UploadService,
  ) {}

  @Get()
  @Operation({
    may: 'catalogue.read',
    audit: 'none: metadata the reader may see',
    summary: 'Katalog durchsuchen',
    query: search,
    answers: 'Treffer, neueste zuerst',
  })
  search(@CurrentActor() actor: Actor, @Query() { text, after, limit, ...filters }: z.output<typeof search>) {
    return this.uow.read(actor.acting, (tx) =>
      this.reads.search(tx, text, filters, { limit, ...(after && { after }) }),
    );
  }

  @Get(':id')
  @Operation({
    may: 'catalogue.read',
    audit: 'none: metadata the reader may see',
    summary: 'Ein Datenprodukt',
    answers: 'Metadaten, Felder und was bis zur nächsten Stufe fehlt',
  })
  product(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.read(actor.acting, async (tx) => {
      const product = await this.reads.product(tx, id);
      const described = await this.reads.described(tx, product);
      return {
        ...product,
        version: await this.reads.currentVersion(tx, id),
        missing: { visible: completeness(described, 'VISIBLE'), requestable: completeness(described, 'REQUESTABLE') },
      };
    });
  }

  @Post()
  @Operation({
    may: 'product.edit',
    audit: 'product.drafted.v1',
    summary: 'Entwurf anlegen',
    body: draftSchema,
    answers: 'Kennung und Revision',
  })
  draft(@CurrentActor() actor: Actor, @Body() input: z.output<typeof draftSchema>) {
    return this.uow.run(actor.acting, (tx) => this.catalogue.createDraft(tx, actor, input));
  }

  @Patch(':id')
  @Operation({
    may: 'product.edit',
    audit: 'product.described.v1',
    summary: 'Metadaten ändern',
    body: description,
    answers: 'neue Revision',
  })
  describe(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() { revision, patch }: z.output<typeof description>,
  ) {
    return this.uow.run(actor.acting, (tx) => this.catalogue.describe(tx, actor, id, revision, patch));
  }

  @Post(':id/uploads')
  @Operation({
    may: 'product.edit',
    audit: 'upload.recognised.v1',
    summary: 'Datei hochladen: was wurde erkannt?',
    upload: true,
    answers: 'Vorschau; es entsteht noch kein Stand',
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
        hints === undefined ? {} : parse(hintsSchema, json(hints)),
      );
    } finally {
      file.file.resume(); // whatever was not read must not keep the connection waiting
    }
  }

  @Put(':id/uploads/:uploadId')
  @Operation({
    may: 'product.edit',
    audit: 'none: changes how the file is read, nothing is stored yet',
    summary: 'Erkennung berichtigen',
    body: hintsSchema,
    answers: 'neue Vorschau',
  })
  preview(@CurrentActor() actor: Actor, @Id('uploadId') uploadId: string, @Body() hints: z.output<typeof hintsSchema>) {
    return this.uploads.preview(actor, uploadId, hints);
  }

  @Post(':id/versions')
  @Operation({
    may: 'product.edit',
    audit: 'product-version.added.v1',
    summary: 'Hochgeladene Datei als neuen Stand übernehmen',
    body: versionOf,
    answers: 'Kennung des Stands',
  })
  confirmUpload(@CurrentActor() actor: Actor, @Body() { uploadId }: z.output<typeof versionOf>) {
    return this.uploads.confirmUpload(actor, uploadId);
  }

  @Put(':id/versions/:versionId/fields')
  @Operation({
    may: 'product.edit',
    audit: 'product-version.described.v1',
    summary: 'Felder beschreiben und einstufen',
    body: fieldSet,
    answers: 'neue Revision',
  })
  setFields(
    @CurrentActor() actor: Actor,
    @Id('versionId') versionId: string,
    @Body() { revision, fields }: z.output<typeof fieldSet>,
  ) {
    return this.uow.run(actor.acting, (tx) =>
      this.catalogue.setFields(tx, actor, versionId, revision, fields as FieldInput[]),
    );
  }

  @Post(':id/versions/:versionId/release')
  @HttpCode(200)
  @Operation({
    may: 'product.release',
    audit: 'product-version.released.v1',
    summary: 'Neuen Stand freigeben',
    body: step,
    answers: 'neue Revision',
  })
  releaseVersion(
    @CurrentActor() actor: Actor,
    @Id('versionId') versionId: string,
    @Body() { revision }: z.output<typeof step>,
  ) {
    return this.uow.run(actor.acting, (tx) => this.catalogue.releaseVersion(tx, actor, versionId, revision));
  }

  @Post(':id/submission')
  @HttpCode(200)
  @Operation({
    may: 'product.edit',
    audit: 'product.submitted.v1',
    summary: 'Zur Prüfung geben',
    body: step,
    answers: 'neue Revision',
  })
  submit(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() { revision }: z.output<typeof step>) {
    return this.uow.run(actor.acting, (tx) => this.catalogue.submit(tx, actor, id, revision));
  }

  @Post(':id/send-back')
  @HttpCode(200)
  @Operation({
    may: 'catalogue.read',
    audit: 'product.sent-back.v1',
    summary: 'Zur Überarbeitung zurückgeben',
    body: step,
    answers: 'neue Revision',
  })
  sendBack(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() { revision }: z.output<typeof step>) {
    return this.uow.run(actor.acting, (tx) => this.catalogue.sendBack(tx, actor, id, revision));
  }

  @Post(':id/release')
  @HttpCode(200)
  @Operation({
    may: 'product.release',
    audit: 'product.released.v1',
    summary: 'Intern sichtbar machen',
    body: step,
    answers: 'neue Revision',
  })
  release(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() { revision }: z.output<typeof step>) {
    return this.uow.run(actor.acting, (tx) => this.catalogue.release(tx, actor, id, revision));
  }

  @Post(':id/offer')
  @HttpCode(200)
  @Operation({
    may: 'product.release',
    audit: 'product.offered.v1',
    summary: 'Anfragbar machen',
    body: step,
    answers: 'neue Revision',
  })
  offer(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() { revision }: z.output<typeof step>) {
    return this.uow.run(actor.acting, (tx) => this.catalogue.offer(tx, actor, id, revision));
  }

  @Post(':id/revision')
  @HttpCode(200)
  @Operation({
    may: 'product.edit',
    audit: 'product.revised.v1',
    summary: 'Zur Überarbeitung öffnen',
    body: step,
    answers: 'neue Revision',
  })
  revise(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() { revision }: z.output<typeof step>) {
    return this.uow.run(actor.acting, (tx) => this.catalogue.revise(tx, actor, id, revision));
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Operation({
    may: 'product.release',
    audit: 'product.withdrawn.v1',
    summary: 'Aus dem Katalog nehmen',
    body: step,
    answers: 'neue Revision',
  })
  withdraw(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() { revision }: z.output<typeof step>) {
    return this.uow.run(actor.acting, (tx) => this.catalogue.withdraw(tx, actor, id, revision));
  }
}

function json(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw kernelProblems.request_malformed({ detail: 'Das Feld hints ist kein JSON.', cause });
  }
  return readable(value);
}
