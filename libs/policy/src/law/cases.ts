import { z } from 'zod';
import { decide } from '../engine/decide';
import type { Decision, Obligation } from '../engine/decision';
import { FactsFault } from '../facts/facts.schema';
import { CONSUMER, FIELD_CLASS, type Facts, type FieldClass } from '../facts/facts';
import type { Ruleset, Source } from './ruleset';

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
const caseFileShape = z.array(z.union([caseShape, tableShape])).min(1);
const fixturesShape = z.strictObject({
  base: map,
  products: z.record(z.string(), map),
  consumers: z.record(z.string(), map),
});

/** Reads the cases of a law book. Throws an Error naming file and fault. */
export function readCases(sources: readonly Source[], ruleset: Ruleset): Case[] {
  const fixtures = fixturesShape.parse(sources.find(({ file }) => file === 'cases/fixtures.yaml')?.content);
  return sources
    .filter(({ file }) => file.startsWith('cases/') && file !== 'cases/fixtures.yaml')
    .flatMap(({ file, content }) => {
      const read = caseFileShape.safeParse(content);
      if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`);
      return read.data.flatMap((entry): Case[] => {
        if ('case' in entry)
          return [{ file, name: entry.case, facts: build(entry.facts, fixtures, ruleset), expect: entry.expect }];
        return Object.entries(entry.expect).map(([kind, cell]) => ({
          file,
          name: `${entry.table} → ${kind}: ${cell}`,
          facts: build(
            { ...entry.facts, consumer: { ...(entry.facts.consumer as object | undefined), kind } },
            fixtures,
            ruleset,
          ),
          expect: tableExpectation(cell, `M:${entry.table}:${kind}`),
          table: entry.table,
        }));
      });
    });
}

/** `PERMIT_OBL`, `FORBID`, or chains and steps: `A3`, `A8+LEGAL`. Rules beside the cell follow after `by`. */
function tableExpectation(written: string, cell: string): Expectation {
  const [effect, by = ''] = written.split(' by ') as [string, string?];
  const rules = by.split(' ').filter(Boolean);
  if (!effect.startsWith('A')) return { outcome: effect as Expectation['outcome'], by: rules, cell };
  return { outcome: 'APPROVAL', by: rules, cell, chain: effect.split('+').filter((part) => /^A\d$/.test(part)) };
}

interface Fixtures {
  base: Record<string, unknown>;
  products: Record<string, Record<string, unknown>>;
  consumers: Record<string, Record<string, unknown>>;
}

/** The facts of a case: base, then fixtures, then its own words. */
function build(own: Record<string, unknown>, fixtures: Fixtures, ruleset: Ruleset): unknown {
  const { product, consumer, purpose, fields, ...rest } = own;
  const named = fixtureOf(fixtures.products, product);
  const { fields: productFields, ...productFacts } = named;
  const facts = merged(
    merged(fixtures.base, { product: productFacts, consumer: fixtureOf(fixtures.consumers, consumer) }),
    rest,
  );
  const { allowedPurposes = [] } = facts.product as { allowedPurposes?: string[] };
  const purposeMap = typeof purpose === 'string' ? { code: purpose } : ((purpose ?? {}) as Record<string, unknown>);
  const code = (purposeMap.code ?? (facts.purpose as { code: string }).code) as string | null;
  const relation =
    code !== null && allowedPurposes.includes(code)
      ? 'SAME'
      : ['STATISTIK', 'STADTFORSCHUNG', 'FORSCHUNG'].includes(String(code))
        ? 'PRIVILEGED'
        : 'CHANGED';
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
function fixtureOf(known: Record<string, Record<string, unknown>>, given: unknown): Record<string, unknown> {
  if (given === undefined) return {};
  const { is, ...changes } = typeof given === 'string' ? { is: given } : (given as Record<string, unknown>);
  if (is === undefined) return changes;
  const fixture = known[is as string];
  if (!fixture) throw new Error(`unknown fixture \`${String(is)}\``);
  return merged(fixture, changes);
}

function merged(base: Record<string, unknown>, change: Record<string, unknown>): Record<string, unknown> {
  const isMap = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
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
      wrong.push(`${what}: expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`);
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
    if (missing.length > 0) wrong.push(`obligations: missing ${missing.join(', ')}, found ${found.join(', ')}`);
  }
  if (expect.chain) same('chain', chain?.ids ?? [], [...expect.chain].sort());
  if (expect.steps)
    same('steps', chain?.stages.map((stage) => stage.map(({ id }) => id).join('+')) ?? [], expect.steps);
  const noted = [...new Set(because.map(({ rule }) => rule))].filter((rule) => !rules.includes(rule));
  same('notes', noted, [...(expect.notes ?? [])].sort());
  if (expect.code && !because.some(({ code }) => code === expect.code))
    wrong.push(`code: expected ${expect.code}, found ${because.map(({ code }) => code ?? '-').join(', ')}`);
  return wrong;
}

/** `O-MASK(gutachter, telefon)` */
function written({ id, params }: Obligation): string {
  const values = Object.values(params).flat();
  return values.length === 0 ? id : `${id}(${values.join(', ')})`;
}
