// Every word that decides says in its one entry how it binds, and somebody keeps it. The walk over all tables and over the
// law that ships; then a made-up word of each kind, which it must notice. One file: the walk is one list of questions.
import { type FormField, type FieldTable, INFORMATION_ONLY, informsOnly } from '#lib/kernel';
import { type AnyProduct, FIELD_STATEMENTS, METADATA, type Metadatum } from '#lib/catalogue';
import { SUPPORTED } from '#lib/exchange';
import { EMERGENCY_FIELDS, REQUEST_FIELDS } from '#lib/requests';
import { readFileSync } from 'node:fs';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { z } from 'zod';
import { Field } from '../../apps/portal/src/layout/field';
import { statementsIn } from '../../apps/portal/src/screens/catalogue/product/statements';
import { cardParts } from '../../apps/portal/src/screens/publish/publish-card/card-values';
import { decide, type Facts, FORM, OUTCOME, readCases, readFacts, type Ruleset } from '../../libs/policy/src';
import { Fact, type FactKind, Group, type Keeper, type Members, Rows, yesNo } from '../../libs/policy/src/facts/fact';
import { FACTS } from '../../libs/policy/src/facts/facts';
import { leavesOf } from '../../libs/policy/src/law/conditions';
import { law, lawSources } from '../support/law';

/** What a law may name and nobody built yet, by name: a misspelt enforcer is none of them. */
const NOT_BUILT = ['disclosure.tables', 'disclosure.anonymise', 'exchange.blocks', 'exchange.watermark'];
const FORMS_NOT_BUILT = ['TABLE_AGG', 'GEO_AGG', 'DOCUMENT'];

/** Terms that the gate holds whoever asks, with the test that tries it. */
const HELD_AT_THE_GATE: Readonly<Record<string, { file: string; promise: string }>> = {
  productId: { file: 'apps/gateway/src/delivery.db.spec.ts', promise: 'describe(' },
  productVersionId: { file: 'apps/gateway/src/delivery.db.spec.ts', promise: 'describe(' },
  consumerUnitId: { file: 'apps/gateway/src/admission.db.spec.ts', promise: 'who may receive' },
  fields: { file: 'libs/exchange/src/plan-delivery.spec.ts', promise: 'holds the agreed fields in the agreed order' },
  coarser: { file: 'libs/exchange/src/plan-delivery.spec.ts', promise: 'keeps what was asked for coarser' },
  rows: { file: 'test/security/filters.spec.ts', promise: 'rows' },
  form: { file: 'test/security/law-binds/01-deliveries.db.spec.ts', promise: 'as often as it says' },
  from: { file: 'libs/exchange/src/agreement-obstacle.spec.ts', promise: 'agreement_expired' },
  until: { file: 'libs/exchange/src/agreement-obstacle.spec.ts', promise: 'agreement_expired' },
  insistsOnFields: {
    file: 'libs/exchange/src/plan-delivery.spec.ts',
    promise: 'leaves out what the purpose does not need',
  },
};

/** Words that are known to bind nothing yet. Each is a promise to be kept; the list ends empty. */
const OPEN: readonly string[] = [];

// ── facts ────────────────────────────────────────────────────────────────────────────────────────────────────────────
interface FactEntry {
  path: string;
  fact: Fact;
  keptBy: Keeper | undefined;
}
function factsOf(members: Members, above = '', keptBy?: Keeper): FactEntry[] {
  return Object.entries(members).flatMap(([name, member]): FactEntry[] => {
    const path = `${above}${name}`;
    if (member instanceof Fact) return [{ path, fact: member, keptBy: member.options.keptBy ?? keptBy }];
    if (member instanceof Group) return factsOf(member.members, `${path}.`, member.options.keptBy ?? keptBy);
    return [];
  });
}
/** Lists of entries, by the path of the list: their members are read through it. */
const rowsOf = (members: Members): string[] =>
  Object.entries(members).flatMap(([name, member]) => (member instanceof Rows ? [name] : []));

const othersOf = (kind: FactKind, ruleset: Ruleset): unknown[] => {
  switch (kind.kind) {
    case 'boolean':
      return [true, false];
    case 'number':
      return [null, 0, 1, 29, 60, 400, 20_000];
    case 'text':
      return kind.list ? [[], ['x']] : ['x', null];
    case 'enum':
      return kind.list ? [[], ...kind.values.map((one) => [one])] : [...kind.values];
    case 'code': {
      const codes = ruleset.labels(kind.of).map(({ code }) => code);
      return kind.list ? [[], ...codes.map((one) => [one])] : codes;
    }
  }
};
const set = (facts: object, [name, ...rest]: string[], value: unknown): object => ({
  ...facts,
  [name!]: rest.length === 0 ? value : set((facts as Record<string, object>)[name!] ?? {}, rest, value),
});

const sources = lawSources();
const ruleset = law(sources);
const samples = readCases(sources, ruleset).flatMap(({ facts }) => {
  try {
    return [readFacts(facts)];
  } catch {
    return [];
  }
});
const decided = (facts: Facts): { outcome: number; all: string } => {
  const { outcome, because, obligations, chain } = decide(ruleset, facts);
  const rules = because.map(({ rule }) => rule);
  return { outcome: OUTCOME.indexOf(outcome), all: JSON.stringify([outcome, rules, obligations, chain?.ids]) };
};
/** Tried on the facts of every case: whether a change of this one alone changes a decision, and whether it opens one. */
function effect({ path, fact }: FactEntry): { read: boolean; loosens: boolean } {
  let read = false;
  for (const facts of samples) {
    const before = decided(facts);
    for (const other of othersOf(fact.kind, ruleset)) {
      const after = decided(set(facts, path.split('.'), other) as Facts);
      read ||= after.all !== before.all;
      if (after.outcome < before.outcome) return { read: true, loosens: true };
    }
  }
  return { read, loosens: false };
}
const effects = new Map<string, { read: boolean; loosens: boolean }>();
const effectOf = (entry: FactEntry) => {
  const known = effects.get(entry.path) ?? effect(entry);
  effects.set(entry.path, known);
  return known;
};

// ── the walk ─────────────────────────────────────────────────────────────────────────────────────────────────────────
type Entry = FormField & Partial<Pick<Metadatum, 'must' | 'fact' | 'fixed'>>;
interface Tables {
  facts: Members;
  forms: Readonly<Record<string, FieldTable>>;
  metadata: Readonly<Record<string, Metadatum>>;
  fields: FieldTable;
}
const SHIPPED: Tables = {
  facts: FACTS,
  forms: { REQUEST_FIELDS, EMERGENCY_FIELDS },
  metadata: METADATA,
  fields: FIELD_STATEMENTS,
};

/** Facts an entry gives: the one it is, and those worked out from it. */
const givenBy = ({ fact, feeds = [] }: Entry, above = ''): string[] => [...(fact ? [`${above}${fact}`] : []), ...feeds];
const covers = (given: string, path: string): boolean => given === path || path.startsWith(`${given}.`);

function faultsOfTables({ facts, forms, metadata, fields }: Tables): string[] {
  const faults: string[] = [];
  const known = factsOf(facts);
  const rows = rowsOf(facts);
  const entries: [table: string, name: string, entry: Entry, given: string[]][] = [
    ...Object.entries(forms).flatMap(([table, one]) =>
      Object.entries(one).map(([name, entry]): (typeof entries)[number] => [table, name, entry, givenBy(entry)]),
    ),
    ...Object.entries(metadata).map(([name, entry]): (typeof entries)[number] => [
      'METADATA',
      name,
      entry,
      givenBy(entry, 'product.'),
    ]),
    ...Object.entries(fields).map(([name, entry]): (typeof entries)[number] => [
      'FIELD_STATEMENTS',
      name,
      entry,
      givenBy(entry),
    ]),
  ];
  for (const [table, name, entry, given] of entries) {
    const tell = (text: string) => faults.push(`${table}.${name}: ${text}`);
    const { binds } = entry;
    if (binds.length === 0) tell('does not say how it binds');
    if (binds.includes('information') && binds.length > 1) tell('is information and more at once');
    const decisive = (one: string) => known.some(({ path, fact }) => covers(one, path) && !fact.options.information);
    if (informsOnly(entry) && given.some(decisive)) tell('gives a fact and calls itself information');
    if (binds.includes('fact')) {
      const paths = given.flatMap((one) => [
        ...known.filter(({ path }) => covers(one, path)).map(({ path }) => path),
        ...(rows.includes(one) ? [one] : []),
      ]);
      if (paths.length === 0) tell('names no fact that it gives');
      const read = (path: string) => rows.includes(path) || effectOf(known.find((one) => one.path === path)!).read;
      if (paths.length > 0 && !paths.some(read)) tell('no rule reads what it gives');
      for (const one of given)
        if (!known.some(({ path }) => covers(one, path)) && !rows.includes(one))
          tell(`gives \`${one}\`, which is no fact`);
    }
    if (binds.includes('evidence') && !entry.seenBy) tell('does not say who must look at it');
    if (binds.includes('obligation') && given.length === 0 && name !== 'mask' && name !== 'slaDays')
      tell('binds to an obligation that asks for nothing');
  }
  for (const entry of known) {
    const { fact, path, keptBy } = entry;
    const { read, loosens } = effectOf(entry);
    const { asked, information } = fact.options;
    if (!read && asked !== false && !information) faults.push(`${path}: a fact no rule reads`);
    if (read && information) faults.push(`${path}: a rule reads it, and it calls itself information`);
    if (!loosens) continue;
    const givers = entries.filter(([, , , given]) => given.some((one) => covers(one, path)));
    switch (keptBy) {
      case undefined:
        faults.push(`${path}: loosens a decision and has no keeper`);
        break;
      case 'RELEASE':
        if (!givers.some(([table, , { fixed }]) => table === 'FIELD_STATEMENTS' || (table === 'METADATA' && fixed)))
          faults.push(`${path}: kept by the release, and no entry of the card that is released gives it`);
        break;
      case 'AGREEMENT':
        if (!givers.some(([table, , { binds }]) => table === 'REQUEST_FIELDS' && binds.includes('term')))
          faults.push(`${path}: kept by the agreement, and no entry that the agreement states gives it`);
        break;
      case 'GATE':
        if (!givers.some(([, name]) => Object.hasOwn(HELD_AT_THE_GATE, name)))
          faults.push(`${path}: kept by the gate, and no term it holds gives it`);
        break;
      case 'EVIDENCE':
        if (!givers.some(([, , { binds, seenBy }]) => binds.includes('evidence') && seenBy))
          faults.push(`${path}: kept by evidence, and no desk looks at it`);
        break;
      case 'REGISTER':
        break;
    }
  }
  return faults;
}

/** Codes of the law that no rule reads and that do not say so; obligations nobody keeps; roles without a right. */
function faultsOfLaw(book: Ruleset): string[] {
  const faults: string[] = [];
  const named = new Set(
    book.engine.variants.flatMap(({ when }) =>
      leavesOf(when).flatMap(({ path, value }) => {
        const kind = book.engine.law.model.paths[path];
        return kind && 'of' in kind ? [value].flat().map((one) => `${kind.of} ${String(one)}`) : [];
      }),
    ),
  );
  for (const list of ['evidence', 'changeGrounds', 'themes'] as const)
    for (const { code, binds } of book.vocabulary[list]) {
      const read = named.has(`${list} ${code}`);
      if (!read && !binds?.includes('information'))
        faults.push(`${list} ${code}: no rule reads it, and it does not say so`);
      if (read && binds?.includes('information'))
        faults.push(`${list} ${code}: a rule reads it, and it calls itself information`);
    }
  // a document somebody only ticks loosens nothing: each kind names the desk that looks, or the register it stands in
  for (const { code, binds, desk, register } of book.vocabulary.evidence)
    if (!binds && !desk && !register) faults.push(`evidence ${code}: no desk looks at it`);
  const bases = book.legalBases as readonly { code: string; kind?: string }[];
  for (const { code, kind } of bases)
    if (!kind && !named.has(`legalBases ${code}`) && bases.some((one) => one.kind))
      faults.push(`legalBases ${code}: does not say what it carries, and no rule reads it`);
  for (const { code, needs } of book.purposes as unknown as { code: string; needs?: readonly string[] }[])
    if (!needs?.length && !named.has(`purposes ${code}`)) faults.push(`purposes ${code}: nothing follows from it`);
  for (const { id, enforcer, enforcement } of book.obligations) {
    const built = SUPPORTED.enforcers!.includes(enforcer);
    if (!built && !NOT_BUILT.includes(enforcer)) faults.push(`${id}: nobody keeps it (\`${enforcer}\`)`);
    if (built && NOT_BUILT.includes(enforcer)) faults.push(`${id}: is built and called not built`);
    if (!built && enforcement === 'PROMISED') faults.push(`${id}: promised, and not stated in the agreement`);
  }
  for (const form of FORM) {
    const built = SUPPORTED.forms!.includes(form);
    if (built === FORMS_NOT_BUILT.includes(form))
      faults.push(`${form}: ${built ? 'is built and called not built' : 'nobody delivers it'}`);
    if (!named.has(`form ${form}`)) faults.push(`${form}: no rule reads it`);
  }
  const inSteps = new Set<string>(book.steps.flatMap(({ role, roleAt }) => [role, ...Object.values(roleAt ?? {})]));
  for (const { code, permissions, incompatible, answersForProductsOf } of book.roles.all)
    if (permissions.length + incompatible.length + answersForProductsOf.length === 0 && !inSteps.has(code))
      faults.push(`roles ${code}: has no right, no step, no products, and keeps nobody from anything`);
  return faults;
}

describe('the binding table', () => {
  test('every entry of a form, a card and a field says how it binds, and what it says is so', () => {
    expect(faultsOfTables(SHIPPED).filter((fault) => !OPEN.includes(fault))).toEqual([]);
  });
  test('every word of the law is read by a rule or says that it informs; every obligation has its keeper', () => {
    expect(faultsOfLaw(ruleset).filter((fault) => !OPEN.includes(fault))).toEqual([]);
  });
  test('nothing is left open that is closed by now', () => {
    const faults = [...faultsOfTables(SHIPPED), ...faultsOfLaw(ruleset)];
    expect(OPEN.filter((one) => !faults.includes(one))).toEqual([]);
  });
  test('what the gate holds has its test', () => {
    for (const { file, promise } of Object.values(HELD_AT_THE_GATE))
      expect(readFileSync(file, 'utf8')).toContain(promise);
  });
});

describe('what only informs says so to the reader', () => {
  const informing = Object.entries<Metadatum>(METADATA).filter(([, one]) => informsOnly(one));
  const product = { card: {} } as AnyProduct;

  test('on the page of a product, and nothing else does', () => {
    const parts = [...new Set(Object.values<Metadatum>(METADATA).flatMap(({ page }) => page ?? []))];
    const names = parts.flatMap((part) => statementsIn(part, product, (_, code) => code)).map(([name]) => name);
    const marked = names.filter((name) => name.endsWith(`(${INFORMATION_ONLY})`));
    expect(marked.sort()).toEqual(
      informing
        .filter(([, { page }]) => page)
        .map(([, { said, label }]) => `${said ?? label} (${INFORMATION_ONLY})`)
        .sort(),
    );
  });
  test('where it is asked for, must or not', () => {
    for (const [name, field] of cardParts().flatMap(({ entries }) => entries)) {
      const html = renderToStaticMarkup(createElement(Field, { name, field, body: {}, options: [], plain: true }));
      expect([name, html.includes(INFORMATION_ONLY)]).toEqual([name, informing.some(([one]) => one === name)]);
    }
  });
});

describe('a made-up word without a keeper is noticed:', () => {
  const information: FormField = {
    label: 'Probe',
    kind: 'line',
    schema: z.string(),
    section: 'data',
    binds: ['information'],
  };
  const withForm = (entry: object) =>
    faultsOfTables({
      ...SHIPPED,
      forms: { REQUEST_FIELDS: { ...REQUEST_FIELDS, probe: { ...information, ...entry } } },
    });
  const purpose = (member: Fact, keptBy?: Keeper): Members => ({
    ...FACTS,
    purpose: new Group({ ...FACTS.purpose.members, reidentification: member }, keptBy ? { keptBy } : {}),
  });
  const withLaw = (file: string, from: RegExp, to: string) =>
    faultsOfLaw(
      law(
        sources.map((source) =>
          source.file === file
            ? { file, content: JSON.parse(JSON.stringify(source.content).replace(from, to)) as unknown }
            : source,
        ),
      ),
    );

  test.each<[string, object, string]>([
    ['a statement that says nothing', { binds: [] }, 'does not say how it binds'],
    ['a fact that names none', { binds: ['fact'] }, 'names no fact that it gives'],
    ['a fact that is none', { binds: ['fact'], feeds: ['purpose.mood'] }, 'gives `purpose.mood`, which is no fact'],
    ['a fact no rule reads', { binds: ['fact'], feeds: ['product.hasDeputy'] }, 'no rule reads what it gives'],
    ['a promise that is called information', { feeds: ['purpose.code'] }, 'gives a fact and calls itself information'],
    ['information and more', { binds: ['information', 'term'] }, 'is information and more at once'],
    ['an evidence nobody looks at', { binds: ['evidence'] }, 'does not say who must look at it'],
    ['an obligation that asks for nothing', { binds: ['obligation'] }, 'binds to an obligation that asks for nothing'],
  ])('%s', (_, entry, fault) => expect(withForm(entry)).toContain(`REQUEST_FIELDS.probe: ${fault}`));

  test('a fact no rule reads', () => {
    const facts = { ...FACTS, mood: yesNo({ absent: false }) };
    expect(faultsOfTables({ ...SHIPPED, facts })).toContain('mood: a fact no rule reads');
  });
  test('a fact that loosens and has no keeper, or one that keeps nothing', () => {
    const path = 'purpose.reidentification';
    const facts = purpose(yesNo({ absent: false }));
    expect(faultsOfTables({ ...SHIPPED, facts })).toContain(`${path}: loosens a decision and has no keeper`);
    const unsaid = {
      REQUEST_FIELDS: {
        ...REQUEST_FIELDS,
        reidentification: { ...REQUEST_FIELDS.reidentification, binds: ['fact'] as const },
      },
    };
    expect(faultsOfTables({ ...SHIPPED, forms: unsaid })).toContain(
      `${path}: kept by the agreement, and no entry that the agreement states gives it`,
    );
    for (const keptBy of ['GATE', 'RELEASE', 'EVIDENCE'] as const)
      expect(
        faultsOfTables({ ...SHIPPED, facts: purpose(yesNo({ absent: false, keptBy })) }).filter((one) =>
          one.startsWith(`${path}: kept by`),
        ),
      ).toHaveLength(1);
  });
  test('a fact of the card that changes without a release', () => {
    const { rawSensor } = METADATA;
    const metadata = { ...METADATA, rawSensor: { ...rawSensor, fixed: undefined } as unknown as Metadatum };
    expect(faultsOfTables({ ...SHIPPED, metadata })).toContain(
      'product.rawSensor: kept by the release, and no entry of the card that is released gives it',
    );
  });
  test('a theme no rule reads', () => {
    const found = withLaw('vocabulary.yaml', /"themes":\[/, '"themes":[{"code":"NEU","name":"Etwas Neues"},');
    expect(found).toContain('themes NEU: no rule reads it, and it does not say so');
  });
  test('an evidence no rule reads, and one that no desk looks at', () => {
    const evidence = (more: string) =>
      withLaw('vocabulary.yaml', /"evidence":\[/, `"evidence":[{"code":"NEU","name":"Ein neuer Nachweis"${more}},`);
    expect(evidence(',"desk":"EVIDENCE","carries":{"legalBasis":["HSCHG"]}')).toContain(
      'evidence NEU: no rule reads it, and it does not say so',
    );
    // such a law does not even load
    expect(() => evidence('')).toThrow('es fehlt der Schritt, der den Nachweis ansieht');
  });
  test('an obligation that nobody keeps, and a misspelt one', () => {
    expect(withLaw('obligations.yaml', /exchange\.mask/, 'exchange.maske')).toContain(
      'O-MASK: nobody keeps it (`exchange.maske`)',
    );
  });
});
