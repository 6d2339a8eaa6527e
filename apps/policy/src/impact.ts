import { type Facts, readCases, readFacts } from '#lib/policy';
import { ASPECT_LABEL, type Difference, differenceBetween, DIRECTION_LABEL } from '#lib/rulebook';
import { readFactSets } from './fact-sets';
import { type ReadLaw, readOnly } from './law-folder';

export interface Changed extends Difference {
  name: string;
}

export interface ImpactReport {
  from: string;
  to: string;
  tried: number;
  on: string;
  looser: number;
  stricter: number;
  other: number;
  same: number;
  milliseconds: number;
  changed: Changed[];
}

type Tried = { name: string; facts: Facts };

/** Tries two law books on the same exchanges: a file, the stored decisions of an installation, or the cases of FROM. */
export async function impact(
  from: ReadLaw,
  to: ReadLaw,
  given: { file?: string | undefined; databaseUrl?: string | undefined },
): Promise<ImpactReport> {
  const { on, tried } = await exchanges(from, given);
  const begun = performance.now();
  const changed = tried.flatMap(({ name, facts }): Changed[] => {
    const difference = differenceBetween(from.ruleset, to.ruleset, facts);
    return difference ? [{ name, ...difference }] : [];
  });
  const count = (direction: Difference['direction']): number =>
    changed.filter((one) => one.direction === direction).length;
  return {
    from: `${from.name} (${from.ruleset.hash.slice(0, 12)})`,
    to: `${to.name} (${to.ruleset.hash.slice(0, 12)})`,
    tried: tried.length,
    on,
    looser: count('LOOSER'),
    stricter: count('STRICTER'),
    other: count('OTHER'),
    same: tried.length - changed.length,
    milliseconds: Math.round(performance.now() - begun),
    changed,
  };
}

export function* impactLines(report: ImpactReport): Generator<string> {
  yield `Von ${report.from} zu ${report.to}, erprobt an: ${report.on}`;
  yield `${report.changed.length} von ${report.tried} wären anders: ${report.stricter} strenger, ${report.looser} großzügiger, ${report.other} anders (${report.milliseconds} ms)`;
  for (const { name, direction, aspects, before, after } of report.changed) {
    yield `  ${name}: ${DIRECTION_LABEL[direction]} (${aspects.map((aspect) => ASPECT_LABEL[aspect]).join(', ')})`;
    yield `    vorher  ${summary(before)}`;
    yield `    nachher ${summary(after)}`;
  }
}

const summary = ({ outcome, rules, chain, steps, obligations }: Difference['before']): string =>
  [outcome, chain.join('+'), steps.join(' → '), obligations.join(' '), `nach ${rules.join(', ')}`]
    .filter(Boolean)
    .join('  ');

async function exchanges(
  from: ReadLaw,
  { file, databaseUrl }: { file?: string | undefined; databaseUrl?: string | undefined },
): Promise<{ on: string; tried: Tried[] }> {
  if (file) return { on: file, tried: await readFactSets(file) };
  if (databaseUrl) return { on: 'gespeicherte Entscheidungen', tried: await storedDecisions(databaseUrl) };
  const cases = readCases(from.sources, from.ruleset);
  return {
    on: `Fälle aus ${from.name}`,
    tried: cases.map(({ file, name, facts }) => ({ name: `${file}: ${name}`, facts: readFacts(facts) })),
  };
}

/** Every decision an installation ever took; the same facts at each delivery count once each. */
function storedDecisions(databaseUrl: string): Promise<Tried[]> {
  return readOnly(databaseUrl, async (db) => {
    const { rows } = await db.query<{ id: string; number: string; phase: string; facts: Facts }>(
      `SELECT d.id, d.phase, d.facts, r.number FROM requests.decision d JOIN requests.access_request r ON r.id = d.request_id ORDER BY d.decided_at, d.id`,
    );
    return rows.map(({ id, number, phase, facts }) => ({ name: `Antrag ${number} ${phase} ${id}`, facts }));
  });
}
