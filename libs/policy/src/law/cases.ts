import { z } from 'zod';
import { decide } from '../engine/decide';
import type { Decision, Obligation } from '../engine/decision';
import { FactsFault } from '../facts/facts.schema';
import { CONSUMER, FIELD_CLASS, type Facts, type FieldClass } from '../facts/facts';
import { parsed } from './read-rules';
import { type Fault, type Ruleset, RulesetFault, type Source } from './ruleset';

/**
 * Cases: what the people who own the role concept expect, in the words of the vocabulary. A case names fixtures
 * (`cases/fixtures.yaml`) and changes what matters; everything else is the plainest exchange.
 */
export interface Case {
  file: string;
  name: string;
  facts: unknown;
  expect: Expectation;
  /** row of the matrix when the case is one field of a table */
  table?: string;
}

const map = z.record(z.string(), z.unknown());
const expectation = z.strictObject({
  outcome: z.enum(['PERMIT', 'PERMIT_OBL', 'APPROVAL', 'FORBID']),
  /** exactly the deciding rules, matrix cells apart */
  by: z.array(z.string()).default([]),
  cell: z.string().optional(),
  /** at least these, `O-SDC(WAERME)` */
  obligations: z.array(z.string()).optional(),
  /** exactly these chains */
  chain: z.array(z.string()).optional(),
  /** exactly these steps in order; side by side in one entry, sorted: `DSB+ISB` */
  steps: z.array(z.string()).optional(),
  notes: z.array(z.string()).optional(),
  code: z.string().optional(),
});
type Expectation = z.infer<typeof expectation>;
const caseShape = z.strictObject({ case: z.string().min(10), facts: map, expect: expectation });
/** A row of the matrix by hand: the facts of the row, and what is expected for each consumer. */
const tableShape = z.strictObject({
  table: z.string().min(3),
  facts: map,
  expect: z.partialRecord(z.enum(CONSUMER), z.string()),
});
const caseFileShape = z.array(map).min(1);
const fixturesShape = z.strictObject({
  base: z.looseObject({ product: map, consumer: map, purpose: map }),
  products: z.record(z.string(), map),
  consumers: z.record(z.string(), map),
});

const FIXTURES = 'cases/fixtures.yaml';
/** Told a fault and the case it is in; null when it is the file's. */
type ReportCase = (id: string | null, text: string) => void;

/** Reads the cases of a law book. Throws RulesetFault naming every fault with its file and case. */
export function readCases(sources: readonly Source[], ruleset: Ruleset): Case[] {
  const faults: Fault[] = [];
  const reportIn =
    (file: string): ReportCase =>
    (id, text) =>
      void faults.push({ file, id, text });
  const source = sources.find(({ file }) => file === FIXTURES);
  if (!source) throw new RulesetFault([{ file: FIXTURES, id: null, text: 'die Datei fehlt' }]);
  const fixtures = parsed(fixturesShape, source.content, (text) => reportIn(FIXTURES)(null, text));
  const cases = sources
    .filter(({ file }) => file.startsWith('cases/') && file !== FIXTURES)
    .flatMap(({ file, content }) => readCaseFile(file, content, fixtures, ruleset, reportIn(file)));
  if (faults.length > 0) throw new RulesetFault(faults);
  return cases;
}

/** `fixtures` is null when they could not be read: then only the shape of the cases is looked at. */
function readCaseFile(
  file: string,
  content: unknown,
  fixtures: Fixtures | null,
  ruleset: Ruleset,
  report: ReportCase,
): Case[] {
  const entries = parsed(caseFileShape, content, (text) => report(null, text)) ?? [];
  return entries.flatMap((entry, at): Case[] => {
    const id = `„${String(entry.case ?? entry.table ?? at + 1)}“`;
    const tell = (text: string) => report(id, text);
    const facts = (own: Record<string, unknown>) => fixtures && build(own, fixtures, ruleset, tell);
    if (!('table' in entry)) {
      const one = parsed(caseShape, entry, tell);
      return one ? [{ file, name: one.case, facts: facts(one.facts), expect: one.expect }] : [];
    }
    const row = parsed(tableShape, entry, tell);
    return Object.entries(row?.expect ?? {}).map(([kind, cell]) => ({
      file,
      name: `${row!.table} → ${kind}: ${cell}`,
      facts: facts({ ...row!.facts, consumer: { ...(row!.facts.consumer as object | undefined), kind } }),
      expect: tableExpectation(cell, `M:${row!.table}:${kind}`),
      table: row!.table,
    }));
  });
}

/** `PERMIT_OBL`, `FORBID`, or chains and steps: `A3`, `A8+LEGAL`. Rules beside the cell follow after `by`. */
function tableExpectation(written: string, cell: string): Expectation {
  const [effect, by = ''] = written.split(' by ') as [string, string?];
  const rules = by.split(' ').filter(Boolean);
  if (!effect.startsWith('A')) return { outcome: effect as Expectation['outcome'], by: rules, cell };
  return { outcome: 'APPROVAL', by: rules, cell, chain: effect.split('+').filter((part) => /^A\d$/.test(part)) };
}

type Fixtures = z.infer<typeof fixturesShape>;

/** The facts of a case: base, then fixtures, then its own words. */
function build(
  own: Record<string, unknown>,
  fixtures: Fixtures,
  ruleset: Ruleset,
  report: (text: string) => void,
): unknown {
  const { product, consumer, purpose, fields, ...rest } = own;
  const named = fixtureOf(fixtures, 'products', product, report);
  const { fields: productFields, ...productFacts } = named;
  const facts = merged(
    merged(fixtures.base, { product: productFacts, consumer: fixtureOf(fixtures, 'consumers', consumer, report) }),
    rest,
  );
  const { allowedPurposes, collectedForDuties } = facts.product as Partial<Record<string, unknown>>;
  const purposeMap = typeof purpose === 'string' ? { code: purpose } : ((purpose ?? {}) as Record<string, unknown>);
  const code = (purposeMap.code ?? (facts.purpose as { code: string }).code) as string | null;
  const list = (written: unknown) => (Array.isArray(written) ? (written as string[]) : []);
  const collected = { allowedPurposes: list(allowedPurposes), collectedForDuties: list(collectedForDuties) };
  const evidence = list(facts.evidence);
  const { duty = null } = { ...(facts.purpose as object), ...purposeMap } as { duty?: string | null };
  const relation = ruleset.purposeRelation({
    code,
    duty,
    evidence,
    product: collected,
    consumer: facts.consumer as Facts['consumer'],
  });
  const needed = ruleset.neededClasses(code);
  const classes = (fields ?? productFields ?? { angabe: 'NONE' }) as Record<string, FieldClass>;
  return {
    ...facts,
    purpose: { ...(facts.purpose as object), relation, ...purposeMap, code },
    fields: Object.entries(classes).map(([name, kind]) => ({ name, class: kind, needed: needed.includes(kind) })),
    fieldClasses: FIELD_CLASS.filter((kind) => Object.values(classes).includes(kind)),
  };
}

/** A fixture by name, a fixture with changes (`is: name`), or plain facts. */
function fixtureOf(
  fixtures: Fixtures,
  list: 'products' | 'consumers',
  given: unknown,
  report: (text: string) => void,
): Record<string, unknown> {
  if (given === undefined) return {};
  const { is, ...changes } = typeof given === 'string' ? { is: given } : isMap(given) ? given : { is: given };
  if (is === undefined) return changes;
  const name = String(is);
  if (!Object.hasOwn(fixtures[list], name))
    report(`das Beispiel \`${name}\` steht nicht unter \`${list}\` in ${FIXTURES}`);
  return merged(fixtures[list][name] ?? {}, changes);
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function merged(base: Record<string, unknown>, change: Record<string, unknown>): Record<string, unknown> {
  const result = { ...base };
  for (const [key, value] of Object.entries(change)) {
    const before = result[key];
    result[key] = isMap(value) && isMap(before) && key !== 'fields' ? merged(before, value) : value;
  }
  return result;
}

/** Tries a case. Gives what differs, nothing when it holds. */
export function runCase(ruleset: Ruleset, { facts: written, expect }: Case): string[] {
  let facts: Facts;
  try {
    facts = ruleset.engine.law.model.read(written);
  } catch (error) {
    if (error instanceof FactsFault) return [...error.faults];
    throw error;
  }
  return differences(decide(ruleset, facts), expect);
}

function differences({ outcome, rules, obligations, chain, because }: Decision, expect: Expectation): string[] {
  const wrong: string[] = [];
  const same = (what: string, found: unknown, wanted: unknown) => {
    if (JSON.stringify(found) !== JSON.stringify(wanted))
      wrong.push(`${what}: erwartet ${JSON.stringify(wanted)}, gefunden ${JSON.stringify(found)}`);
  };
  same('outcome', outcome, expect.outcome);
  same(
    'by',
    rules.filter((id) => !id.startsWith('M:')),
    [...expect.by].sort(),
  );
  if (expect.cell)
    same(
      'cell',
      rules.filter((id) => id.startsWith('M:')),
      expect.outcome === 'FORBID' && expect.by.length > 0 && !rules.includes(expect.cell) ? [] : [expect.cell],
    );
  if (expect.obligations) {
    const found = obligations.map(written);
    const missing = expect.obligations.filter((text) => !found.includes(text));
    if (missing.length > 0) wrong.push(`obligations: es fehlt ${missing.join(', ')}, gefunden ${found.join(', ')}`);
  }
  if (expect.chain) same('chain', chain?.ids ?? [], [...expect.chain].sort());
  if (expect.steps)
    same('steps', chain?.stages.map((stage) => stage.map(({ id }) => id).join('+')) ?? [], expect.steps);
  const noted = [...new Set(because.map(({ rule }) => rule))].filter((rule) => !rules.includes(rule));
  same('notes', noted, [...(expect.notes ?? [])].sort());
  if (expect.code && !because.some(({ code }) => code === expect.code))
    wrong.push(`code: erwartet ${expect.code}, gefunden ${because.map(({ code }) => code ?? '-').join(', ')}`);
  return wrong;
}

/** `O-MASK(gutachter, telefon)` */
function written({ id, params }: Obligation): string {
  const values = Object.values(params).flat();
  return values.length === 0 ? id : `${id}(${values.join(', ')})`;
}
