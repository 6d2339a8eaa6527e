import { obstacleOf } from './agreement-obstacle';

const at = (ms: number) => new Date(1_800_000_000_000 + ms);
const agreement = { state: 'ACTIVE', revision: 3, validFrom: at(0), validUntil: at(1000) };

describe('the standing of an agreement', () => {
  it('is in force from its first millisecond to the last before its end', () => {
    expect(obstacleOf(agreement, 3, at(-1))).toBe('agreement_expired');
    expect(obstacleOf(agreement, 3, at(0))).toBeNull();
    expect(obstacleOf(agreement, 3, at(999))).toBeNull();
    expect(obstacleOf(agreement, 3, at(1000))).toBe('agreement_expired');
    expect(obstacleOf(agreement, 3, at(1001))).toBe('agreement_expired');
  });

  it('lets nothing pass in any other state, known or not', () => {
    for (const state of ['OFFERED', 'SUSPENDED', 'REVOKED', 'TERMINATED', 'EXPIRED', 'SOMETHING_NEW']) {
      expect(obstacleOf({ ...agreement, state }, 3, at(1))).not.toBeNull();
    }
    expect(obstacleOf(null, 3, at(1))).toBe('agreement_revoked');
  });

  it('lets nothing pass when it is another agreement than the one the stream began with', () => {
    expect(obstacleOf({ ...agreement, revision: 4 }, 3, at(1))).toBe('agreement_changed');
  });
});
