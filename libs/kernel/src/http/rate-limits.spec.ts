import { Problem } from '../problem';
import type { Call } from './call';
import { RateLimits } from './rate-limits';

const from = (ip: string): Call => ({ ip }) as Call;
const limits = () => new RateLimits({ rate: { perAddress: 3, perActor: 5, atOnce: 2 } });

/** Seconds to wait, or null when the call may go on. */
function tried(work: () => void): number | null {
  try {
    work();
    return null;
  } catch (problem) {
    if (problem instanceof Problem && problem.code === 'too_many_requests') return problem.retryAfterSeconds ?? 0;
    throw problem;
  }
}

describe('a caller', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const stranger = (rate: RateLimits, ip: string): number | null =>
    tried(() => {
      const call = from(ip);
      rate.arrived(call);
      rate.unidentified(call);
      rate.ended(call);
    });
  const known = (rate: RateLimits, who: string): number | null =>
    tried(() => {
      const call = from('192.0.2.1');
      rate.arrived(call);
      try {
        rate.identified(call, who);
      } finally {
        rate.ended(call);
      }
    });

  it('who asks too often is told how long to wait, and is served again after that', () => {
    const rate = limits();
    expect([1, 2, 3].map(() => stranger(rate, '192.0.2.1'))).toEqual([null, null, null]);
    const wait = stranger(rate, '192.0.2.1')!;
    expect(wait).toBe(20);
    jest.advanceTimersByTime((wait - 1) * 1000);
    expect(stranger(rate, '192.0.2.1')).toBe(1);
    jest.advanceTimersByTime(1000);
    expect(stranger(rate, '192.0.2.1')).toBe(null);
  });

  it('takes nothing from others, nor a stranger from somebody known at the same address', () => {
    const rate = limits();
    for (let i = 0; i < 10; i += 1) stranger(rate, '192.0.2.1');
    expect(stranger(rate, '192.0.2.1')).not.toBe(null);
    expect([stranger(rate, '192.0.2.2'), known(rate, 'eva'), known(rate, 'gero')]).toEqual([null, null, null]);
    for (let i = 0; i < 10; i += 1) known(rate, 'eva');
    expect([known(rate, 'eva') === null, known(rate, 'gero')]).toEqual([false, null]);
  });

  it('has few calls at once; a place is free when a call has ended, however often that is said', () => {
    const rate = limits();
    const call = (): { call: Call; wait: number | null } => {
      const one = from('192.0.2.1');
      return { call: one, wait: tried(() => (rate.arrived(one), rate.identified(one, 'eva'))) };
    };
    const [first, , third] = [call(), call(), call()];
    expect([first.wait, third.wait]).toEqual([null, 1]);
    rate.ended(first.call);
    rate.ended(first.call);
    expect([call().wait, call().wait]).toEqual([null, 1]);
  });

  it('is counted once for a call, whatever happens to it', () => {
    const rate = limits();
    const call = from('192.0.2.1');
    rate.arrived(call);
    expect([1, 2, 3, 4].map(() => tried(() => rate.unidentified(call)))).toEqual([null, null, null, null]);
  });

  it('with IPv6 is the whole network of a customer', () => {
    const rate = limits();
    expect(['2001:db8::1', '2001:db8:0:0:ffff::2', '2001:db8:0:0:1:2:3:4'].map((ip) => stranger(rate, ip))).toEqual([
      null,
      null,
      null,
    ]);
    expect([stranger(rate, '2001:db8::9') !== null, stranger(rate, '2001:db8:0:1::1')]).toEqual([true, null]);
    for (let i = 0; i < 3; i += 1) stranger(rate, '::ffff:192.0.2.7');
    expect([stranger(rate, '192.0.2.7') !== null, stranger(rate, '::ffff:192.0.2.8')]).toEqual([true, null]);
  });
});
