import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What a benchmark gives: its ratios to references measured in the same run, and whatever explains them. */
export interface BenchResult {
  name: string;
  ratios: Record<string, number>;
}

/** `npm run bench -- NAME [--json]`: one folder-less file per benchmark, each with its reference beside it. */
async function main(): Promise<void> {
  const [name, ...flags] = process.argv.slice(2);
  const file = join(__dirname, `${name}.js`);
  if (!name || !/^[a-z-]+$/.test(name) || name === 'main' || !existsSync(file)) {
    console.error(`there is no benchmark \`${name ?? ''}\`: try policy or exchange`);
    process.exitCode = 2;
    return;
  }
  const { run } = (await import(file)) as { run: () => Promise<BenchResult> };
  const result = await run();
  if (flags.includes('--json')) console.log(JSON.stringify(result));
  else
    for (const [reference, ratio] of Object.entries(result.ratios))
      console.log(`${result.name}: ${ratio.toFixed(3)} × ${reference}`);
}

void main();
