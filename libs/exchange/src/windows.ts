import type { EndReason } from './exchange.states';

/** What one look at the agreement says: how far bytes may go, or why no further byte may. */
export type CreditResult = { releasedBytes: number } | { stop: EndReason };

/**
 * The credit of one stream. Bytes leave only below `released`, which was committed before; a look at the agreement
 * and the next credit are one transaction. There is never more than one look under way, and each adds one window at
 * most to what was sent when it began, so a revocation lets at most one window pass.
 */
export class Windows {
  private flight: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private released: number,
    private readonly windowBytes: number,
    private readonly withinMs: number,
    /** one transaction: read the agreement, commit "released up to" and the lease */
    private readonly look: (upTo: number) => Promise<CreditResult>,
    /** called with the first reason to stop; the caller cuts the connection at once, even when it is blocked */
    private readonly stop: (reason: EndReason, cause?: unknown) => void,
  ) {}

  get releasedBytes(): number {
    return this.released;
  }

  /** True when `sent + chunk` bytes are covered; false when no further byte may leave: then `stop` was called. */
  async cover(sent: number, chunk: number): Promise<boolean> {
    // a look under way may have begun before these bytes were in sight: ask again until they are covered
    while (!this.stopped && sent + chunk > this.released) await (this.flight ?? this.renew(sent, chunk));
    return !this.stopped;
  }

  /** A quarter of a window before the credit ends, ask for the next, so that the stream need not stand still for it. */
  ahead(sent: number): void {
    if (this.released - sent < this.windowBytes / 4) void this.renew(sent);
  }

  renew(sent: number, chunk = 0): Promise<void> {
    return (this.flight ??= this.once(sent + Math.max(this.windowBytes, chunk)).finally(() => (this.flight = null)));
  }

  private async once(upTo: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    try {
      const late = new Promise<never>((_, no) => {
        timer = setTimeout(() => no(new Error(`no credit within ${this.withinMs} ms`)), this.withinMs);
      });
      const look = await Promise.race([this.look(Math.max(upTo, this.released)), late]);
      if ('stop' in look) this.end(look.stop);
      else this.released = look.releasedBytes;
    } catch (cause) {
      // the database does not answer: what is committed may be more than we know of, never less
      this.end('credit_unavailable', cause);
    } finally {
      clearTimeout(timer);
    }
  }

  private end(reason: EndReason, cause?: unknown): void {
    this.stopped = true;
    this.stop(reason, cause);
  }
}
