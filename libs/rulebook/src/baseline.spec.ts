import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decide, EVERYTHING } from '#lib/policy';
import { someInputs } from '../../../test/bench/policy/inputs';
import { compile, lint, parseTexts, readFolder } from './';

// the set for a city without a role concept: everything goes to the owner
const folder = join(__dirname, '../../../config/governance-baseline');
const baseline = async () => {
  const texts = await readFolder(folder);
  return { ruleset: compile(texts, EVERYTHING), sources: parseTexts(texts) };
};

test('the baseline set loads, its cases hold, every rule and every cell has one', async () => {
  const { ruleset, sources } = await baseline();
  expect(lint(ruleset, sources).faults).toEqual([]);
  const cases = sources
    .filter(({ file }) => file.startsWith('cases/'))
    .map(({ content }) => JSON.stringify(content))
    .join();
  expect(ruleset.cells.filter(({ row }) => !cases.includes(`"table":"${row}"`))).toEqual([]);
});

test('under the baseline set nothing is ever free: refused, or decided by the owner', async () => {
  const { ruleset } = await baseline();
  const seen = new Set<string>();
  for (const facts of someInputs(4_000, 17, ruleset)) {
    const { outcome, chain } = decide(ruleset, facts);
    seen.add(outcome);
    expect(
      outcome === 'FORBID' || chain!.stages.flat().some(({ id, kind }) => id === 'OWNER' && kind === 'APPROVE'),
    ).toBe(true);
  }
  expect([...seen].sort()).toEqual(['APPROVAL', 'FORBID']);
});

test('what the baseline set does not name is refused', async () => {
  const { ruleset } = await baseline();
  const asked = someInputs(4_000, 18, ruleset).filter(
    ({ consumer, emergency }) => emergency === undefined && (consumer.kind === 'PRIVATE' || consumer.kind === 'AUDIT'),
  );
  expect(asked.length).toBeGreaterThan(100);
  expect(asked.every((facts) => decide(ruleset, facts).outcome === 'FORBID')).toBe(true);
});

test('a folder over another takes from it the lists it does not carry, and neither its rules nor its cases', async () => {
  const own = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  const [texts, below] = [await readFolder(folder), await readFolder(join(folder, '../governance'))];
  const textOf = (list: typeof texts, name: string) => list.find(({ file }) => file === name)?.text;
  const taken = below.map(({ file }) => file).filter((file) => !file.includes('/') && !own.includes(file));
  expect(taken).toContain('roles.yaml');
  expect(texts.map(({ file }) => file)).toEqual([...own, ...taken].sort());
  for (const file of taken) expect(textOf(texts, file)).toBe(textOf(below, file));
  expect(textOf(texts, 'matrix.yaml')).not.toBe(textOf(below, 'matrix.yaml'));
  // nothing stands twice
  for (const file of own) expect(textOf(texts, file)).not.toBe(textOf(below, file));
});
