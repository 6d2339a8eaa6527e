import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { maskInput, type Mask } from '#lib/sources';
import { aGate, type Gate, type Version } from '../../support/gate.fixture';

let gate: Gate;
let trees: Version;
let list: Version;
beforeAll(async () => {
  gate = await aGate();
  trees = gate.treeVersion;
  const { key, rows } = await gate.one<{ key: string; rows: number }>(
    'SELECT object_key AS key, rows FROM catalogue.product_version WHERE id = $1',
    [trees.versionId],
  );
  // the same numbers, published by somebody who wants to know whose pseudonyms they are
  list = await gate.version('Liste', key, rows, { baum_id: 'INTEGER' });
}, 240_000);
afterAll(() => gate?.close());

const PSEUDONYM = { kind: 'pseudonym' } as const;
// as it was kept before: every mask named its key, and anybody could name the same
const named = (keyRef: string): Mask => ({ ...PSEUDONYM, keyRef }) as Mask;

/** The column of numbers as an agreement delivers it. */
async function delivered(version: Version, mask: Mask, consumer = 'umweltamt', who = 'eva.bach'): Promise<string[]> {
  const id = await gate.agreement({ version, fields: ['baum_id'], masks: { baum_id: mask }, consumer });
  return again(id, who);
}
async function again(agreementId: string, who = 'eva.bach'): Promise<string[]> {
  const response = await gate.call(`/v1/agreements/${agreementId}/data?format=csv`, who);
  expect(response.status).toBe(200);
  return (await response.text()).trim().split(/\r?\n/).slice(1);
}
const common = (a: readonly string[], b: readonly string[]): number => a.filter((one) => b.includes(one)).length;

test('nobody names a key any more, and whoever tries is told', () => {
  expect(maskInput.safeParse(PSEUDONYM).success).toBe(true);
  expect(maskInput.safeParse(named('produkt-1')).error?.issues).toMatchObject([{ keys: ['keyRef'] }]);
});

test('a list of all values published under the same name reverses no pseudonym', async () => {
  const [theirs, mine] = [await delivered(trees, named('produkt-1')), await delivered(list, named('produkt-1'))];
  expect([new Set(theirs).size, mine.length, common(theirs, mine)]).toEqual([theirs.length, theirs.length, 0]);
  expect(theirs.length).toBeGreaterThan(50);
});

test('two agreements of one recipient over one product can not be joined', async () => {
  expect(common(await delivered(trees, PSEUDONYM), await delivered(trees, PSEUDONYM))).toBe(0);
});

test('two recipients of one product can not join what they got', async () => {
  const [one, other] = [
    await delivered(trees, PSEUDONYM),
    await delivered(trees, PSEUDONYM, 'stadtplanungsamt', 'zoe.plan'),
  ];
  expect([other.length, common(one, other)]).toEqual([one.length, 0]);
});

test.each<[string, string, Mask, Mask]>([
  ['pseudonyms', 'bezirk', PSEUDONYM, PSEUDONYM],
  // of its kind: coarser values, of which one alone tells little
  ['grids', 'x', { kind: 'grid', metres: 1000 }, { kind: 'grid', metres: 1500 }],
])(
  '%s of two agreements can not be joined by the place of a row, and within one it stays',
  async (_, field, one, other) => {
    const agreed = (mask: Mask, consumer: string): Promise<string> =>
      gate.agreement({ version: trees, fields: ['baum_id', field], masks: { [field]: mask }, consumer });
    const [first, second] = [await agreed(one, 'umweltamt'), await agreed(other, 'stadtplanungsamt')];
    const numbers = (rows: string[]): number[] => rows.map((row) => Number(row.split(',')[0]));
    const [mine, theirs] = [numbers(await again(first)), numbers(await again(second, 'zoe.plan'))];
    const filed = gate.data.map((tree) => tree.baum_id);
    expect([...mine].sort((a, b) => a - b)).toEqual(filed);
    // of thousands of rows about one stands by chance where it stands elsewhere
    for (const [a, b] of [
      [mine, theirs],
      [mine, filed],
      [theirs, filed],
    ] as const)
      expect(a.filter((id, at) => b[at] === id).length).toBeLessThan(10);
    expect(numbers(await again(first))).toEqual(mine);
  },
);

test('within one agreement a value keeps its pseudonym, from delivery to delivery', async () => {
  const id = await gate.agreement({ version: trees, fields: ['baum_id'], masks: { baum_id: PSEUDONYM } });
  expect((await again(id)).sort()).toEqual((await again(id)).sort());
});

test('an agreement of before that names a key delivers with the derived one', async () => {
  const folder = join(gate.db.config.objectStoreDir, 'keys');
  const secrets = readdirSync(folder);
  const got = await delivered(trees, named('produkt-7'));
  // no file was made for the name, and no secret file itself is the key
  expect(readdirSync(folder)).toEqual(secrets);
  for (const file of secrets) {
    const key = readFileSync(join(folder, file));
    expect(got).not.toContain(createHmac('sha256', key).update('1').digest('hex').slice(0, 32));
  }
});

test('no event and no column of the database holds a key or its secret', async () => {
  const folder = join(gate.db.config.objectStoreDir, 'keys');
  const secrets = readdirSync(folder).map((file) => readFileSync(join(folder, file)).toString('hex'));
  const { rows } = await gate.db.owner.query<{ said: string }>(
    `SELECT convert_from(leaf, 'UTF8') AS said FROM kernel.audit_event UNION ALL SELECT terms::text FROM agreements.agreement`,
  );
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter(({ said }) => secrets.some((secret) => said.includes(secret)))).toEqual([]);
});
