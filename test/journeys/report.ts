/** What a step showed. */
export interface Seen {
  outcome: string;
  evidence: string;
}

export interface StepLine extends Seen {
  step: string;
  actor: string;
  expected: string;
}

const holds = ({ expected, outcome }: StepLine): boolean => outcome === expected;

/**
 * Tells a journey step by step: who, what, outcome, evidence. A step that deviates is told like the others and makes
 * the whole journey fail; a step that throws deviates with the reason.
 */
export class Report {
  private readonly lines: StepLine[] = [];

  constructor(private readonly json: boolean) {}

  /** What the next steps are about. */
  chapter(name: string): void {
    if (!this.json) console.log(`\n${name}`);
  }

  /** `expected` is compared with the outcome word for word. */
  async step<T>(step: string, actor: string, expected: string, work: () => Promise<Seen & { gives?: T }>): Promise<T> {
    try {
      const { outcome, evidence, gives } = await work();
      this.tell({ step, actor, expected, outcome, evidence });
      return gives as T;
    } catch (error) {
      this.tell({
        step,
        actor,
        expected,
        outcome: error instanceof Error ? error.message : String(error),
        evidence: '',
      });
      return undefined as T;
    }
  }

  private tell(line: StepLine): void {
    this.lines.push(line);
    if (this.json) {
      console.log(JSON.stringify(line));
      return;
    }
    const held = holds(line);
    console.log(
      `${held ? '✓' : '✗'} ${String(this.lines.length).padStart(2)} ${line.actor}: ${line.step}\n     ${line.outcome}${held ? '' : `\n     erwartet war: ${line.expected}`}${line.evidence && `\n     ${line.evidence}`}`,
    );
  }

  /** Number of steps that did not go as expected. */
  end(): number {
    const deviating = this.lines.filter((line) => !holds(line)).length;
    if (!this.json) console.log(`\n${this.lines.length - deviating} von ${this.lines.length} Schritten wie erwartet`);
    return deviating;
  }
}
