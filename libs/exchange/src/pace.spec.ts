import { Pace } from './pace';

describe('the pace of a receiver', () => {
  const pace = () => new Pace(1024, 60_000);

  it('a receiver that takes nothing for a minute is too slow', () => {
    const p = pace();
    expect(p.tooSlow(0, 0, true)).toBe(false);
    expect(p.tooSlow(59_999, 0, true)).toBe(false);
    expect(p.tooSlow(60_000, 0, true)).toBe(true);
  });

  it('a byte now and then does not help', () => {
    const p = pace();
    for (let second = 0; second < 60; second++) expect(p.tooSlow(second * 1000, second, true)).toBe(false);
    expect(p.tooSlow(60_000, 60, true)).toBe(true);
  });

  it('the least speed is enough, minute after minute', () => {
    const p = pace();
    for (let second = 0; second <= 300; second++) expect(p.tooSlow(second * 1000, second * 1024, true)).toBe(false);
  });

  it('waiting for our own engine is not held against the receiver', () => {
    const p = pace();
    expect(p.tooSlow(0, 0, true)).toBe(false);
    expect(p.tooSlow(30_000, 0, false)).toBe(false);
    expect(p.tooSlow(60_000, 0, true)).toBe(false);
    expect(p.tooSlow(119_000, 0, true)).toBe(false);
    expect(p.tooSlow(120_000, 0, true)).toBe(true);
  });
});
