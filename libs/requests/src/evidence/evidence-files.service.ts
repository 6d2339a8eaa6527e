// One file: the order of taking a document in, of opening it and of letting it go is the point, and each looks at the others.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CatalogueReads, CatalogueService } from '#lib/catalogue';
import { kernelProblems, newId, parse, systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads } from '#lib/organisation';
import { Rulebook } from '#lib/rulebook';
import {
  EVIDENCE_STORE,
  MALWARE_SCANNER,
  type MalwareScanner,
  type ObjectStore,
  sourcesProblems,
  WorkFolders,
} from '#lib/sources';
import { Inject, Injectable } from '@nestjs/common';
import {
  evidenceLapsed,
  evidenceOpened,
  evidenceUploaded,
  productEvidenceEnded,
  productEvidenceUploaded,
} from '../requests.events';
import { requestProblems, withProblems } from '../requests.problems';
import { RequestAdmission } from '../request/request-admission.service';
import { Evidence, RequestEvidence } from './evidence.entity';
import { EvidenceReads } from './evidence.reads';
import {
  type EvidenceFile,
  evidenceInput,
  type EvidenceInput,
  productEvidenceInput,
  type ProductEvidenceInput,
} from './evidence.view';
import { fileNameOf, type FileType, fileTypeOf } from './file-type';

const MOST_BYTES = 20 * 1024 * 1024;
/** documents of one unit without a request; a disk is not filled by asking */
const MOST_WAITING = 100;
/** days after which a document nobody attached is gone */
const LAPSES_AFTER = 30;

interface SentFile {
  name: string;
  stream: Readable;
}
type Described = Pick<Evidence, 'kind' | 'title' | 'reference' | 'issuer' | 'validFrom' | 'validUntil'>;

/** Documents of people: taken in, opened for those who may, let go when nobody needed them. */
@Injectable()
export class EvidenceFiles {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationReads,
    private readonly catalogue: CatalogueReads,
    private readonly products: CatalogueService,
    private readonly rulebook: Rulebook,
    private readonly admission: RequestAdmission,
    private readonly reads: EvidenceReads,
    private readonly folders: WorkFolders,
    @Inject(EVIDENCE_STORE) private readonly store: ObjectStore,
    @Inject(MALWARE_SCANNER) private readonly scanner: MalwareScanner | null,
  ) {}

  /** Whether documents are scanned for malware here; people are told when they are not. */
  get scans(): boolean {
    return this.scanner !== null;
  }

  /**
   * Keeps a document for requests of a unit. Throws `requester_role_missing`, `validation_failed`, `evidence_type`,
   * `evidence_encrypted`, `evidence_too_large`, `evidence_infected`, `scanner_unavailable`; then nothing is kept.
   */
  async upload(actor: Actor, input: EvidenceInput, file: SentFile): Promise<{ id: string }> {
    const { unitId, ...described } = parse(evidenceInput, input);
    const may = async (tx: Tx): Promise<string> => {
      const personId = await this.admission.requester(tx, actor, unitId);
      const [waiting] = await tx.sql<{ count: number }>(
        `SELECT count(*)::int AS count FROM requests.evidence e WHERE e.unit_id = $1 AND e.lapsed_at IS NULL AND e.product_id IS NULL
            AND NOT EXISTS (SELECT FROM requests.request_evidence a WHERE a.evidence_id = e.id)`,
        [unitId],
      );
      if (waiting!.count >= MOST_WAITING) throw requestProblems.evidence_too_many();
      return personId;
    };
    return this.taken(actor, { ...described, unitId, productId: null }, file, may);
  }

  /** Keeps a document that the provider shows for every request of a product. Throws also `product_not_yours`. */
  async uploadForProduct(
    actor: Actor,
    productId: string,
    input: ProductEvidenceInput,
    file: SentFile,
  ): Promise<{ id: string }> {
    const described = parse(productEvidenceInput, input);
    const { providerUnitId: unitId } = await this.uow.read(actor.acting, (tx) => this.catalogue.product(tx, productId));
    return this.taken(actor, { ...described, unitId, productId }, file, (tx) => this.editor(tx, actor, productId));
  }

  /** The provider no longer shows a document: from now on nothing rests on it. */
  async end(actor: Actor, evidenceId: string): Promise<void> {
    await withProblems(() =>
      this.uow.run(actor.acting, async (tx) => {
        const evidence = await this.reads.find(tx, evidenceId);
        const { productId } = evidence;
        if (productId === null || evidence.lapsedAt) throw requestProblems.evidence_not_found();
        await this.editor(tx, actor, productId);
        await tx.em.update(Evidence, { id: evidence.id }, { lapsedAt: tx.now });
        await tx.emit(productEvidenceEnded({ ...named(evidence), productId }));
      }),
    );
  }

  /**
   * The file for the unit that uploaded it, and for an auditor under a mandate for one of the sides. Throws
   * `evidence_not_found` for everybody else. The opening is on record before the first byte leaves.
   */
  open(actor: Actor, evidenceId: string): Promise<EvidenceFile> {
    return this.opened(actor, null, async (tx) => {
      const evidence = await this.reads.find(tx, evidenceId);
      // what has lapsed without a request has no bytes any more
      const gone = evidence.lapsedAt !== null && evidence.productId === null;
      if (gone || !(await this.mayOpen(tx, actor, evidence))) throw requestProblems.evidence_not_found();
      return evidence;
    });
  }

  /** The file for somebody who has to judge a request; `allowed` says so in the transaction, or throws. */
  openFor(
    actor: Actor,
    evidenceId: string,
    allowed: (tx: Tx) => Promise<{ requestId: string; productId: string }>,
  ): Promise<EvidenceFile> {
    let requestId: string | null = null;
    return this.opened(
      actor,
      () => requestId,
      async (tx) => {
        const request = await allowed(tx);
        ({ requestId } = request);
        const shown = await this.reads.ofRequest(tx, { id: request.requestId, productId: request.productId });
        const evidence = shown.find(({ id }) => id === evidenceId);
        if (!evidence) throw requestProblems.evidence_not_found();
        await this.reads.hadInHand(tx, evidence.id, actor.personId);
        return evidence;
      },
    );
  }

  /** Lets go of what no request ever rested on, row by row: the bytes go when no other row names them. */
  async lapse(): Promise<void> {
    const acting = systemActing('requests.lapse-evidence');
    const due = await this.uow.read(acting, (tx) =>
      tx.sql<{ id: string }>(
        `SELECT e.id FROM requests.evidence e WHERE e.lapsed_at IS NULL AND e.product_id IS NULL AND e.uploaded_at < now() - make_interval(days => $1)
            AND NOT EXISTS (SELECT FROM requests.request_evidence a WHERE a.evidence_id = e.id) ORDER BY e.uploaded_at LIMIT 500`,
        [LAPSES_AFTER],
      ),
    );
    for (const { id } of due) {
      await this.uow.run(acting, async (tx) => {
        const { sha256 } = await this.reads.find(tx, id);
        // whoever uploads the same bytes now waits, and puts them there again
        await lock(tx, sha256);
        // attached meanwhile, or ended by another sweep: then there is nothing to do
        const [row] = await tx.sql<{ objectKey: string }>(
          `UPDATE requests.evidence e SET lapsed_at = now() WHERE e.id = $1 AND e.lapsed_at IS NULL
              AND NOT EXISTS (SELECT FROM requests.request_evidence a WHERE a.evidence_id = e.id) RETURNING e.object_key AS "objectKey"`,
          [id],
        );
        if (!row) return;
        await tx.emit(evidenceLapsed(named(await this.reads.find(tx, id))));
        // the lock holds until the commit; if we die between the two, the row comes again and the object is gone already
        if (!(await isNamed(tx, row.objectKey))) await this.store.remove(row.objectKey);
      });
    }
  }

  private async taken(
    actor: Actor,
    described: Described & Pick<Evidence, 'unitId' | 'productId'>,
    file: SentFile,
    may: (tx: Tx) => Promise<string>,
  ): Promise<{ id: string }> {
    // asked before the first byte is written, and again with the transaction that keeps the document
    await this.uow.run(withoutKey(actor), async (tx) => {
      await may(tx);
      await this.mustBeKnown(tx, described);
    });
    const folder = await this.folders.make();
    try {
      // 1. the bytes. If we die here: a work folder that the next start removes.
      const path = join(folder, 'document');
      await receive(file.stream, path);
      const content = await readFile(path);
      // 2. what it is, and whether something is in it. Nothing of it is kept yet.
      const mediaType = fileTypeOf(content);
      const scannedBy = await this.scanned(path);
      const sha256 = createHash('sha256').update(content).digest('hex');
      // 3. object, row and event. If we die before the commit: an object nobody names.
      return await this.uow.run(actor.acting, async (tx) => {
        const uploadedBy = await may(tx);
        await lock(tx, sha256);
        const { key: objectKey } = await this.store.put(path);
        const evidence: Evidence = {
          ...described,
          ...{ objectKey, sha256, mediaType, scannedBy, uploadedBy },
          id: newId(),
          fileName: fileNameOf(file.name, mediaType),
          bytes: content.length,
          uploadedAt: tx.now,
          lapsedAt: null,
        };
        await tx.em.insert(Evidence, evidence);
        const event = { ...named(evidence), mediaType, bytes: content.length, scanned: scannedBy !== null };
        const { productId } = described;
        await tx.emit(productId ? productEvidenceUploaded({ ...event, productId }) : evidenceUploaded(event));
        return { id: evidence.id };
      });
    } finally {
      await this.folders.remove(folder);
    }
  }

  private async scanned(path: string): Promise<string | null> {
    if (!this.scanner) return null;
    const verdict = await this.scanner.scan(path);
    if (!verdict.clean) throw requestProblems.evidence_infected();
    return this.scanner.name;
  }

  /** The kind is one of the law book in force; a permit that must name its end names it. */
  private async mustBeKnown(tx: Tx, { kind, validUntil, productId }: Described & Pick<Evidence, 'productId'>) {
    const { ruleset } = await this.rulebook.inForce(tx);
    const known = ruleset.evidenceKind(kind);
    const fault = (pointer: string, code: string, detail: string) =>
      kernelProblems.validation_failed({ errors: [{ pointer, code, detail }] });
    if (!known) throw fault('/kind', 'evidence_unknown', `Den Nachweis „${kind}“ gibt es nicht.`);
    if (known.register)
      throw fault(
        '/kind',
        'evidence_registered',
        'Das steht in einem Register des Datenraums. Eine Datei ist nicht nötig.',
      );
    if (productId !== null && !known.shownByProvider)
      throw fault('/kind', 'evidence_of_applicant', 'Diesen Nachweis legt die anfragende Stelle mit ihrem Antrag vor.');
    if (known.namesItsEnd && validUntil === null)
      throw fault('/validUntil', 'evidence_end_missing', 'Bitte nennen Sie, bis wann die Genehmigung gilt.');
  }

  private async editor(tx: Tx, actor: Actor, productId: string): Promise<string> {
    const product = await this.catalogue.product(tx, productId);
    return this.products.editor(tx, actor, product.providerUnitId, product);
  }

  private async mayOpen(tx: Tx, actor: Actor, { id, unitId, productId }: Evidence): Promise<boolean> {
    if (actor.acting.mandates?.length && actor.appointments.some(({ role }) => role === 'REVISION')) {
      // one side of a mandate that names units; the row itself may be seen for another reason
      if (actor.acting.citywide || actor.acting.units.includes(unitId)) return true;
      return tx.em.existsBy(RequestEvidence, { evidenceId: id });
    }
    const roles =
      productId === null
        ? (['REQUESTER', 'REQ_HEAD'] as const)
        : (['STEWARD', await this.organisation.accountableRole(tx, unitId)] as const);
    for (const unit of [unitId, ...(await this.successors(tx, id))])
      for (const role of roles)
        if (await this.organisation.entitledAs(tx, actor, role, unit, { overdue: true })) return true;
    return false;
  }

  /** Who asks today in requests that rest on it. */
  private async successors(tx: Tx, evidenceId: string): Promise<string[]> {
    const rows = await tx.sql<{ unitId: string }>(
      `SELECT DISTINCT organisation.successor_of(r.consumer_unit_id, r.id) AS "unitId" FROM requests.request_evidence a
         JOIN requests.access_request r ON r.id = a.request_id WHERE a.evidence_id = $1`,
      [evidenceId],
    );
    return rows.map(({ unitId }) => unitId);
  }

  private async opened(
    actor: Actor,
    requestOf: (() => string | null) | null,
    find: (tx: Tx) => Promise<Evidence>,
  ): Promise<EvidenceFile> {
    // if the record can not be committed, nothing leaves
    const { objectKey, sha256, fileName, mediaType } = await this.uow.run(withoutKey(actor), async (tx) => {
      const evidence = await find(tx);
      await tx.emit(evidenceOpened({ ...named(evidence), requestId: requestOf?.() ?? null }));
      return evidence;
    });
    const bytes = await readFile(this.store.path(objectKey));
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw sourcesProblems.object_damaged();
    return { bytes, fileName, mediaType: mediaType satisfies FileType };
  }
}

const named = ({ id, unitId, kind, sha256 }: Evidence) => ({ evidenceId: id, unitId, kind, sha256 });

/** All that puts or removes an object of these bytes waits for each other. */
const lock = (tx: Tx, sha256: string) => tx.sql('SELECT pg_advisory_xact_lock(3761, hashtext($1))', [sha256]);

async function isNamed(tx: Tx, objectKey: string): Promise<boolean> {
  const [row] = await tx.sql<{ named: boolean }>(
    'SELECT EXISTS (SELECT FROM requests.evidence e WHERE e.object_key = $1 AND (e.lapsed_at IS NULL OR e.product_id IS NOT NULL)) AS named',
    [objectKey],
  );
  return row!.named;
}

async function receive(stream: Readable, path: string): Promise<void> {
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > MOST_BYTES ? requestProblems.evidence_too_large() : null, chunk);
    },
  });
  await pipeline(stream, limit, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  if (bytes === 0) throw requestProblems.evidence_type({ detail: 'Die Datei ist leer.' });
}

/** A look before the act must not use up the key of the act. */
const withoutKey = ({ acting: { idempotency: _key, ...acting } }: Actor) => acting;
