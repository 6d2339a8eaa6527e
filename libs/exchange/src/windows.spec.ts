import type { EndReason } from './exchange.states';
import { type CreditResult, Windows } from './windows';

const opened = (look: (upTo: number) => Promise<CreditResult>) => {
  const stops: EndReason[] = [];
  return { stops, windows: new Windows(100, 100, 50, look, (reason) => stops.push(reason)) };
};

describe('the credit of a stream', () => {
  it('no byte is covered before the credit for it is committed', async () => {
    const committed: number[] = [];
    const { windows } = opened(async (upTo) => (committed.push(upTo), { releasedBytes: upTo }));
    expect(await windows.cover(0, 100)).toBe(true);
    expect(committed).toEqual([]);
    expect(await windows.cover(100, 1)).toBe(true);
    expect(committed).toEqual([200]);
    expect(windows.releasedBytes).toBe(200);
  });

  it('a chunk larger than a window gets a credit of its size', async () => {
    const { windows } = opened(async (upTo) => ({ releasedBytes: upTo }));
    expect(await windows.cover(50, 1000)).toBe(true);
    expect(windows.releasedBytes).toBe(1050);
  });

  it('after a look that says stop no further byte is covered, and no further look is made', async () => {
    let looks = 0;
    const { windows, stops } = opened(async () => (looks++, { stop: 'agreement_revoked' }));
    expect(await windows.cover(90, 20)).toBe(false);
    expect(await windows.cover(0, 1)).toBe(false);
    expect(stops).toEqual(['agreement_revoked']);
    expect(looks).toBe(1);
  });

  it('a database that does not answer, or answers with an error, covers nothing', async () => {
    const silent = opened(() => new Promise(() => undefined));
    expect(await silent.windows.cover(100, 1)).toBe(false);
    expect(silent.stops).toEqual(['credit_unavailable']);
    const failing = opened(() => Promise.reject(new Error('gone')));
    expect(await failing.windows.cover(100, 1)).toBe(false);
    expect(failing.stops).toEqual(['credit_unavailable']);
  });

  it('two looks are never under way at once', async () => {
    let under = 0;
    let most = 0;
    const { windows } = opened(async (upTo) => {
      most = Math.max(most, ++under);
      await new Promise((done) => setImmediate(done));
      under--;
      return { releasedBytes: upTo };
    });
    windows.ahead(80);
    void windows.renew(80);
    expect(await windows.cover(160, 50)).toBe(true);
    expect(most).toBe(1);
  });

  it('a look that was under way for fewer bytes is followed by one for these', async () => {
    const { windows } = opened(async (upTo) => ({ releasedBytes: upTo }));
    windows.ahead(80); // up to 180
    expect(await windows.cover(150, 50)).toBe(true);
    expect(windows.releasedBytes).toBe(250);
  });
});
