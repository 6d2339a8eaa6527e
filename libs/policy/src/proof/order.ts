const DECAY = 0.95;
const MOST = 1e100;

/** Variables by how often they took part in conflicts lately (a heap). Source: VSIDS, Moskewicz et al., "Chaff" (DAC 2001). */
export class Order {
  private readonly heap: number[] = [];
  private readonly place: number[] = [];
  private readonly activity: number[] = [];
  private step = 1;

  push(variable: number): void {
    this.activity[variable] ??= 0;
    if ((this.place[variable] ?? -1) >= 0) return;
    this.place[variable] = this.heap.push(variable) - 1;
    this.up(this.place[variable]);
  }

  /** Takes the most active one out; 0 when there is none. */
  pop(): number {
    const first = this.heap[0];
    if (first === undefined) return 0;
    const last = this.heap.pop()!;
    this.place[first] = -1;
    if (this.heap.length > 0) {
      this.heap[0] = last;
      this.place[last] = 0;
      this.down(0);
    }
    return first;
  }

  bump(variable: number): void {
    this.activity[variable] = this.activity[variable]! + this.step;
    if (this.activity[variable] > MOST) {
      for (let at = 0; at < this.activity.length; at++) this.activity[at] = (this.activity[at] ?? 0) / MOST;
      this.step /= MOST;
    }
    if ((this.place[variable] ?? -1) >= 0) this.up(this.place[variable]!);
  }

  /** What was bumped before counts less from now on. */
  decay(): void {
    this.step /= DECAY;
  }

  private up(from: number): void {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.before(at, above)) return;
      this.swap(at, above);
      at = above;
    }
  }

  private down(from: number): void {
    let at = from;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let first = at;
      if (left < this.heap.length && this.before(left, first)) first = left;
      if (right < this.heap.length && this.before(right, first)) first = right;
      if (first === at) return;
      this.swap(at, first);
      at = first;
    }
  }

  private before(a: number, b: number): boolean {
    return this.activity[this.heap[a]!]! > this.activity[this.heap[b]!]!;
  }

  private swap(a: number, b: number): void {
    const [one, other] = [this.heap[a]!, this.heap[b]!];
    this.heap[a] = other;
    this.heap[b] = one;
    this.place[other] = a;
    this.place[one] = b;
  }
}
