import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config, line, newId, parse, Schedules, systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import type { Actor } from '#lib/organisation';
import {
  READING_LIMITS,
  type Hints,
  type IngestedVersion,
  IngestService,
  type Recognition,
  recognise,
  sourcesProblems,
} from '#lib/sources';
import { uploadRecognised, versionAdded } from './catalogue.events';
import { catalogueProblems as problems } from './catalogue.problems';
import { CatalogueReads } from './catalogue.reads';
import { CatalogueService, facts, inWork, withEditor } from './catalogue.service';
import { CLASS_RANK, suggestClass } from './field-classes';
import type { Product } from './product.entity';
import { FieldRow, PendingUpload, VersionRow } from './product-version.entity';
import type { ConfirmedUpload, UploadPreview } from './product.view';

const A_DAY = 24 * 3600;

/**
 * Two steps from a file to a version: the upload is recognised and shown, and only the confirmed one is stored. The
 * reading happens outside any transaction; what a crash leaves is a nameless file that the next sweep removes.
 */
@Injectable()
export class UploadService implements OnModuleInit {
  private readonly folder: string;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly uow: UnitOfWork,
    private readonly reads: CatalogueReads,
    private readonly catalogue: CatalogueService,
    private readonly ingest: IngestService,
    private readonly schedules: Schedules,
  ) {
    this.folder = join(config.objectStoreDir, 'uploads');
  }

  onModuleInit(): void {
    this.schedules.register({ name: 'catalogue.drop-stale-uploads', everySeconds: 3600, run: () => this.dropStale() });
  }

  /** Keeps the file for a day and says what it is. Throws the problems of `recognise`; then nothing is kept. */
  async attachUpload(
    actor: Actor,
    productId: string,
    file: { name: string; stream: Readable },
    hints: Hints = {},
  ): Promise<UploadPreview> {
    // asked before the first byte is written, and again with the transaction that keeps the upload
    await this.uow.run(withoutKey(actor), (tx) => this.editable(tx, actor, productId));
    const fileName = displayName(file.name);
    const uploadId = newId();
    const path = this.path(uploadId);
    try {
      // 1. the bytes. If we die here: a file without a row, swept after a day.
      await this.receive(file.stream, path);
      // 2. what it is, in a child process with limits of its own
      const recognition = await recognise(path, hints);
      // 3. row and event together. If we die before the commit, as in 1.
      return await this.uow.run(actor.acting, async (tx) => {
        const product = await this.editable(tx, actor, productId);
        const { providerUnitId } = product;
        await tx.em.insert(PendingUpload, {
          id: uploadId,
          productId,
          providerUnitId,
          fileName,
          recognition,
          createdAt: tx.now,
          versionId: null,
        });
        const { rowCount: rows, columns, faultCount } = recognition;
        await tx.emit(
          uploadRecognised({ uploadId, productId, providerUnitId, rows, columns: columns.length, faults: faultCount }),
        );
        return { uploadId, fileName, recognition, suggestions: suggestions(recognition, product) };
      });
    } catch (problem) {
      await rm(path, { force: true });
      throw problem;
    }
  }

  /** The preview as kept, or read anew with what a person corrected. */
  async preview(actor: Actor, productId: string, uploadId: string, hints?: Hints): Promise<UploadPreview> {
    const upload = await this.uow.read(actor.acting, (tx) => this.pending(tx, productId, uploadId));
    const kept = upload.recognition as Recognition;
    // what was chosen or found stays so until somebody names another connector
    const recognition = hints ? await recognise(this.path(uploadId), { connector: kept.format.kind, ...hints }) : kept;
    return this.uow.run(withoutKey(actor), async (tx) => {
      const product = await this.editable(tx, actor, upload.productId);
      if (hints) await tx.em.update(PendingUpload, { id: uploadId }, { recognition: recognition });
      return { uploadId, fileName: upload.fileName, recognition, suggestions: suggestions(recognition, product) };
    });
  }

  /** Makes the version. Throws `csv_faulty` or `file_faulty` naming rows and columns; then nothing is stored. Confirming twice gives the same version. */
  async confirmUpload(actor: Actor, productId: string, uploadId: string): Promise<ConfirmedUpload> {
    const upload = await this.uow.read(actor.acting, (tx) => this.pending(tx, productId, uploadId));
    if (upload.versionId === null) {
      await this.uow.run(withoutKey(actor), (tx) => this.editable(tx, actor, upload.productId));
      const ingested = await this.ingested(actor, upload);
      if (ingested) {
        // if we die here: an object nobody names
        const confirmed = await this.uow.run(actor.acting, (tx) => this.keep(tx, actor, upload, ingested));
        // if we die here: the file waits for the sweep
        await rm(this.path(uploadId), { force: true });
        return confirmed;
      }
    }
    return this.uow.read(actor.acting, async (tx) => {
      const { versionId } = await this.pending(tx, productId, uploadId);
      return this.confirmed(tx, productId, versionId ?? '');
    });
  }

  /** The stored object; null when another confirmation was faster and has taken the file away. */
  private async ingested(actor: Actor, { id, productId, recognition }: PendingUpload): Promise<IngestedVersion | null> {
    try {
      return await this.ingest.ingest(this.path(id), recognition as Recognition);
    } catch (problem) {
      const { versionId } = await this.uow.read(actor.acting, (tx) => this.pending(tx, productId, id));
      if (versionId !== null) return null;
      throw problem;
    }
  }

  private async keep(
    tx: Tx,
    actor: Actor,
    { id, productId }: PendingUpload,
    ingested: IngestedVersion,
  ): Promise<ConfirmedUpload> {
    const product = await this.catalogue.locked(tx, productId, null);
    const editor = await this.catalogue.editor(tx, actor, product.providerUnitId, product);
    // under the product's lock: of two confirmations at once the second finds the version of the first
    const { versionId: done } = await tx.em.findOneByOrFail(PendingUpload, { id });
    if (done) return this.confirmed(tx, productId, done);

    const [before] = await tx.em.find(VersionRow, { where: { productId }, order: { number: 'DESC' }, take: 1 });
    const number = (before?.number ?? 0) + 1;
    const versionId = newId();
    const { objectKey, sha256, rows } = ingested;
    await tx.em.insert(VersionRow, {
      id: versionId,
      productId,
      number,
      objectKey,
      sha256,
      rows,
      createdBy: editor,
      createdAt: tx.now,
      frozenAt: null,
    });
    const known = product.currentVersionId ? await tx.em.findBy(FieldRow, { versionId: product.currentVersionId }) : [];
    const fields = ingested.columns.map((column, at): FieldRow => {
      const suggestion = suggestClass(column, product.aboutThings);
      const old = known.find(({ name, type }) => name === column.name && type === column.type);
      // what a person has said of this field stays said, unless the scan now sees more in it
      const stands =
        old?.class != null &&
        (CLASS_RANK[old.class] >= CLASS_RANK[suggestion.class] || old.suggestedClass === suggestion.class);
      return {
        versionId,
        name: column.name,
        position: at + 1,
        type: column.type,
        stored: column.stored,
        meaning: old?.meaning ?? '',
        unit: old?.unit ?? null,
        class: stands ? (old?.class ?? null) : null,
        classReason: stands ? (old?.classReason ?? null) : null,
        suggestedClass: suggestion.class,
        suggestedBecause: suggestion.because,
        mask: old?.mask ?? null,
        generalisations: old?.generalisations ?? [],
        listedIn: old?.listedIn ?? [],
      };
    });
    for (let at = 0; at < fields.length; at += 500) await tx.em.insert(FieldRow, fields.slice(at, at + 500));
    const sameShape = fields.length === known.length && fields.every(({ class: kind }) => kind !== null);
    const current = inWork(product) || (sameShape && product.currentVersionId !== null);
    // the same fields in a released product: new data of what was released, so it is released with it
    if (current && !inWork(product)) await tx.em.update(VersionRow, { id: versionId }, { frozenAt: tx.now });
    const changed = await this.catalogue.change(tx, product, {
      editedBy: withEditor(product, editor),
      ...(current && { currentVersionId: versionId }),
    });
    await tx.em.update(PendingUpload, { id }, { versionId, recognition: null });
    await tx.emit(
      versionAdded({ ...facts(changed), versionId, number, sha256, rows, columns: fields.length, current }),
    );
    return { productId, versionId, number, rows, current, revision: changed.revision };
  }

  private async confirmed(tx: Tx, productId: string, versionId: string): Promise<ConfirmedUpload> {
    const { number, rows } = await this.reads.version(tx, versionId);
    const { currentVersionId, revision } = await this.reads.product(tx, productId);
    return { productId, versionId, number, rows, current: currentVersionId === versionId, revision };
  }

  private async editable(tx: Tx, actor: Actor, productId: string): Promise<Product> {
    const product = await this.reads.product(tx, productId);
    await this.catalogue.editor(tx, actor, product.providerUnitId, product);
    if (product.state === 'WITHDRAWN') throw problems.product_state();
    return product;
  }

  /** An upload of another product is not found here. */
  private async pending(tx: Tx, productId: string, uploadId: string): Promise<PendingUpload> {
    const upload = await tx.em.findOneBy(PendingUpload, { id: uploadId, productId });
    if (!upload) throw problems.upload_not_found();
    return upload;
  }

  private async receive(stream: Readable, path: string): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    let bytes = 0;
    const limit = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        done(bytes > READING_LIMITS.fileBytes ? sourcesProblems.file_too_large() : null, chunk);
      },
    });
    await pipeline(stream, limit, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    const handle = await open(path, 'r');
    await handle.sync().finally(() => handle.close());
  }

  /** The name is ours, its ending too, whatever the file is; what the person called it is shown and never a path. */
  private path(uploadId: string): string {
    return join(this.folder, `${uploadId}.csv`);
  }

  /** Unconfirmed uploads hold real cells: after a day they go, row and file. */
  async dropStale(): Promise<void> {
    await this.uow.run(systemActing('catalogue.drop-stale-uploads'), (tx) =>
      tx.sql(`DELETE FROM catalogue.pending_upload WHERE created_at < now() - interval '1 day' AND version_id IS NULL`),
    );
    for (const name of await readdir(this.folder).catch(() => [])) {
      const age = await stat(join(this.folder, name)).then(
        ({ mtimeMs }) => (Date.now() - mtimeMs) / 1000,
        () => 0,
      );
      if (age > A_DAY) await rm(join(this.folder, name), { force: true });
    }
  }
}

const suggestions = ({ columns }: Recognition, { aboutThings }: Product) =>
  columns.map((column) => suggestClass(column, aboutThings));

/** A look before the act must not use up the key of the act. */
const withoutKey = ({ acting }: Actor) => ({ ...acting, idempotency: undefined });

const namedFile = z.strictObject({ file: line(200) });
/** Shown to people: without path, at most 200 characters. Throws `validation_failed` for signs nobody sees. */
function displayName(name: string): string {
  const last = name.split(/[/\\]/).at(-1)!.trim();
  return last === '' ? 'ohne Namen' : parse(namedFile, { file: [...last].slice(0, 200).join('') }).file;
}
