import { defineStates } from './states';

const lamp = defineStates(
  {
    OFF: { label: 'Aus', to: { light: 'ON' } },
    ON: { label: 'An', to: { dim: 'ON', quench: 'OFF', break: 'BROKEN' } },
    BROKEN: { to: {} },
  },
  { GLOWING: 'Glimmt' },
);

describe('a table of states', () => {
  it('gives every pair it allows, and allows no other', () => {
    expect(lamp.transitions.map((pair) => pair.join())).toEqual(['OFF,ON', 'ON,ON', 'ON,OFF', 'ON,BROKEN']);
    for (const from of lamp.stored)
      for (const to of lamp.stored)
        expect(lamp.canMove(from, to)).toBe(lamp.transitions.some(([a, b]) => a === from && b === to));
  });

  it('says where a step leads, and nowhere for a step this state does not know', () => {
    expect(lamp.after('ON', 'quench')).toBe('OFF');
    expect(lamp.after('OFF', 'quench')).toBeNull();
    expect(lamp.after('OFF', 'toString' as never)).toBeNull();
    expect(lamp.stepsFrom('ON')).toEqual(['dim', 'quench', 'break']);
    expect(lamp.stored.filter((state) => lamp.isFinal(state))).toEqual(['BROKEN']);
  });

  it('names derived states beside the stored ones, and stores none of them', () => {
    expect(lamp.all).toEqual(['OFF', 'ON', 'BROKEN', 'GLOWING']);
    expect(lamp.stored).not.toContain('GLOWING');
    expect(lamp.label).toEqual({ OFF: 'Aus', ON: 'An', BROKEN: '', GLOWING: 'Glimmt' });
  });
});
