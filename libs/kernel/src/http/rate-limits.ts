import { isIPv6 } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config';
import { kernelProblems } from '../kernel.problems';
import type { Call } from './call';

const MINUTE = 60_000;
/** calls of one address whose sender is not known yet; an office may sit behind one address, so it is generous */
const UNKNOWN_AT_ONCE = 100;
/** callers remembered; beyond that the one that was quiet longest is forgotten */
const REMEMBERED = 50_000;

/** What a call has taken: whose place it holds, and whether it was counted. */
interface Taken {
  place: string | null;
  counted: boolean;
}

/**
 * How much one caller may ask for: calls per minute and calls at once. A caller is the person or machine client once
 * the guard knows them, and the address until then; so a stranger's flood takes nothing from people who have signed
 * in, not even from the same address, and one client's flood takes nothing from others. A library's guard counts one
 * key before or after signing in; here a call changes from one to the other, and calls at once count as well.
 * Counted per process, in memory: after a restart everybody starts with a full minute.
 */
@Injectable()
export class RateLimits {
  private readonly paid = new Map<string, number>();
  private readonly places = new Map<string, number>();
  private readonly calls = new WeakMap<Call, Taken>();
  private readonly limits: Config['rate'];

  constructor(@Inject(CONFIG) { rate }: Pick<Config, 'rate'>) {
    this.limits = rate;
  }

  /** A call has come in. Throws `too_many_requests` when its address has too many open that nobody has signed for. */
  arrived(call: Call): void {
    const taken: Taken = { place: null, counted: false };
    this.calls.set(call, taken);
    this.hold(taken, `address ${network(call.ip)}`, UNKNOWN_AT_ONCE);
  }

  /** We know who calls: the call counts for them from now on, and no longer for the address. */
  identified(call: Call, caller: string): void {
    const taken = this.calls.get(call);
    if (!taken || taken.counted) return;
    taken.counted = true;
    this.leave(taken);
    this.pay(caller, this.limits.perActor);
    this.hold(taken, caller, this.limits.atOnce);
  }

  /** Nobody signed in, or the call failed before we knew who it was: it counts for the address, once. */
  unidentified(call: Call): void {
    const taken = this.calls.get(call);
    if (!taken || taken.counted) return;
    taken.counted = true;
    this.pay(`address ${network(call.ip)}`, this.limits.perAddress);
  }

  /** The answer is out or the connection gone: its place is free. May be called more than once. */
  ended(call: Call): void {
    const taken = this.calls.get(call);
    if (taken) this.leave(taken);
  }

  private hold(taken: Taken, caller: string, most: number): void {
    const held = this.places.get(caller) ?? 0;
    if (held >= most) throw kernelProblems.too_many_requests({ retryAfterSeconds: 1 });
    this.places.set(caller, held + 1);
    taken.place = caller;
  }

  private leave(taken: Taken): void {
    if (taken.place === null) return;
    const left = (this.places.get(taken.place) ?? 1) - 1;
    if (left > 0) this.places.set(taken.place, left);
    else this.places.delete(taken.place);
    taken.place = null;
  }

  /** Each call moves the caller's mark into the future by its share of a minute; more than a minute ahead is too much. */
  private pay(caller: string, perMinute: number): void {
    const now = performance.now();
    const share = MINUTE / perMinute;
    const mark = Math.max(this.paid.get(caller) ?? 0, now);
    const over = mark + share - now - MINUTE;
    // the thousandth forgives what floating point adds up
    if (over > 0.001) throw kernelProblems.too_many_requests({ retryAfterSeconds: Math.ceil(over / 1000) });
    this.paid.delete(caller);
    this.paid.set(caller, mark + share);
    if (this.paid.size > REMEMBERED) this.forget(now);
  }

  private forget(now: number): void {
    for (const [caller, mark] of this.paid) if (mark <= now) this.paid.delete(caller);
    const [quietest] = this.paid.keys();
    if (this.paid.size > REMEMBERED && quietest !== undefined) this.paid.delete(quietest);
  }
}

/** An IPv6 customer has a whole /64 to call from: that is one address here. */
function network(ip: string): string {
  if (!isIPv6(ip) || ip.startsWith('::ffff:')) return ip.replace(/^::ffff:/, '');
  const [head = '', tail = ''] = ip.split('::');
  const [before, after] = [head.split(':').filter(Boolean), tail.split(':').filter(Boolean)];
  const zeros = ip.includes('::') ? Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0') : [];
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
