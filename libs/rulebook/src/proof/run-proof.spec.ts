import { lawSources } from '../../../../test/support/law';
import type { PrinciplesText } from '#lib/policy';
import { changedPrinciples, reasonFor } from './principle-changes';
import { ProofUnfinished, runProof } from './run-proof';

const order = { law: lawSources(), before: null, former: [], idle: true };
const never = new AbortController().signal;

test('a proof that takes too long or too much is ended, and says so in German', async () => {
  const late = runProof(order, never, { seconds: 1, megabytes: 2048 });
  await expect(late).rejects.toThrow('länger gedauert als erlaubt (1 Sekunden)');
  const large = runProof(order, never, { seconds: 100, megabytes: 30 });
  await expect(large).rejects.toThrow('mehr Speicher gebraucht als erlaubt (30 MB)');
}, 120_000);

test('a proof ends with the program, and one that fails is no proof', async () => {
  const stop = new AbortController();
  const proof = runProof(order, stop.signal);
  stop.abort();
  await expect(proof).rejects.toThrow('beendet');
  const broken = runProof({ ...order, law: [] }, never);
  await expect(broken).rejects.toBeInstanceOf(ProofUnfinished);
  await expect(broken).rejects.toThrow('Fehler des Programms');
}, 120_000);

const L: PrinciplesText['principles'][number] = {
  id: 'L-01',
  sentence: 'Alles wird abgelehnt.',
  source: 'Probe',
  mark: 'D',
  always: { 'decision.outcome': { eq: 'FORBID' } },
};
const law = (principles: object[], assume: object[] = []) => ({
  content: { principles: { source: 'Probe', assume, principles } },
});

test('a principle that changes in any word or goes is told, and what is assumed with it; a new one is not', () => {
  expect(changedPrinciples(law([L]), law([L, { ...L, id: 'L-02' }]))).toEqual([]);
  expect(changedPrinciples({ content: {} }, law([L]))).toEqual([]);
  const weaker = { ...L, except: [{ when: { form: { eq: 'DOCUMENT' } }, because: 'Dokumente sind ausgenommen.' }] };
  expect(changedPrinciples(law([L]), law([weaker]))).toEqual([
    { id: 'L-01', before: [L.sentence], after: [L.sentence, 'Ausnahme: Dokumente sind ausgenommen.'] },
  ]);
  const assume = [{ when: { form: { eq: 'DOCUMENT' } }, because: 'Es gibt nur Dokumente.' }];
  expect(changedPrinciples(law([L]), law([L], assume))).toEqual([
    { id: 'Annahmen', before: [], after: ['Es gibt nur Dokumente.'] },
  ]);
  expect(changedPrinciples(law([L]), { content: {} }).map(({ id, after }) => [id, after])).toEqual([
    ['L-01', []],
    ['Annahmen', []],
  ]);
});

test('a reason for a principle is a line of its own that begins with its name', () => {
  expect(reasonFor('L-01', 'Neu.\r\n L-01: Weil es anders nicht geht.')).toBe('Weil es anders nicht geht.');
  expect(reasonFor('L-01', 'L-01:')).toBeNull();
  expect(reasonFor('L-01', 'Wir ändern L-01: weil es anders nicht geht.')).toBeNull();
  expect(reasonFor('L-01', 'L-011: Weil es anders nicht geht.')).toBeNull();
});
