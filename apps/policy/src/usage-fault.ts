/** What was asked can not be done: one clear sentence, exit code 2. */
export class UsageFault extends Error {
  constructor(
    message: string,
    readonly faults: readonly string[] = [],
  ) {
    super([message, ...faults.map((fault) => `  - ${fault}`)].join('\n'));
    this.name = 'UsageFault';
  }
}
