import { caseOf, type Facts, type Ruleset } from '#lib/policy';
import type { ShownCase } from './proof.view';

/** Facts as a case of the law book and as people read it: what is otherwise than in the plainest exchange, and what is decided. */
export function shown(name: string, facts: Facts, plain: Facts, ruleset: Ruleset): ShownCase {
  const written = caseOf(name, facts, plain, ruleset);
  const expected = written.expect as { outcome: string; by: string[]; cell?: string; steps?: string[] };
  const steps = (expected.steps ?? []).map((stage) =>
    stage
      .split('+')
      .map((id) => ruleset.steps.find((step) => step.id === id)?.name ?? id)
      .join(' und '),
  );
  const by = [...expected.by, ...(expected.cell ? [`Grundregel ${expected.cell}`] : [])];
  return {
    name,
    facts: [...sentences(withoutUsualRelation(written.facts as Written, plain), '', ruleset)],
    decided: [
      ruleset.label('outcome', expected.outcome),
      ...(steps.length > 0 ? [`der Reihe nach: ${steps.join(', ')}`] : []),
      ...(by.length > 0 ? [`nach ${by.join(', ')}`] : []),
    ].join('; '),
    written: JSON.parse(JSON.stringify(written)) as Written,
  };
}

type Written = Record<string, unknown>;
const isGroup = (value: unknown): value is Written =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A case says the relation of purposes wherever it says a purpose; people read it where it is another one. */
function withoutUsualRelation({ purpose, ...facts }: Written, plain: Facts): Written {
  if (!isGroup(purpose)) return { ...facts, ...(purpose !== undefined && { purpose }) };
  const { relation, ...others } = purpose;
  return { ...facts, purpose: relation === plain.purpose.relation ? others : purpose };
}

function* sentences(facts: Written, below: string, ruleset: Ruleset): Generator<string> {
  for (const [key, value] of Object.entries(facts)) {
    const path = below + key;
    if (path === 'fields') yield `${meaning(path, ruleset)}: ${fields(value as Written, ruleset)}`;
    else if (isGroup(value)) yield* sentences(value, `${path}.`, ruleset);
    else yield `${meaning(path, ruleset)}: ${word(path, value, ruleset)}`;
  }
}

/** Without what its absence means: here it is given. */
function meaning(path: string, { vocabulary: { facts } }: Ruleset): string {
  const text = facts[path] ?? facts[`calc.${path.split('.').at(-1)!}`] ?? path;
  return text.split('; fehlt')[0]!;
}

function word(path: string, value: unknown, ruleset: Ruleset): string {
  const kind = ruleset.fact(path);
  const one = (item: unknown): string => {
    if (item === null || item === undefined) return 'keine Angabe';
    if (typeof item === 'boolean') return item ? 'ja' : 'nein';
    if (typeof item !== 'string' && typeof item !== 'number') return JSON.stringify(item);
    return kind && 'of' in kind ? ruleset.label(kind.of, String(item)) : String(item);
  };
  return Array.isArray(value) ? value.map(one).join(', ') || 'nichts' : one(value);
}

const fields = (value: Written, ruleset: Ruleset): string =>
  Object.entries(value)
    .map(([name, field]) => {
      const { class: kind, needed } = isGroup(field) ? field : { class: field, needed: undefined };
      return `${name} (${ruleset.label('fieldClass', String(kind))}${needed === false ? ', für den Zweck nicht nötig' : ''})`;
    })
    .join(', ') || 'keine';
