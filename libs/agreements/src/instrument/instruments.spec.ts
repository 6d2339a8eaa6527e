import { law } from '../../../../test/support/law';
import { needsOf } from './instruments';

const { instruments } = law();
const units = { providerUnitId: 'a', consumerUnitId: 'b', processorUnitId: null };

test('a processor of the receiving side always needs a processing contract with it', () => {
  const note = instruments.get('VERMERK');
  expect(needsOf(note, instruments, { ...units, processorUnitId: 'c' })).toEqual([
    { kind: 'AVV', partyA: 'b', partyB: 'c' },
  ]);
  expect(needsOf(note, instruments, units)).toEqual([]);
});

test('a processor signs with the office it works for, everybody else with the one that gives', () => {
  const onBehalf = { ...units, onBehalfOfUnitId: 'd' };
  expect(needsOf(instruments.get('AVV'), instruments, onBehalf)).toEqual([{ kind: 'AVV', partyA: 'd', partyB: 'b' }]);
  expect(needsOf(instruments.get('DUV'), instruments, onBehalf)).toEqual([{ kind: 'DUV', partyA: 'a', partyB: 'b' }]);
});
