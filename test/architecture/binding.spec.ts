// Every word that decides says in its one entry how it binds, and somebody keeps it. The walk over all tables and over the
// law that ships; then a made-up word of each kind, which it must notice. One file: the walk is one list of questions.
import { type FormField, type FieldTable, INFORMATION_ONLY, informsOnly } from '#lib/kernel';
import { type AnyProduct, FIELD_STATEMENTS, METADATA, type Metadatum } from '#lib/catalogue';
import { SUPPORTED } from '#lib/exchange';
import { EMERGENCY_FIELDS, REQUEST_FIELDS } from '#lib/requests';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { z } from 'zod';
import { Field } from '../../apps/portal/src/layout/field';
import { statementsIn } from '../../apps/portal/src/screens/catalogue/product/statements';
import { cardParts } from '../../apps/portal/src/screens/publish/publish-card/card-values';
import { withinPromise } from '../../libs/approvals/src/task-plan.service';
import { FORM, type Ruleset, type Step } from '../../libs/policy/src';
import { type Fact, Group, type Keeper, type Members, yesNo, amount } from '../../libs/policy/src/facts/fact';
import { FACTS } from '../../libs/policy/src/facts/facts';
import { leavesOf } from '../../libs/policy/src/law/conditions';
import { covers, effectOf, factsOf, looser, ruleset, sources } from '../support/binding-effects';
import { GATE, HELD_AT_THE_GATE } from '../support/held-at-the-gate';
import { law } from '../support/law';

/** What a law may name and nobody built yet, by name: a misspelt enforcer is none of them. */
const NOT_BUILT = ['disclosure.tables', 'disclosure.anonymise', 'exchange.blocks', 'exchange.watermark'];
const FORMS_NOT_BUILT = ['TABLE_AGG', 'GEO_AGG', 'DOCUMENT'];

/** Deadlines that are set by what somebody promised: by statement, whether the step of the owner takes no longer. */
const DEADLINES: Readonly<Record<string, (of: typeof withinPromise) => boolean>> = {
  slaDays: (of) => {
    const days = (seat: Step['seat'], promised: number) => of({ seat, workingDays: 5 } as Step, promised).workingDays;
    return days('PROVIDER', 2) === 2 && days('PROVIDER', 9) === 5 && days('CONSUMER', 2) === 5;
  },
};

/** Words that are known to bind nothing yet. Each is a promise to be kept; the list ends empty. */
const OPEN: readonly string[] = [];

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

/** Only an entry of a register can be named with it: an id, and nothing that somebody could say instead. */
const choosesAnEntry = ({ schema }: Entry): boolean => {
  const [id, ids] = [crypto.randomUUID(), [crypto.randomUUID()]];
  const said = ['erfunden', 'JA', '2026-12-31', 7, true, {}, ['erfunden']];
  return [id, ids].some((one) => schema.safeParse(one).success) && !said.some((one) => schema.safeParse(one).success);
};
/** Who keeps what an entry says, by what its entry itself says. */
function keepersOf(table: string, name: string, entry: Entry): Set<Keeper> {
  const { binds, seenBy, fixed } = entry;
  const keepers = new Set<Keeper>();
  if (table === 'FIELD_STATEMENTS' || (table === 'METADATA' && fixed)) keepers.add('RELEASE');
  if (choosesAnEntry(entry)) keepers.add('REGISTER');
  if (Object.hasOwn(HELD_AT_THE_GATE, name) && binds.some((one) => one === 'fact' || one === 'term'))
    keepers.add('GATE');
  if (binds.includes('evidence') && seenBy) keepers.add('EVIDENCE');
  if (table !== 'METADATA' && binds.includes('term')) keepers.add('AGREEMENT');
  return keepers;
}
/** What is as good as the keeper a fact names, where the fact comes of several statements. */
const AS_GOOD: Readonly<Record<Keeper, readonly Keeper[]>> = {
  RELEASE: ['RELEASE', 'REGISTER'],
  REGISTER: ['REGISTER'],
  GATE: ['GATE', 'RELEASE', 'REGISTER', 'EVIDENCE'],
  AGREEMENT: ['AGREEMENT', 'GATE', 'RELEASE', 'REGISTER', 'EVIDENCE'],
  EVIDENCE: ['EVIDENCE', 'REGISTER'],
};
const MISSING: Readonly<Record<Keeper, string>> = {
  RELEASE: 'kept by the release, and no entry of the card that is released gives it',
  REGISTER: 'kept by a register',
  GATE: 'kept by the gate, and no term it holds gives it',
  AGREEMENT: 'kept by the agreement, and no entry that the agreement states gives it',
  EVIDENCE: 'kept by evidence, and no desk looks at it',
};

function faultsOfTables({ facts, forms, metadata, fields }: Tables): string[] {
  const faults: string[] = [];
  const known = factsOf(facts);
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
    const { binds, obligation } = entry;
    if (binds.length === 0) tell('does not say how it binds');
    if (binds.includes('information') && binds.length > 1) tell('is information and more at once');
    const decisive = (one: string) => known.some(({ path, fact }) => covers(one, path) && !fact.options.information);
    if (informsOnly(entry) && given.some(decisive)) tell('gives a fact and calls itself information');
    const gives = known.filter(({ path }) => given.some((one) => covers(one, path)));
    if (binds.includes('fact')) {
      if (gives.length === 0) tell('names no fact that it gives');
      else if (!gives.some((one) => effectOf(one).read)) tell('no rule reads what it gives');
      for (const one of given)
        if (!known.some(({ path }) => covers(one, path))) tell(`gives \`${one}\`, which is no fact`);
    }
    if (binds.includes('evidence') && !entry.seenBy) tell('does not say who must look at it');
    if (binds.includes('obligation')) {
      const kept = ruleset.obligation(obligation ?? '');
      const changes = gives.some((one) => effectOf(one).obligations.has(obligation!));
      if (!obligation) tell('does not say which obligation');
      else if (obligation === 'DEADLINE') {
        if (!Object.hasOwn(DEADLINES, name)) tell('sets no deadline');
      } else if (!kept || !SUPPORTED.enforcers!.includes(kept.enforcer)) tell(`nobody keeps \`${obligation}\``);
      else if (!changes && !Object.hasOwn(HELD_AT_THE_GATE, name))
        tell(`changes nothing of \`${obligation}\`, and the gate does not hold it`);
    } else if (obligation) tell('names an obligation and does not bind to it');
  }
  for (const entry of known) {
    const { fact, path, keptBy } = entry;
    const { read, loosens } = effectOf(entry);
    const { asked, information } = fact.options;
    if (!read && asked !== false && !information) faults.push(`${path}: a fact no rule reads`);
    if (read && information) faults.push(`${path}: a rule reads it, and it calls itself information`);
    if (!loosens) continue;
    if (!keptBy) {
      faults.push(`${path}: loosens a decision and has no keeper`);
      continue;
    }
    const givers = entries.filter(([, , one, given]) => !informsOnly(one) && given.some((one) => covers(one, path)));
    const keepers = givers.map(([table, name, one]) => ({ who: `${table}.${name}`, of: keepersOf(table, name, one) }));
    // a register keeps what no statement gives at all: the program looks it up
    if (keptBy !== 'REGISTER' && !keepers.some(({ of }) => of.has(keptBy))) faults.push(`${path}: ${MISSING[keptBy]}`);
    else
      for (const { who, of } of keepers)
        if (!AS_GOOD[keptBy].some((one) => of.has(one)))
          faults.push(`${path}: ${MISSING[keptBy].split(',')[0]}, and ${who} says it without`);
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
  test.each(Object.entries(HELD_AT_THE_GATE))('the gate holds %s, and one that forgot it is noticed', (_, term) => {
    expect([term.held(GATE), term.held(term.forgotten)]).toEqual([true, false]);
  });
  test.each(Object.entries(DEADLINES))('%s sets a deadline, and one that it does not set is noticed', (_, sets) => {
    expect([sets(withinPromise), sets((step) => step)]).toEqual([true, false]);
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
    ['an obligation without a name', { binds: ['obligation'] }, 'does not say which obligation'],
    ['one that is not there', { binds: ['obligation'], obligation: 'O-PROBE' }, 'nobody keeps `O-PROBE`'],
    ['one that is not built', { binds: ['obligation'], obligation: 'O-SDC' }, 'nobody keeps `O-SDC`'],
    [
      'one that does not ask for what is said',
      { binds: ['fact', 'obligation'], feeds: ['purpose.code'], obligation: 'O-GRID' },
      'changes nothing of `O-GRID`, and the gate does not hold it',
    ],
    ['a deadline nobody sets', { binds: ['obligation'], obligation: 'DEADLINE' }, 'sets no deadline'],
    ['an obligation beside', { obligation: 'O-MASK' }, 'names an obligation and does not bind to it'],
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
  test.each<[string, Members]>([
    ['spares a step', { necessityGiven: yesNo({ byHand: false }) }],
    ['loosens an obligation', { retentionDays: amount(1, { nullable: true, byHand: null, asked: false }) }],
  ])('a fact that only %s and has no keeper', (_, member) => {
    const [path] = Object.keys(member);
    const outcomes = effectOf(factsOf(member)[0]!);
    expect(outcomes.loosens).toBe(true);
    expect(faultsOfTables({ ...SHIPPED, facts: { ...FACTS, ...member } })).toContain(
      `${path}: loosens a decision and has no keeper`,
    );
  });
  test('an answer that asks less is looser, whatever its outcome', () => {
    const stage = (...ids: string[]) => ({ ids: ['A3'], stages: [ids.map((id) => ({ id }))] });
    const one = (outcome: string, steps: string[], obligations: object[] = []) =>
      ({ outcome, chain: stage(...steps), obligations }) as never;
    const log = (years: number) => [{ id: 'O-LOG', params: { months: years } }];
    const before = one('APPROVAL', ['OWNER', 'DSB'], log(12));
    const found = [
      one('APPROVAL', ['OWNER', 'DSB'], log(12)),
      one('APPROVAL', ['OWNER', 'DSB', 'ISB'], log(60)),
      one('APPROVAL', ['OWNER_IN_PERSON', 'DSB'], log(12)),
      one('FORBID', []),
      one('APPROVAL', ['OWNER'], log(12)),
      one('APPROVAL', ['OWNER', 'DSB'], log(6)),
      one('APPROVAL', ['OWNER', 'DSB']),
      one('PERMIT_OBL', [], log(12)),
    ].map((after) => looser(after, before));
    expect(found).toEqual([false, false, false, false, true, true, true, true]);
  });
  test('a fact that a register keeps, said by whoever asks', () => {
    const says = (path: string, entry: object) =>
      withForm({ binds: ['fact', 'term'], feeds: [path], ...entry }).filter((one) => one.startsWith(`${path}: `));
    for (const path of ['contract.status', 'consumer.kind', 'product.releasedCube'])
      for (const schema of [z.boolean(), z.enum(['VALID', 'MISSING']), z.string()])
        expect(says(path, { schema })).toEqual([
          `${path}: kept by a register, and REQUEST_FIELDS.probe says it without`,
        ]);
    expect(says('contract.status', { schema: z.uuid() })).toEqual([]);
  });
  test('a statement that says beside the one that is kept', () => {
    expect(withForm({ binds: ['fact'], feeds: ['periodDays'] })).toContain(
      'periodDays: kept by the gate, and REQUEST_FIELDS.probe says it without',
    );
    expect(withForm({ binds: ['fact', 'term'], feeds: ['product.openness'] })).toContain(
      'product.openness: kept by the release, and REQUEST_FIELDS.probe says it without',
    );
    expect(withForm({ binds: ['fact'], feeds: ['evidence'] })).toContain(
      'evidence: kept by evidence, and REQUEST_FIELDS.probe says it without',
    );
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
