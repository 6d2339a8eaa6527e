/**
 * Tells a receiver that only pretends to read from one that is merely slow. Pure: times and counts come in.
 * It counts while bytes wait for the receiver; time in which our own engine is slow is never held against it.
 */
export class Pace {
  private since: { at: number; flushed: number } | null = null;

  constructor(
    private readonly bytesPerSecond: number,
    private readonly forMs: number,
  ) {}

  /**
   * @param at monotonic milliseconds
   * @param flushed bytes the operating system has taken so far
   * @param waiting true while bytes wait for the receiver
   * @returns true when the receiver took less than the least speed over the whole period
   */
  tooSlow(at: number, flushed: number, waiting: boolean): boolean {
    if (!waiting) {
      this.since = null;
      return false;
    }
    this.since ??= { at, flushed };
    const elapsed = at - this.since.at;
    if (elapsed < this.forMs) return false;
    const slow = flushed - this.since.flushed < (this.bytesPerSecond * elapsed) / 1000;
    this.since = { at, flushed };
    return slow;
  }
}
