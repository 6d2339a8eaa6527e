// One file: the whole office of a test, so that a test says only what is special about it.
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { agreementsEntities, AgreementReads, AgreementService, AgreementsModule } from '#lib/agreements';
import { approvalsEntities, ApprovalReads, ApprovalService, ApprovalsModule, Committee } from '#lib/approvals';
import { catalogueEntities, CatalogueModule } from '#lib/catalogue';
import { SUPPORTED } from '#lib/exchange';
import { CONSUMER, DETAIL, FORM } from '#lib/policy';
import { newId, Problem, Relay, systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import {
  type Actor,
  loadPilotOrganisation,
  organisationEntities,
  OrganisationModule,
  OrganisationService,
} from '#lib/organisation';
import type { Capabilities } from '#lib/policy';
import { ReorganisationModule } from '#lib/reorganisation';
import {
  EvidenceFiles,
  type EvidenceInput,
  type RequestFormInput,
  requestsEntities,
  RequestService,
  RequestsModule,
  RequestViews,
} from '#lib/requests';
import { Rulebook, rulebookEntities, RulebookModule } from '#lib/rulebook';
import type { INestApplicationContext } from '@nestjs/common';
import { aDatabase, type TestDatabase } from './database';
import { collectedFor, namedDuty } from './duties';
import { A_PDF, described } from './evidence';
import { aStage } from './stage';
import { today } from './day';
import { GOVERNANCE } from './law';
import { aPilotDatabase } from './pilot-database';

const ISS = 'http://idp.example/realms/datenraum';
const CONFIG_DIR = join(__dirname, '../../config');

export interface AField {
  name: string;
  type?: string;
  class?: string;
  mask?: object | null;
}

/** What a test says of a product; the rest is harmless. */
export interface AProduct {
  unit: string;
  title?: string;
  openness?: 'OPEN' | 'INTERNAL' | 'RESTRICTED';
  personalRef?: 'NONE' | 'AGGREGATED' | 'PSEUDONYMISED' | 'PERSONAL' | 'SPECIAL';
  secrecy?: string[];
  rawSensor?: boolean;
  /** of the card; said to be no where it is not the matter of a test */
  entrusted?: boolean | null;
  /** of a special category: said to be no where it is not the matter of a test */
  criminalRecords?: boolean | null;
  singleCaseCells?: boolean | null;
  strictestPart?: AProduct['personalRef'];
  /** the Statistikstelle released its version as a protected table */
  releasedCube?: boolean;
  /** the product that holds the same data summarised */
  aggregate?: string;
  recipientKinds?: readonly string[];
  /** limits of the owner that stand in the card */
  limits?: Record<string, unknown>;
  purposes?: string[];
  themes?: string[];
  fields?: AField[];
}

/** The pilot organisation at work on a database of its own: people act through the services, events run by `settle()`. */
export class Office {
  private constructor(
    readonly db: TestDatabase,
    readonly app: INestApplicationContext,
    private readonly iss = ISS,
  ) {}

  /** The same people at work behind an app that runs already, with the organisation loaded for this issuer. */
  static async behind(db: TestDatabase, app: INestApplicationContext, iss: string): Promise<Office> {
    const office = new Office(db, app, iss);
    await db.owner.query(`SELECT set_config('app.system', 'on', false)`);
    await office.system((tx) => app.get(Rulebook).install(tx, GOVERNANCE));
    return office;
  }

  /** `law`: another folder of the law book and its roles; `can`: what it may ask of the program. */
  static async open({ law = GOVERNANCE, can = SUPPORTED } = {}): Promise<Office> {
    // another law book, or a program of other abilities, comes into force in this test
    const asShipped = law === GOVERNANCE && can === SUPPORTED;
    const db = await (asShipped ? aPilotDatabase({ OIDC_ISSUER: ISS }) : aDatabase({ GOVERNANCE_DIR: law }));
    const modules = [
      OrganisationModule,
      RulebookModule,
      CatalogueModule,
      RequestsModule,
      ApprovalsModule,
      AgreementsModule,
      ReorganisationModule,
    ];
    const entities = [
      organisationEntities,
      rulebookEntities,
      catalogueEntities,
      requestsEntities,
      approvalsEntities,
      agreementsEntities,
    ].flat();
    const app = await aStage(db, modules, entities, db.config, can);
    const office = new Office(db, app);
    // the owner looks behind the product, past row-level security
    await db.owner.query(`SELECT set_config('app.system', 'on', false)`);
    await office.system(async (tx) => {
      await app.get(Rulebook).install(tx, law);
      await loadPilotOrganisation(tx, join(CONFIG_DIR, 'pilot/organisation.yaml'), ISS);
    });
    return office;
  }

  /** The day of an update: the same program from now on carries out `can`, as if it had been started anew. */
  async updated(can: Capabilities = SUPPORTED): Promise<void> {
    const rulebook = this.app.get(Rulebook);
    Object.assign(rulebook, { capabilities: can, compiled: new Map() });
    await this.system((tx) => rulebook.install(tx, GOVERNANCE));
    await this.settle();
  }

  get uow(): UnitOfWork {
    return this.app.get(UnitOfWork);
  }
  get requests(): RequestService {
    return this.app.get(RequestService);
  }
  get views(): RequestViews {
    return this.app.get(RequestViews);
  }
  get approvals(): ApprovalService {
    return this.app.get(ApprovalService);
  }
  get inbox(): ApprovalReads {
    return this.app.get(ApprovalReads);
  }
  get agreements(): AgreementService {
    return this.app.get(AgreementService);
  }
  get agreementReads(): AgreementReads {
    return this.app.get(AgreementReads);
  }

  system<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.uow.run(systemActing('test'), work);
  }

  /** Rows as the owner of the tables sees them. */
  async rows<T>(text: string, parameters: unknown[] = []): Promise<T[]> {
    return (await this.db.owner.query(text, parameters)).rows as T[];
  }

  /** The person with this user name, as the guard would make them, now. */
  async as(key: string): Promise<Actor> {
    const [account] = await this.rows<{ sub: string }>(
      'SELECT a.sub FROM organisation.account a JOIN organisation.person p ON p.id = a.person_id WHERE p.key = $1 ORDER BY a.sub LIMIT 1',
      [key],
    );
    return this.app.get(OrganisationService).actorFor({
      iss: this.iss,
      sub: account!.sub,
      clientId: 'datenraum-portal',
      kind: 'person',
      expiresAt: new Date(Date.now() + 60_000),
    });
  }

  async machine(): Promise<Actor> {
    const principal = {
      iss: this.iss,
      sub: 'service-account',
      clientId: 'umweltamt-fachverfahren',
      kind: 'client' as const,
      expiresAt: new Date(Date.now() + 60_000),
    };
    return this.app.get(OrganisationService).actorFor(principal);
  }

  async unit(key: string): Promise<string> {
    return (await this.rows<{ id: string }>('SELECT id FROM organisation.unit WHERE key = $1', [key]))[0]!.id;
  }

  private async keyOf(unitId: string): Promise<string> {
    return (await this.rows<{ key: string }>('SELECT key FROM organisation.unit WHERE id = $1', [unitId]))[0]!.key;
  }

  async person(key: string): Promise<string> {
    return (await this.rows<{ id: string }>('SELECT id FROM organisation.person WHERE key = $1', [key]))[0]!.id;
  }

  /** Absent from now on, so that deputies may act. */
  async absent(key: string): Promise<void> {
    await this.rows(
      `INSERT INTO organisation.absence (id, person_id, from_at, to_at, reason, set_by) VALUES ($1, $2, now() - interval '1 hour', now() + interval '1 day', 'URLAUB', $2)`,
      [newId(), await this.person(key)],
    );
  }

  /** A signed contract between two units, valid from yesterday on: about all their products, or those named. Gives its id. */
  async contract(
    a: string,
    b: string,
    kind = 'DUV',
    { until = `now() + interval '1 year'`, products }: { until?: string; products?: string[] } = {},
  ): Promise<string> {
    const [partyA, partyB] = [await this.unit(a), await this.unit(b)].sort();
    const id = newId();
    await this.rows(
      `INSERT INTO organisation.contract (id, party_a, party_b, kind, reference, subject_kind, subject_products, valid_from, valid_to) VALUES ($1, $2, $3, $4, 'Az. 1', $5, $6, now() - interval '1 day', ${until})`,
      [id, partyA, partyB, kind, products ? 'PRODUCTS' : 'PARTIES', products ?? null],
    );
    return id;
  }

  /** Answers to everything the instrument of an agreement asks, to confirm it with. */
  async answers(agreementId: string): Promise<{ answers: Record<string, string> }> {
    const [row] = await this.rows<{ instrument: string; hash: string }>(
      'SELECT instrument, ruleset_hash AS hash FROM agreements.agreement WHERE id = $1',
      [agreementId],
    );
    const { ruleset } = await this.system((tx) => this.app.get(Rulebook).versionByHash(tx, row!.hash));
    const { questions } = ruleset.instruments.get(row!.instrument);
    return { answers: Object.fromEntries(questions.map(({ code }) => [code, 'Steht im Vertrag.'])) };
  }

  /** Ends every contract now, as a signature withdrawn would. */
  async endContracts(): Promise<void> {
    await this.rows(
      `UPDATE organisation.contract SET valid_to = date_trunc('milliseconds', now()) WHERE valid_to > now()`,
    );
  }

  /** A product that can be requested, with one version. It climbs the ladder as the constraints ask. */
  async aProduct(spec: AProduct): Promise<{ id: string; versionId: string }> {
    const {
      unit,
      title = 'Baumkataster',
      openness = 'INTERNAL',
      personalRef = 'NONE',
      secrecy = [],
      rawSensor = false,
      entrusted = false,
      criminalRecords = false,
      singleCaseCells = false,
      strictestPart = null,
      releasedCube = false,
      aggregate = null,
      recipientKinds = CONSUMER,
      limits = {},
    } = spec;
    const {
      purposes = ['KLIMA_UMWELT', 'GEBAEUDEMANAGEMENT'],
      themes = ['UMWELT'],
      fields = [{ name: 'art' }, { name: 'hoehe', type: 'DECIMAL' }, { name: 'bezirk' }],
    } = spec;
    const [id, versionId] = [newId(), newId()];
    const texts = Object.fromEntries(
      [
        ...'steward maintainer originator collectedBy contact leadingSource domain spatial level temporal periodicity modified'.split(
          ' ',
        ),
        ...'collectionLegalBasis purpose deletionRule quality provenance linkKeys termsId dataSubjects dpiaRef ropaRef'.split(
          ' ',
        ),
      ].map((name) => [name, 'x']),
    );
    // limits nobody meets, where they are not the matter of a test
    const card = {
      ...texts,
      detailLevels: DETAIL,
      offers: FORM,
      maxDays: 366,
      slaDays: 250,
      aiUse: 'JA',
      ...collectedFor(purposes, unit),
      ...limits,
    };
    const level = personalRef === 'PERSONAL' || personalRef === 'PSEUDONYMISED' ? 'hoch' : 'normal';
    await this.rows(
      `INSERT INTO catalogue.product (id, provider_unit_id, state, revision, title, summary, description, themes, keywords, openness, personal_ref, secrecy,
         protection_c, protection_i, protection_a, review_by, access_rights, discover_scope, sealed_statistics, security_relevant, licence, non_public_reason,
         allowed_purposes, recipient_kinds, max_retention_days, task, raw_sensor, entrusted, single_case_cells, strictest_part, card, created_at, modified_at, criminal_records, aggregate_product_id)
       VALUES ($1, $2, 'DRAFT', 1, $3, 'kurz', 'lang', $14, '{probe}', $4, $5, $6, $7, 'normal', 'normal', current_date + 300, 'RESTRICTED', 'ALL',
         false, false, 'dl-de/by-2.0', 'intern', $8, $15, 365, 'OWN', $9, $10, $11, $12, $13, now(), now(), $16, $17)`,
      [
        id,
        await this.unit(unit),
        title,
        openness,
        personalRef,
        secrecy,
        level,
        purposes,
        rawSensor,
        entrusted,
        singleCaseCells,
        strictestPart,
        JSON.stringify(card),
        themes,
        recipientKinds,
        criminalRecords,
        aggregate,
      ],
    );
    await this.rows(
      `INSERT INTO catalogue.product_version (id, product_id, number, object_key, sha256, rows, created_at) VALUES ($1, $2, 1, $3, repeat('a', 64), 12, now())`,
      [versionId, id, `objects/${versionId}`],
    );
    for (const [i, { name, type = 'TEXT', class: kind = 'NONE', mask = null }] of fields.entries()) {
      await this.rows(
        `INSERT INTO catalogue.field (version_id, name, position, type, stored, meaning, class, suggested_class, mask) VALUES ($1, $2, $3, $4, $5, $6, $7, 'NONE', $8)`,
        [
          versionId,
          name,
          i + 1,
          type,
          type === 'TEXT' ? 'VARCHAR' : type,
          `Bedeutung von ${name}`,
          kind,
          mask && JSON.stringify(mask),
        ],
      );
    }
    await this.rows('UPDATE catalogue.product_version SET frozen_at = now() WHERE id = $1', [versionId]);
    await this.rows(
      `UPDATE catalogue.product SET state = 'IN_REVIEW', revision = 2, current_version_id = $2 WHERE id = $1`,
      [id, versionId],
    );
    await this.rows(`UPDATE catalogue.product SET state = 'VISIBLE', revision = 3, released_by = $2 WHERE id = $1`, [
      id,
      await this.person('anna.ahorn'),
    ]);
    await this.rows(`UPDATE catalogue.product SET state = 'REQUESTABLE', revision = 4 WHERE id = $1`, [id]);
    if (releasedCube)
      await this.rows(
        `INSERT INTO catalogue.statistics_release (id, version_id, kind, released_by, released_at) VALUES ($1, $2, 'CUBE', $3, now())`,
        [newId(), versionId, await this.person('yara.zahl')],
      );
    return { id, versionId };
  }

  /** A complete form for a product, from today on for about three months. */
  async aForm(productId: string, consumer: string, more: Partial<RequestFormInput> = {}): Promise<RequestFormInput> {
    // of a processor it is the duty of the office it works for
    const whose = more.onBehalfOfUnitId ? await this.keyOf(more.onBehalfOfUnitId) : consumer;
    return {
      productId,
      consumerUnitId: await this.unit(consumer),
      project: 'Stadtklima',
      ...namedDuty(more.purposeCode, whose),
      purposeCode: 'KLIMA_UMWELT',
      purposeText: 'Die Daten werden für die Klimakarte ausgewertet.',
      legalBasis: ['KEIN_PERSONENBEZUG'],
      from: this.day(0),
      until: this.day(90),
      fields: ['art', 'hoehe'],
      form: 'ROWLEVEL',
      retentionDays: 90,
      ...more,
      // what some products ask of everybody: answered in the usual way where it is not the matter of a test
      declarations: {
        usesAi: false,
        linksPersonalProducts: false,
        reidentification: false,
        singleCase: false,
        groupOfPersons: true,
        personnelDecisions: true,
        ...more.declarations,
      },
    };
  }

  /** Documents of these kinds, uploaded by this person for a unit: for `evidenceFiles` of its form. */
  async evidence(
    key: string,
    unit: string,
    kinds: readonly string[],
    more: Partial<EvidenceInput> = {},
  ): Promise<string[]> {
    const ids: string[] = [];
    for (const kind of kinds) {
      const input = described(await this.unit(unit), kind, more);
      const file = { name: `${kind}.pdf`, stream: Readable.from([A_PDF]) };
      ids.push((await this.app.get(EvidenceFiles).upload(await this.as(key), input, file)).id);
    }
    return ids;
  }

  /** The day so many days from today, in Wiesbaden. */
  day(ahead: number): string {
    return today(ahead);
  }

  /** Runs every handler that waits for an event, and those their events call for. */
  async settle(): Promise<void> {
    for (;;) {
      const due = await this.rows<{ event_id: string }>('SELECT event_id FROM kernel.relay_pending ORDER BY event_id');
      if (due.length === 0) return;
      for (const { event_id } of due) await this.app.get(Relay).process(event_id);
    }
  }

  /** Facts of all events whose facts hold this, in the order they happened. */
  async events(facts: object): Promise<{ type: string; facts: Record<string, unknown>; actor: string }[]> {
    return this.rows(
      `SELECT type, facts, actor FROM kernel.audit_event WHERE facts @> $1 ORDER BY created_at, position, event_id`,
      [JSON.stringify(facts)],
    );
  }

  /** The task of this step, open or not, in its latest round. */
  async task(
    requestId: string,
    step: string,
  ): Promise<{ id: string; state: string; decided_by_person_id: string | null }> {
    const rows = await this.rows<{ id: string; state: string; decided_by_person_id: string | null }>(
      'SELECT * FROM approvals.task WHERE request_id = $1 AND step = $2 ORDER BY round DESC LIMIT 1',
      [requestId, step],
    );
    return rows[0]!;
  }

  /** The revision of the request, as a page would have shown it. */
  async revision(requestId: string): Promise<number> {
    return (
      await this.rows<{ revision: number }>('SELECT revision FROM requests.access_request WHERE id = $1', [requestId])
    )[0]!.revision;
  }

  /** Approves a step as this person, with the current revision. */
  async approve(
    key: string,
    requestId: string,
    step: string,
    more: object = {},
  ): Promise<{ taskState: string; requestState: string }> {
    const { id } = await this.task(requestId, step);
    return this.approvals.approve(await this.as(key), id, { revision: await this.revision(requestId), ...more });
  }

  /** Gives the vote of this person's office. */
  async vote(
    key: string,
    requestId: string,
    vote: 'FOR' | 'AGAINST' = 'FOR',
    step = 'SK',
  ): Promise<{ taskState: string; requestState: string }> {
    const { id } = await this.task(requestId, step);
    const text = vote === 'AGAINST' ? { text: 'Der Nutzen wiegt den Eingriff nicht auf.' } : {};
    const revision = await this.revision(requestId);
    return this.app.get(Committee).vote(await this.as(key), id, { revision, vote, ...text });
  }

  /** Opens every document the evidence step asks for and confirms it as this person. */
  async confirmEvidence(key: string, requestId: string): Promise<{ requestState: string }> {
    const { id } = await this.task(requestId, 'EVIDENCE');
    const actor = await this.as(key);
    const asked = (await this.inbox.task(actor, id)).evidence ?? [];
    for (const { document } of asked) if (document) await this.approvals.openEvidence(actor, id, document.id);
    return this.approvals.confirmEvidence(actor, id, {
      revision: await this.revision(requestId),
      evidence: asked.map(({ kind, document }) => ({
        kind,
        reference: `Muster-Akte ${kind}`,
        ...(document && { evidenceId: document.id }),
      })),
    });
  }

  async advise(
    key: string,
    requestId: string,
    step: string,
    opinion: 'POSITIVE' | 'CONDITIONAL' | 'NEGATIVE',
  ): Promise<void> {
    const { id } = await this.task(requestId, step);
    await this.approvals.giveOpinion(await this.as(key), id, {
      revision: await this.revision(requestId),
      opinion,
      text: 'Stellungnahme liegt bei.',
    });
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.db.close();
  }
}

/** The code of the problem a promise ends with, or `none`. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => {
      if (error instanceof Problem) return error.code;
      throw error;
    },
  );
