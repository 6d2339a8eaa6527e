// One file: a gate needs all of the stages before it at once, and a test should not see how they are put together.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DELIVERY_LIMITS, type DeliveryLimits, DeliveryService, Reaper } from '#lib/exchange';
import { newId, UnitOfWork } from '#lib/kernel';
import { OrganisationService } from '#lib/organisation';
import { DETAIL, FORM, type Obligation } from '#lib/policy';
import {
  type FormatName,
  IngestService,
  type Mask,
  OBJECT_STORE,
  type ObjectStore,
  recognise,
  type RowFilter,
} from '#lib/sources';
import { startGateway } from '../../apps/gateway/src/gateway';
import type { TestDatabase } from './database';
import { aPilotDatabase } from './pilot-database';
import { aKey, aKeyServer, signed } from './key-server';

/** A tree as the test knows it, before any engine has seen it. */
export interface Tree {
  baum_id: number;
  bezirk: string;
  art: string;
  gepflanzt: string | null;
  hoehe: string | null;
  x: string;
  gutachter: string;
  gesund: boolean;
}

const DISTRICTS = ['Mitte', 'Süd', 'Biebrich', 'Dotzheim; West', 'Nord "Ost"'];
const KINDS = ['Linde', 'Ahorn', 'Eiche', "=HYPERLINK('x')", '-Buche', 'Säulenpappel'];

/** Trees with everything that goes wrong in a table: gaps, umlauts, delimiters, quotes, formulas. The same every time. */
export function trees(count: number): Tree[] {
  let state = 42;
  const next = (below: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
  return Array.from({ length: count }, (_, i) => ({
    baum_id: i + 1,
    bezirk: DISTRICTS[next(5)]!,
    art: KINDS[next(6)]!,
    gepflanzt: next(10) === 0 ? null : new Date(Date.UTC(1950, 0, 1 + next(27_000))).toISOString().slice(0, 10),
    hoehe: next(12) === 0 ? null : (next(4000) / 100).toFixed(2),
    x: (440_000 + next(9_000_000) / 1000).toFixed(3),
    gutachter: `Gutachterin ${next(90)}`,
    gesund: next(3) > 0,
  }));
}

const TREE_TYPES: Record<keyof Tree, string> = {
  baum_id: 'INTEGER',
  bezirk: 'TEXT',
  art: 'TEXT',
  gepflanzt: 'DATE',
  hoehe: 'DECIMAL',
  x: 'DECIMAL',
  gutachter: 'TEXT',
  gesund: 'BOOLEAN',
};
export const TREE_FIELDS = Object.keys(TREE_TYPES) as (keyof Tree)[];

export interface AgreementOptions {
  /** version to deliver; the trees if not given */
  version?: Version;
  fields?: readonly string[];
  masks?: Record<string, Mask>;
  rows?: RowFilter | null;
  obligations?: Obligation[];
  /** SQL expressions */
  validFrom?: string;
  validUntil?: string;
  consumer?: string;
  form?: Record<string, unknown>;
}

export interface Version {
  productId: string;
  versionId: string;
  fields: string[];
}

export type Gate = Awaited<ReturnType<typeof aGate>>;

/**
 * The gateway as it runs, over HTTP, on a database of its own with the pilot organisation, the rules that ship and a
 * realm that signs tokens. Agreements are put there by the owner, so that a test can set any time and any terms; the
 * gate itself decides, reads, streams and records with nothing replaced. `limits` changes its measures.
 */
export async function aGate(limits: Partial<DeliveryLimits> = {}) {
  const key = aKey('gate');
  const realm = await aKeyServer(key);
  const db: TestDatabase = await aPilotDatabase({
    OIDC_ISSUER: realm.issuer,
    OIDC_CLIENTS: 'datenraum-cli,umweltamt-fachverfahren',
  });
  const folder = mkdtempSync(join(tmpdir(), 'datenraum-gate-'));
  await db.owner.query(`SET app.system = 'on'`);
  const started: NestFastifyApplication[] = [];

  const open = async (changed: Partial<DeliveryLimits> = limits) => {
    const { app, url } = await startGateway(db.config);
    // one object for all apps of a process: take a copy
    const service = app.get(DeliveryService, { strict: false });
    Object.assign(service, { limits: { ...app.get<DeliveryLimits>(DELIVERY_LIMITS, { strict: false }), ...changed } });
    started.push(app);
    return { app, url };
  };
  const { app, url } = await open();
  const uow = app.get(UnitOfWork);

  // one connection: a query waits for the one before it
  let last: Promise<unknown> = Promise.resolve();
  const rows = async <T>(sql: string, parameters: unknown[] = []): Promise<T[]> => {
    const result = last.then(() => db.owner.query(sql, parameters));
    last = result.catch(() => undefined);
    return (await result).rows as T[];
  };
  const one = async <T>(sql: string, parameters: unknown[] = []): Promise<T> => (await rows<T>(sql, parameters))[0]!;
  const unit = async (name: string): Promise<string> =>
    (await one<{ id: string }>('SELECT id FROM organisation.unit WHERE key = $1', [name])).id;
  const person = async (name: string): Promise<string> =>
    (await one<{ id: string }>('SELECT id FROM organisation.person WHERE key = $1', [name])).id;

  /** A bearer token of a person of the pilot, or of the machine client. */
  const bearer = async (who: string, more: Record<string, unknown> = {}): Promise<string> => {
    const account =
      who === 'umweltamt-fachverfahren'
        ? null
        : await one<{ sub: string }>(
            'SELECT a.sub FROM organisation.account a JOIN organisation.person p ON p.id = a.person_id WHERE p.key = $1',
            [who],
          );
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: realm.issuer,
      aud: ['datenraum-api'],
      typ: 'Bearer',
      iat: now,
      exp: now + 300,
      jti: randomBytes(8).toString('hex'),
      ...(account
        ? { sub: account.sub, azp: 'datenraum-cli', sid: 'session' }
        : { sub: 'service-account', azp: who, client_id: who }),
      ...more,
    };
    return signed({ alg: 'RS256', typ: 'JWT', kid: 'gate' }, claims, key.privateKey);
  };
  const actor = async (who: string) => {
    const { sub } = await one<{ sub: string }>(
      'SELECT a.sub FROM organisation.account a JOIN organisation.person p ON p.id = a.person_id WHERE p.key = $1',
      [who],
    );
    return app.get(OrganisationService, { strict: false }).actorFor({
      iss: realm.issuer,
      sub,
      clientId: 'datenraum-cli',
      kind: 'person',
      expiresAt: new Date(Date.now() + 60_000),
    });
  };
  const call = async (path: string, who: string | null, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${url}${path}`, { headers: { ...(who && { authorization: `Bearer ${await bearer(who)}` }), ...headers } });

  /** A product that may be asked for, with one released version over a stored object. */
  const version = async (
    title: string,
    objectKey: string,
    count: number,
    types: Record<string, string>,
    masks: Record<string, Mask> = {},
    product: Record<string, unknown> = {},
  ): Promise<Version> => {
    const [productId, versionId] = [newId(), newId()];
    const providerUnitId = await unit((product.unit as string | undefined) ?? 'gruenflaechenamt');
    const releaser = await person('rosa.mond');
    const texts = Object.fromEntries(
      [
        'steward',
        'maintainer',
        'originator',
        'collectedBy',
        'contact',
        'leadingSource',
        'domain',
        'spatial',
        'level',
        'temporal',
        'periodicity',
        'modified',
        'collectionLegalBasis',
        'purpose',
        'deletionRule',
        'quality',
        'provenance',
        'linkKeys',
        'termsId',
        'dataSubjects',
        'dpiaRef',
        'ropaRef',
      ].map((name) => [name, 'x']),
    );
    // limits nobody meets here
    const card = { ...texts, detailLevels: DETAIL, offers: FORM, maxDays: 366, slaDays: 250, aiUse: 'JA' };
    await rows(
      `INSERT INTO catalogue.product (id, provider_unit_id, state, revision, title, summary, description, themes, keywords, openness, personal_ref, secrecy, protection_c, protection_i,
         protection_a, review_by, access_rights, discover_scope, sealed_statistics, security_relevant, non_public_reason, allowed_purposes, recipient_kinds, max_retention_days,
         about_things, card, created_at, modified_at)
       VALUES ($1, $2, 'DRAFT', 1, $3, 'Zur Probe', '', '{GRUEN}', '{Baum}', 'INTERNAL', $4, '{}', 'normal', 'normal', 'normal', (now() + interval '1 year')::date, 'RESTRICTED', 'ALL', false, false,
         'Zur Probe', $5, '{OTHER_OFFICE,GESELLSCHAFT}', 365, true, $6, now(), now())`,
      [productId, providerUnitId, title, product.personalRef ?? 'NONE', [PURPOSE], JSON.stringify(card)],
    );
    await rows(
      `INSERT INTO catalogue.product_version (id, product_id, number, object_key, sha256, rows, created_at) VALUES ($1, $2, 1, $3, $4, $5, now())`,
      [versionId, productId, objectKey, createHash('sha256').update(objectKey).digest('hex'), count],
    );
    let position = 0;
    for (const [name, type] of Object.entries(types)) {
      await rows(
        `INSERT INTO catalogue.field (version_id, name, position, type, stored, meaning, class, suggested_class, mask) VALUES ($1, $2, $3, $4, $5, 'Zur Probe', $6, 'NONE', $7)`,
        [
          versionId,
          name,
          ++position,
          type,
          STORED[type],
          masks[name] ? 'DIRECT_ID' : 'NONE',
          masks[name] ? JSON.stringify(masks[name]) : null,
        ],
      );
    }
    await rows('UPDATE catalogue.product_version SET frozen_at = now() WHERE id = $1', [versionId]);
    await rows(
      `UPDATE catalogue.product SET revision = 2, state = 'IN_REVIEW', current_version_id = $2 WHERE id = $1`,
      [productId, versionId],
    );
    await rows(`UPDATE catalogue.product SET revision = 3, state = 'VISIBLE', released_by = $2 WHERE id = $1`, [
      productId,
      releaser,
    ]);
    await rows(`UPDATE catalogue.product SET revision = 4, state = 'REQUESTABLE' WHERE id = $1`, [productId]);
    return { productId, versionId, fields: Object.keys(types) };
  };

  const data = trees(4000);
  const csv = join(folder, 'baeume.csv');
  const cell = (value: unknown): string => (value === null ? '' : `"${String(value).replaceAll('"', '""')}"`);
  writeFileSync(
    csv,
    [TREE_FIELDS.join(','), ...data.map((tree) => TREE_FIELDS.map((name) => cell(tree[name])).join(','))].join('\n'),
  );
  const ingested = await app.get(IngestService, { strict: false }).ingest(csv, await recognise(csv));
  const treeVersion = await version('Baumkataster', ingested.objectKey, ingested.rows, TREE_TYPES, {
    gutachter: { kind: 'redact', with: 'entfernt' },
    gepflanzt: { kind: 'year' },
    x: { kind: 'grid', metres: 100 },
  });

  /** A table too large for any socket buffer: its stream lives as long as the test reads. */
  const largeVersion = async (count: number): Promise<Version> => {
    const file = join(folder, `large-${count}.parquet`);
    const engine = await DuckDBInstance.create();
    const connection = await engine.connect();
    await connection.run(
      `COPY (SELECT i AS id, md5(i::VARCHAR) AS a, md5((i + 1)::VARCHAR) AS b, md5((i + 2)::VARCHAR) AS c FROM range(${count}) t(i)) TO '${file}' (FORMAT parquet)`,
    );
    connection.closeSync();
    const { key: objectKey } = await app.get<ObjectStore>(OBJECT_STORE, { strict: false }).put(file);
    return version('Große Tabelle', objectKey, count, { id: 'INTEGER', a: 'TEXT', b: 'TEXT', c: 'TEXT' });
  };

  /** An agreement in force between the provider of the version and the consumer. */
  const agreement = async (options: AgreementOptions = {}): Promise<string> => {
    const {
      version: { productId, versionId, fields: all } = treeVersion,
      masks = {},
      rows: filter = null,
      obligations = [],
    } = options;
    const fields = options.fields ?? all;
    const [requestId, decisionId, agreementId] = [newId(), newId(), newId()];
    const consumer = await unit(options.consumer ?? 'umweltamt');
    const { provider } = await one<{ provider: string }>(
      'SELECT provider_unit_id AS provider FROM catalogue.product WHERE id = $1',
      [productId],
    );
    // somebody of the asking unit: a request whose person left rests
    const [asker] = await rows<{ id: string }>(
      `SELECT person_id AS id FROM organisation.appointment WHERE unit_id = $1 AND role = 'REQUESTER' AND state = 'IN_FORCE' ORDER BY id LIMIT 1`,
      [consumer],
    );
    const requester = asker?.id ?? (await person('eva.bach'));
    const validFrom = options.validFrom ?? `now() - interval '1 day'`;
    const validUntil = options.validUntil ?? `now() + interval '30 days'`;
    const form = {
      productId,
      consumerUnitId: consumer,
      project: 'Probe',
      caseNumber: null,
      purposeCode: PURPOSE,
      purposeText: 'Wir prüfen das Tor.',
      legalBasis: [],
      changeGround: null,
      evidence: [],
      from: '2026-01-01',
      until: '2026-12-31',
      fields,
      insistsOnFields: false,
      rows: filter,
      // fetched as often as a test likes; single rows have a number
      form: 'API_LIVE',
      necessity: null,
      recipients: [],
      onwardUnitIds: [],
      processorUnitId: null,
      retentionDays: 30,
      attachments: [],
      declarations: {
        usesAi: false,
        holdsKey: false,
        thirdCountry: false,
        automatedDecision: false,
        linksPersonalProducts: false,
        nonProduction: false,
      },
      ...options.form,
    };
    const number = `2026-${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`;
    await rows(
      `INSERT INTO requests.access_request (id, number, state, revision, consumer_unit_id, provider_unit_id, requester_person_id, product_id, product_version_id, purpose_code, form,
         valid_from, valid_until, created_at, changed_at)
       VALUES ($1, $2, 'SUBMITTED', 1, $3, $4, $5, $6, $7, $8, $9, ${validFrom}, ${validUntil}, now(), now())`,
      [requestId, number, consumer, provider, requester, productId, versionId, PURPOSE, JSON.stringify(form)],
    );
    await rows(
      `INSERT INTO requests.decision (id, request_id, request_revision, form_number, phase, cause, outcome, rules, obligations, because, ruleset_hash, facts, facts_canonical, facts_sha256,
         consumer_unit_id, provider_unit_id, decided_at)
       VALUES ($1, $2, 1, 1, 'REQUEST', 'SUBMIT', 'PERMIT', '{}', '[]', '[]', 'x', '{}', '{}', encode(sha256('{}'), 'hex'), $3, $4, now())`,
      [decisionId, requestId, consumer, provider],
    );
    await rows(`UPDATE requests.access_request SET state = 'PERMITTED', revision = 2, decision_id = $2 WHERE id = $1`, [
      requestId,
      decisionId,
    ]);
    const terms = {
      productVersionId: versionId,
      fields,
      masks,
      rows: filter,
      form: form.form,
      purposeCode: PURPOSE,
      purposeText: 'x',
      recipients: [],
      processorUnitId: null,
      retentionDays: 30,
      obligations,
      notes: [],
      rules: [],
      rulesetHash: 'x',
    };
    await rows(
      `INSERT INTO agreements.agreement (id, request_id, number, state, revision, consumer_unit_id, provider_unit_id, product_id, product_version_id, instrument, consent, terms, terms_text,
         terms_sha256, ruleset_hash, decision_id, valid_from, valid_until, created_at, changed_at)
       VALUES ($1, $2, $3, 'OFFERED', 1, $4, $5, $6, $7, 'VERMERK', 'STANDING_OFFER', $8, 'x', encode(sha256('x'), 'hex'), 'x', $9, ${validFrom}, ${validUntil}, now(), now())`,
      [agreementId, requestId, number, consumer, provider, productId, versionId, JSON.stringify(terms), decisionId],
    );
    // an office confirms by whoever asked, a company by whoever answers for it
    const [signer] = await rows<{ id: string }>(
      `SELECT p.id FROM organisation.person p WHERE agreements.signs_for(p.id, false, $1, $2) ORDER BY p.id = $3 DESC, p.id LIMIT 1`,
      [consumer, productId, requester],
    );
    await rows(
      `UPDATE agreements.agreement SET state = 'ACTIVE', revision = 2, confirmed_by_person_id = $2, confirmed_at = now(), activation_decision_id = $3
        WHERE id = $1 AND valid_until > now()`,
      [agreementId, signer!.id, decisionId],
    );
    return agreementId;
  };

  return {
    db,
    app,
    url,
    realm,
    rows,
    one,
    unit,
    person,
    bearer,
    actor,
    call,
    version,
    largeVersion,
    agreement,
    open,
    uow,
    data,
    treeVersion,
    deliveries: app.get(DeliveryService, { strict: false }),
    reaper: app.get(Reaper, { strict: false }),
    ticket: async (agreementId: string, format: FormatName = 'csv', who = 'eva.bach') =>
      app.get(DeliveryService, { strict: false }).createTicket(await actor(who), agreementId, format),
    /** as the owner of the agreement would: effective with this statement */
    revoke: (agreementId: string) =>
      rows(
        `UPDATE agreements.agreement SET state = 'REVOKED', revision = revision + 1, ended_at = now(), ended_by_person_id = confirmed_by_person_id, end_reason = 'Probe' WHERE id = $1`,
        [agreementId],
      ),
    /** the newest exchange of an agreement and its events, oldest first */
    record: async (agreementId: string) => ({
      exchange: (
        await rows<ExchangeRow>(
          "SELECT *, encode(sha256, 'hex') AS digest FROM exchange.exchange WHERE agreement_id = $1 ORDER BY started_at DESC, id DESC LIMIT 1",
          [agreementId],
        )
      )[0],
      events: await rows<{ type: string; facts: Record<string, unknown> }>(
        `SELECT type, facts FROM kernel.audit_event WHERE facts->>'agreementId' = $1 AND type LIKE 'exchange.%' ORDER BY created_at, position`,
        [agreementId],
      ),
    }),
    close: async () => {
      for (const one of started) {
        one.getHttpServer().closeAllConnections();
        await one.close();
      }
      await realm.close();
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** counts come as text, as PostgreSQL gives bigint */
export interface ExchangeRow {
  id: string;
  state: string;
  reason: string | null;
  released_bytes: string;
  bytes: string | null;
  rows: string | null;
  digest: string | null;
}

const PURPOSE = 'KLIMA_UMWELT';
const STORED: Record<string, string> = {
  INTEGER: 'BIGINT',
  TEXT: 'VARCHAR',
  DATE: 'DATE',
  DECIMAL: 'DECIMAL(18,3)',
  BOOLEAN: 'BOOLEAN',
};
