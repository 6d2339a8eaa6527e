// One file because all of it stands on the same pilot organisation: ladder, second line, search, scope, hostile text.
import type { INestApplicationContext } from '@nestjs/common';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads } from '#lib/organisation';
import type { TestDatabase } from '../../../test/support/database';
import { aPilotCatalogue, type PilotCatalogue } from '../../../test/support/pilot-catalogue';
import { CatalogueReads, CatalogueService, type Changed, METADATA, type Metadatum, MUSTS, type ProductPatch } from './';
import { columnName, isList } from './metadatum';
import { VersionRow, FieldRow } from './product-version.entity';

const [ANNA, BENNO, CLARA, EVA, HANNA, IDA, NILS, QUIRIN] = [1, 2, 3, 4, 7, 8, 13, 16];

const COMPLETE = {
  themes: ['UMWELT'],
  keywords: ['Bäume'],
  openness: 'INTERNAL',
  personalRef: 'NONE',
  secrecy: [],
  protectionC: 'normal',
  protectionI: 'normal',
  protectionA: 'normal',
  reviewBy: inMonths(12),
  accessRights: 'RESTRICTED',
  discoverScope: 'CITY',
  sealedStatistics: false,
  securityRelevant: false,
  nonPublicReason: 'Noch nicht geprüft',
  maxRetentionDays: 90,
  allowedPurposes: ['KLIMA_UMWELT'],
  recipientKinds: ['OTHER_OFFICE'],
  card: {
    steward: 'a',
    maintainer: 'a',
    originator: 'a',
    collectedBy: 'a',
    contact: 'a@b.example',
    leadingSource: true,
    domain: 'a',
    spatial: 'a',
    level: 'PUNKT',
    temporal: 'a',
    periodicity: 'JAEHRLICH',
    modified: '2026-01-01',
    termsId: 'intern-1',
    detailLevels: ['EINZELFALL'],
    collectionLegalBasis: 'a',
    purpose: 'a',
    deletionRule: 'a',
    maxDays: 90,
    slaDays: 5,
    offers: ['ROWLEVEL'],
    quality: 'a',
    provenance: 'a',
    linkKeys: [],
    aiUse: 'NEIN',
  },
} satisfies ProductPatch;

let pilot: PilotCatalogue;
let db: TestDatabase;
let app: INestApplicationContext;
let uow: UnitOfWork;
let catalogue: CatalogueService;
let reads: CatalogueReads;

const actor = (number: number): Promise<Actor> => pilot.actor(number);
const as = async <T>(number: number, work: (tx: Tx, actor: Actor) => Promise<T>): Promise<T> => {
  const who = await actor(number);
  return uow.run(who.acting, (tx) => work(tx, who));
};
const find = async (number: number, text: string, filters = {}) =>
  (await as(number, (tx) => reads.search(tx, text, filters))).items.map(({ title }) => title);
const unit = (key: string) =>
  uow.read(systemActing('test'), async (tx) => (await app.get(OrganisationReads).unitByKey(tx, key)).id);
const events = async (type: string) =>
  Number((await db.owner.query('SELECT count(*) AS n FROM kernel.audit_event WHERE type = $1', [type])).rows[0].n);

const aDraft = async (title = 'Ein Produkt', steward = CLARA): Promise<Changed> => {
  const who = await actor(steward);
  return uow.run(who.acting, (tx) =>
    catalogue.createDraft(tx, who, { providerUnitId: who.units[0]!, title, summary: 'Kurz' }),
  );
};
const described = async (patch: ProductPatch = {}, title?: string): Promise<Changed> => {
  const { productId } = await aDraft(title);
  return as(CLARA, (tx, clara) => catalogue.describe(tx, clara, productId, 1, { ...COMPLETE, ...patch }));
};
/** a version without an upload: what is promised of uploads has a test of its own */
const withData = async (draft: Changed): Promise<{ versionId: string } & Changed> => {
  const versionId = crypto.randomUUID();
  const changed = await as(CLARA, async (tx, clara) => {
    const product = await catalogue.locked(tx, draft.productId, draft.revision);
    await tx.em.insert(VersionRow, {
      id: versionId,
      productId: draft.productId,
      number: 1,
      objectKey: 'none',
      sha256: 'a'.repeat(64),
      rows: 1,
      createdBy: clara.personId,
      createdAt: tx.now,
      frozenAt: null,
    });
    const field = {
      versionId,
      type: 'TEXT' as const,
      stored: 'VARCHAR',
      meaning: '',
      unit: null,
      class: null,
      classReason: null,
      mask: null,
      generalisations: [],
    };
    await tx.em.insert(FieldRow, [
      { ...field, name: 'baum', position: 1, suggestedClass: 'NONE', suggestedBecause: null },
      {
        ...field,
        name: 'gutachter',
        position: 2,
        suggestedClass: 'DIRECT_ID',
        suggestedBecause: 'nennt vermutlich eine Person',
      },
    ]);
    return catalogue.change(tx, product, { currentVersionId: versionId });
  });
  return { versionId, productId: draft.productId, revision: changed.revision, state: changed.state };
};
const classify = (
  version: { productId: string; versionId: string; revision: number },
  gutachter: object = { class: 'DIRECT_ID', mask: { kind: 'drop' } },
) =>
  as(CLARA, (tx, clara) =>
    catalogue.setFields(tx, clara, version.productId, version.versionId, version.revision, [
      { name: 'baum', class: 'NONE', meaning: 'Art' },
      { name: 'gutachter', meaning: 'Person', ...gutachter } as never,
    ]),
  );
const submit = ({ productId, revision }: Changed) =>
  as(CLARA, (tx, clara) => catalogue.submit(tx, clara, productId, revision));
const release = ({ productId, revision }: Changed, by = ANNA) =>
  as(by, (tx, who) => catalogue.release(tx, who, productId, revision));
const offer = ({ productId, revision }: Changed, by = ANNA) =>
  as(by, (tx, who) => catalogue.offer(tx, who, productId, revision));
const published = async (patch: ProductPatch = {}, title?: string) =>
  release(await submit(await described(patch, title)));
const offered = async (patch: ProductPatch = {}, title?: string) =>
  offer(await release(await submit(await classify(await withData(await described(patch, title))))));

beforeAll(async () => {
  pilot = await aPilotCatalogue();
  ({ db, app, uow } = pilot);
  catalogue = app.get(CatalogueService);
  reads = app.get(CatalogueReads);
}, 60_000);
afterAll(() => pilot?.close());

describe('the ladder', () => {
  it('leads from draft to requestable, each step with its event', async () => {
    const before = await events('product.offered.v1');
    expect((await offered()).state).toBe('REQUESTABLE');
    expect(await events('product.offered.v1')).toBe(before + 1);
  });

  it('names every missing statement in German, and lets nothing incomplete pass', async () => {
    const draft = await aDraft();
    const problem = await submit(draft).catch((thrown: unknown) => thrown);
    expect(problem).toMatchObject({
      code: 'product_incomplete',
      status: 422,
      because: expect.arrayContaining(['Es fehlt: Offenheit.', 'Es fehlt: Kontakt (Funktionspostfach).']),
    });
    const visible = await published({ card: { ...COMPLETE.card, aiUse: null } });
    await expect(offer(visible)).rejects.toMatchObject({
      code: 'product_incomplete',
      because: expect.arrayContaining(['Es fehlt: KI-Nutzung.', 'Es fehlt: Daten (mindestens ein Stand).']),
    });
  });

  it.each([
    ['the past', '2020-01-01'],
    ['more than 24 months', inMonths(26)],
  ])('takes no review date in %s', async (_, reviewBy) => {
    await expect(submit(await described({ reviewBy }))).rejects.toMatchObject({ errors: [{ pointer: '/reviewBy' }] });
  });

  it('is climbed by two people: who edited does not release, nor does a deputy without need, nor another office', async () => {
    const submitted = await submit(await described());
    await expect(release(submitted, CLARA)).rejects.toMatchObject({ code: 'release_not_yours', status: 403 });
    await expect(release(submitted, BENNO)).rejects.toMatchObject({ code: 'release_not_yours' });
    await expect(release(submitted, IDA)).rejects.toMatchObject({ status: 404 });
    await expect(
      as(ANNA, (tx, anna) => catalogue.describe(tx, anna, submitted.productId, submitted.revision, { summary: 'x' })),
    ).rejects.toMatchObject({ code: 'product_not_yours' });
    const { personId } = await actor(ANNA);
    await db.owner.query(
      'UPDATE catalogue.product SET edited_by = edited_by || $2::uuid, revision = revision + 1 WHERE id = $1',
      [submitted.productId, personId],
    );
    await expect(release({ ...submitted, revision: submitted.revision + 1 })).rejects.toMatchObject({
      code: 'release_needs_second_person',
    });
  });

  it('refuses a stale revision, so that nobody releases what they did not see', async () => {
    const submitted = await submit(await described());
    await as(CLARA, (tx, clara) =>
      catalogue.describe(tx, clara, submitted.productId, submitted.revision, { openness: 'OPEN' }),
    );
    await expect(release(submitted)).rejects.toMatchObject({ code: 'product_changed', status: 412 });
  });

  it('gives one of two releases at once, and one state', async () => {
    const submitted = await submit(await described());
    const results = await Promise.allSettled([release(submitted), release(submitted)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('keeps what is decided on fixed while released, and stops deciding while it is revised', async () => {
    const visible = await offered();
    const lower = () =>
      as(CLARA, (tx, clara) =>
        catalogue.describe(tx, clara, visible.productId, visible.revision, { openness: 'OPEN' }),
      );
    await expect(lower()).rejects.toMatchObject({ code: 'product_fixed' });
    const texts = await as(CLARA, (tx, clara) =>
      catalogue.describe(tx, clara, visible.productId, visible.revision, { summary: 'Neuer Text' }),
    );
    const facts = () => as(EVA, (tx) => reads.forPolicy(tx, visible.productId, null));
    expect((await facts()).openness).toBe('INTERNAL');
    const revised = await as(CLARA, (tx, clara) => catalogue.revise(tx, clara, visible.productId, texts.revision));
    expect(await facts()).toMatchObject({ openness: null, personalRef: null });
    await as(CLARA, (tx, clara) =>
      catalogue.describe(tx, clara, visible.productId, revised.revision, {
        openness: 'OPEN',
        licence: 'dl-de/zero-2.0',
      }),
    );
    expect((await facts()).openness).toBeNull();
  });

  it('lets the governance office send back, but not release', async () => {
    const submitted = await submit(await described());
    await expect(release(submitted, QUIRIN)).rejects.toMatchObject({ code: 'release_not_yours' });
    expect(
      (await as(QUIRIN, (tx, quirin) => catalogue.sendBack(tx, quirin, submitted.productId, submitted.revision))).state,
    ).toBe('DRAFT');
  });

  it('carries no product whose owner has no deputy', async () => {
    const submitted = await submit(await described());
    const end = `UPDATE organisation.person SET disabled_at = $1 WHERE key = 'benno.buche'`;
    await db.owner.query(end, [new Date()]);
    await expect(release(submitted)).rejects.toMatchObject({ because: [expect.stringContaining('Vertretung')] });
    const { personId } = await actor(ANNA);
    const byHand = db.owner.query(
      `UPDATE catalogue.product SET state = 'VISIBLE', released_by = $2, revision = revision + 1 WHERE id = $1`,
      [submitted.productId, personId],
    );
    await expect(byHand).rejects.toMatchObject({ constraint: 'product_accountable' });
    await db.owner.query(end, [null]);
    expect((await release(submitted)).state).toBe('VISIBLE');
  });
});

describe('what the rules look at', () => {
  const refusal = (patch: ProductPatch) =>
    described(patch).then(
      () => null,
      ({ errors }: { errors: { pointer: string; code: string; detail: string }[] }) => errors,
    );

  it('is said in words of the law book: an unknown theme or purpose is named, with the list', async () => {
    expect(await refusal({ themes: ['UMWELT', 'WETTER'] })).toEqual([
      {
        pointer: '/themes/1',
        code: 'not_in_list',
        detail: expect.stringMatching(/„WETTER“.*Möglich sind: .*GEO, .*UMWELT/),
      },
    ]);
    expect(await refusal({ allowedPurposes: ['WERBUNG'] })).toEqual([
      { pointer: '/allowedPurposes/0', code: 'not_in_list', detail: expect.stringContaining('KLIMA_UMWELT') },
    ]);
    expect(await refusal({ themes: ['GEO'], allowedPurposes: ['STATISTIK'] })).toBeNull();
  });

  it('takes no tick for a release of the Statistikstelle: that is an act of its own', async () => {
    expect(await refusal({ secrecy: ['STATISTIK'], ...{ releasedByStatistics: true } })).toEqual([
      expect.objectContaining({ pointer: '/releasedByStatistics', code: 'unknown_field' }),
    ]);
  });

  it.each([
    [
      'entrusted',
      'social data on persons',
      {
        secrecy: ['SOZIAL'],
        personalRef: 'PERSONAL',
        allowedPurposes: ['KLIMA_UMWELT', 'PFLICHTAUFGABE'],
        card: { ...COMPLETE.card, dataSubjects: ['x'], dpiaRef: 'x', ropaRef: 'x', collectedForDuties: [] },
      },
    ],
    ['singleCaseCells', 'tables of the statistics', { secrecy: ['STATISTIK'], personalRef: 'AGGREGATED' }],
  ] as const)(
    '%s has to be said of %s before others see them, and counts as yes while nobody says no',
    async (fact, _, patch) => {
      const open = await described(patch as unknown as ProductPatch);
      const forPolicy = async () => (await as(CLARA, (tx) => reads.forPolicy(tx, open.productId, null)))[fact];
      await expect(
        as(CLARA, (tx, clara) => catalogue.submit(tx, clara, open.productId, open.revision)),
      ).rejects.toMatchObject({
        code: 'product_incomplete',
        errors: [expect.objectContaining({ pointer: `/${fact}` })],
      });
      expect(await forPolicy()).toBe(true);
      const said = await as(CLARA, (tx, clara) =>
        catalogue.describe(tx, clara, open.productId, open.revision, { [fact]: false }),
      );
      expect(await forPolicy()).toBe(false);
      expect((await as(CLARA, (tx, clara) => catalogue.submit(tx, clara, said.productId, said.revision))).state).toBe(
        'IN_REVIEW',
      );
    },
  );
});

describe('the database', () => {
  const lists = Object.entries<Metadatum>(METADATA).flatMap(([name, one]) =>
    isList(one) && one.none === undefined ? [name] : [],
  );

  it('holds every must of both rungs by itself', async () => {
    const { productId } = await offered({
      personalRef: 'SPECIAL',
      criminalRecords: false,
      secrecy: ['SOZIAL'],
      entrusted: false,
      allowedPurposes: ['KLIMA_UMWELT', 'PFLICHTAUFGABE'],
      card: { ...COMPLETE.card, dataSubjects: ['x'], dpiaRef: 'x', ropaRef: 'x', collectedForDuties: [] },
    });
    const notHeld: string[] = [];
    for (const { pointer } of MUSTS.filter(({ pointer }) => pointer !== '/licence' && pointer !== '/singleCaseCells')) {
      const [, first, second] = pointer.split('/') as [string, string, string?];
      const set = second
        ? `card = card - '${second}'`
        : `${columnName(first)} = ${lists.includes(first) ? `'{}'` : 'NULL'}`;
      const done = await db.owner
        .query(`UPDATE catalogue.product SET ${set}, revision = revision + 1 WHERE id = $1`, [productId])
        .then(
          () => true,
          () => false,
        );
      if (done) notHeld.push(pointer);
    }
    expect(notHeld).toEqual([]);
  });

  it('lets nobody skip a rung, begin above it, or change a released classification', async () => {
    const draft = await described();
    const set = (values: string, id = draft.productId) =>
      db.owner.query(`UPDATE catalogue.product SET ${values}, revision = revision + 1 WHERE id = $1`, [id]);
    await expect(set(`state = 'REQUESTABLE'`)).rejects.toThrow();
    await expect(set(`state = 'VISIBLE'`)).rejects.toThrow();
    const { productId } = await published();
    await expect(set(`openness = 'OPEN'`, productId)).rejects.toMatchObject({ constraint: 'product_fixed' });
    await expect(
      db.owner.query('UPDATE catalogue.product SET title = title WHERE id = $1', [productId]),
    ).rejects.toMatchObject({ constraint: 'product_fixed' });
  });

  it('never changes a released version, its fields or its object', async () => {
    const version = await withData(await described());
    const { productId } = await release(await submit(await classify(version)));
    const { versionId } = version;
    await expect(
      classify({ productId, versionId, revision: (await as(CLARA, (tx) => reads.product(tx, productId))).revision }),
    ).rejects.toMatchObject({ code: 'version_frozen' });
    await expect(
      db.owner.query(`UPDATE catalogue.field SET class = 'NONE' WHERE version_id = $1`, [versionId]),
    ).rejects.toMatchObject({ constraint: 'version_frozen' });
    await expect(
      db.owner.query(`UPDATE catalogue.product_version SET object_key = 'other' WHERE id = $1`, [versionId]),
    ).rejects.toMatchObject({ constraint: 'version_frozen' });
  });
});

describe('the fields of a version', () => {
  it('count as secret until a person has confirmed the class', async () => {
    const { versionId } = await withData(await described());
    const { fields } = await as(CLARA, (tx) => reads.version(tx, versionId));
    expect(fields.map(({ class: kind, confirmed }) => [kind, confirmed])).toEqual([
      ['SECRET', false],
      ['SECRET', false],
    ]);
  });

  it('take no class below the scan without a reason, and no mask that does not fit', async () => {
    const version = await withData(await described());
    await expect(classify(version, { class: 'NONE' })).rejects.toMatchObject({
      code: 'field_class_below_scan',
      errors: [{ pointer: '/1/class' }],
    });
    await expect(classify(version, { class: 'DIRECT_ID', mask: { kind: 'grid', metres: 10 } })).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ code: 'mask_not_applicable' }],
    });
    expect((await classify(version, { class: 'NONE', reason: 'Es ist ein Amt' })).revision).toBe(version.revision + 1);
  });

  it('that name people need a mask in a product without personal reference', async () => {
    const visible = await release(
      await submit(await classify(await withData(await described()), { class: 'DIRECT_ID', mask: null })),
    );
    await expect(offer(visible)).rejects.toMatchObject({ because: [expect.stringContaining('gutachter')] });
  });
});

describe('the search', () => {
  beforeAll(async () => {
    await published({ keywords: ['Stadtgrün'], themes: ['GRUEN'] }, 'Bäume an Straßen');
    await published(
      { keywords: ['Liegenschaften'], themes: ['GEBAEUDE'], openness: 'OPEN', nonPublicReason: null },
      'Gebäudedatenkataster',
    );
  });

  it.each([
    ['Baum', 'Bäume an Straßen'],
    ['STRASSEN', 'Bäume an Straßen'],
    ['straßen', 'Bäume an Straßen'],
    ['die Bäume an der Straße', 'Bäume an Straßen'],
    ['stadtgr', 'Bäume an Straßen'],
    ['Kataster', 'Gebäudedatenkataster'],
    ['gebäudedaten', 'Gebäudedatenkataster'],
    ['Liegenschaft', 'Gebäudedatenkataster'],
    ['Raumschiff', null],
    [`'; DROP TABLE catalogue.product; --`, null],
    ['& | ! :* <-> ()', null],
  ])('for `%s` finds %s', async (text, expected) => {
    const titles = await find(EVA, text);
    if (expected) expect(titles[0]).toBe(expected);
    else expect(titles).toEqual([]);
  });

  it('filters by theme, openness and provider, and refuses an unknown filter', async () => {
    expect(await find(EVA, '', { theme: 'GEBAEUDE' })).toEqual(['Gebäudedatenkataster']);
    expect(await find(EVA, 'bäume', { openness: 'OPEN' })).toEqual([]);
    expect(await find(EVA, '', { providerUnitId: await unit('umweltamt') })).toEqual([]);
    await expect(find(EVA, '', { state: 'DRAFT' })).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('pages by key through everything once, with and without words', async () => {
    for (const text of ['', 'Produkt']) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await as(EVA, (tx) => reads.search(tx, text, {}, { limit: 3, after }));
        seen.push(...page.items.map(({ id }) => id));
        after = page.next ?? undefined;
      } while (after);
      const all = await as(EVA, (tx) => reads.search(tx, text, {}, { limit: 100 }));
      expect(seen).toEqual(all.items.map(({ id }) => id));
      expect(seen.length).toBeGreaterThan(3);
    }
    await expect(as(EVA, (tx) => reads.search(tx, '', {}, { after: 'e30' }))).rejects.toMatchObject({
      code: 'page_token_malformed',
    });
  });

  it('shows metadata of locked data, and neither drafts of others nor withdrawn products', async () => {
    const { productId, revision } = await published({}, 'Bald weg Verzeichnis');
    expect(await find(EVA, 'verzeichnis')).toEqual(['Bald weg Verzeichnis']);
    await as(ANNA, (tx, anna) => catalogue.withdraw(tx, anna, productId, revision));
    expect(await find(EVA, 'verzeichnis')).toEqual([]);
    await aDraft('Geheimer Entwurf');
    expect(await find(EVA, 'geheimer', { states: ['DRAFT'] })).toEqual([]);
    expect(await find(CLARA, 'geheimer', { states: ['DRAFT'] })).toEqual(['Geheimer Entwurf']);
  });
});

describe('whoever is outside the scope', () => {
  const sees = async (number: number, productId: string) =>
    as(number, (tx) => reads.product(tx, productId)).then(
      () => true,
      (problem: { code: string }) => problem.code,
    );

  it.each([
    ['ALL', ['OTHER_OFFICE'], true, true],
    ['CITY', ['OTHER_OFFICE', 'GESELLSCHAFT'], true, 'product_not_found'],
    ['OFFERED', ['OTHER_OFFICE', 'GESELLSCHAFT'], true, true],
    ['OFFERED', ['GESELLSCHAFT'], 'product_not_found', true],
    ['OWN', ['OTHER_OFFICE', 'GESELLSCHAFT'], 'product_not_found', 'product_not_found'],
  ] as const)(
    '%s, offered to %j: an office %s, a company %s',
    async (discoverScope, recipientKinds, office, company) => {
      const { productId } = await published({ discoverScope, recipientKinds: [...recipientKinds] });
      expect([
        await sees(EVA, productId),
        await sees(NILS, productId),
        await sees(CLARA, productId),
        await sees(QUIRIN, productId),
      ]).toEqual([office, company, true, true]);
    },
  );

  it('learns nothing of a draft by its number, nor of its versions, nor that its short name is taken', async () => {
    const draft = await withData(await described());
    expect(await sees(EVA, draft.productId)).toBe('product_not_found');
    await expect(as(EVA, (tx) => reads.version(tx, draft.versionId))).rejects.toMatchObject({
      code: 'version_not_found',
    });
    expect(await sees(EVA, crypto.randomUUID())).toBe('product_not_found');
    await expect(
      as(HANNA, (tx, hanna) => catalogue.describe(tx, hanna, draft.productId, draft.revision, { summary: 'x' })),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('sees no wider scope before it is released', async () => {
    const { productId, revision } = await published({ discoverScope: 'CITY' });
    const revised = await as(CLARA, (tx, clara) => catalogue.revise(tx, clara, productId, revision));
    await as(CLARA, (tx, clara) =>
      catalogue.describe(tx, clara, productId, revised.revision, { discoverScope: 'ALL' }),
    );
    expect([await sees(EVA, productId), await sees(NILS, productId)]).toEqual([true, 'product_not_found']);
  });

  it('writes nothing, and without a context there are no rows at all', async () => {
    const { productId } = await published({ discoverScope: 'ALL' });
    await expect(
      as(EVA, (tx) =>
        tx.sql(
          `WITH u AS (UPDATE catalogue.product SET title = 'x', revision = revision + 1 WHERE id = $1 RETURNING id) SELECT id FROM u`,
          [productId],
        ),
      ),
    ).resolves.toEqual([]);
    const nobody = { kind: 'anonymous' as const, id: 'anonymous', unitId: null, units: [], citywide: false };
    expect(await uow.run(nobody, (tx) => tx.sql('SELECT id FROM catalogue.product'))).toEqual([]);
  });
});

describe('hostile text', () => {
  const own = [
    '<script>alert(1)</script>',
    `"'; DROP TABLE x; --`,
    '${jndi:ldap://x}',
    '{{7*7}}',
    '=1+1',
    '\u202Eabc',
    'Ω≈ç√∫',
    '👩‍👩‍👧',
    'null',
    '../../etc/passwd',
    '%00',
    'Ⱥ'.repeat(60),
  ];
  const folder = join(process.env.DATENRAUM_TESTDATA ?? '/nowhere', 'hostile/naughty-strings');
  const more = ['blns.json']
    .map((name) => join(folder, name))
    .filter(existsSync)
    .flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as string[]);

  it('is stored as it is read (how a picture is drawn and which blank stands there is no part of it) or refused as a whole, in every text field', async () => {
    const { productId } = await aDraft();
    let revision = 1;
    const odd: string[] = [];
    for (const value of [...own, ...more]) {
      const patch = {
        title: value,
        summary: value,
        description: value,
        keywords: [value],
        nonPublicReason: value,
        licence: value,
        card: {
          steward: value,
          spatial: value,
          quality: value,
          purpose: value,
          dataSubjects: [value],
          collectionLegalBasis: value,
        },
      };
      const before = await as(CLARA, (tx) => reads.product(tx, productId));
      const answer = await as(CLARA, (tx, clara) => catalogue.describe(tx, clara, productId, revision, patch)).catch(
        (problem: { code?: string }) => problem,
      );
      const after = await as(CLARA, (tx) => reads.product(tx, productId));
      const kept = value
        .replaceAll('\r\n', '\n')
        .replace(/[\uFE0E\uFE0F]/g, '')
        .normalize('NFC')
        .replace(/\p{Zs}/gu, ' ')
        .trim();
      if ('revision' in answer) {
        revision = answer.revision;
        if (
          after.title !== kept ||
          after.description !== kept ||
          after.keywords[0] !== kept ||
          after.card.quality !== kept
        )
          odd.push(value);
      } else if (answer.code !== 'validation_failed' || after.revision !== before.revision) odd.push(value);
      await as(CLARA, (tx) => reads.search(tx, value));
    }
    expect(odd).toEqual([]);
  }, 120_000);

  it.each(['state', 'providerUnitId', 'releasedBy', 'revision', 'editedBy', '__proto__', 'constructor'])(
    'no body sets `%s`',
    async (key) => {
      const { productId } = await aDraft();
      const patch = JSON.parse(`{"summary":"x","${key}":"REQUESTABLE"}`) as ProductPatch;
      await expect(as(CLARA, (tx, clara) => catalogue.describe(tx, clara, productId, 1, patch))).rejects.toMatchObject({
        code: 'validation_failed',
      });
    },
  );
});

it('no event of the catalogue carries what people wrote', async () => {
  const { rows } = await db.owner.query<{ leaf: Buffer }>(
    `SELECT leaf FROM kernel.audit_event WHERE type LIKE 'product%' OR type LIKE 'upload%'`,
  );
  const leaves = rows.map(({ leaf }) => leaf.toString()).join('\n');
  expect(rows.length).toBeGreaterThan(100);
  expect(
    ['Gebäudedatenkataster', '<script', 'Noch nicht geprüft', 'a@b.example'].filter((said) => leaves.includes(said)),
  ).toEqual([]);
});

function inMonths(months: number): string {
  const day = new Date();
  day.setUTCMonth(day.getUTCMonth() + months);
  return day.toISOString().slice(0, 10);
}
