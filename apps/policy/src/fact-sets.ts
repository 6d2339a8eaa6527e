import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { type Facts, FactsFault, readFacts } from '#lib/policy';
import { parseAllDocuments } from 'yaml';
import { fromHere } from './law-folder';
import { UsageFault } from './usage-fault';

const MOST_BYTES = 64 * 1024 * 1024;

export interface FactSet {
  name: string;
  facts: Facts;
  /** as it was written, before anything was assumed */
  written: unknown;
  /** what was not written and therefore taken as its documented default: `product.review = VALID` */
  assumed: string[];
}

/**
 * Fact sets of a file (`-` is standard input): one set, a list, several YAML documents or a line of JSON each. An
 * entry may carry a name: `{ name, facts }`. All faults of all sets at once; nothing is decided when one is faulty.
 */
export async function readFactSets(file: string, strict = false): Promise<FactSet[]> {
  const text = await contentOf(file);
  if (Buffer.byteLength(text) > MOST_BYTES) throw new UsageFault(`Die Datei \`${file}\` ist zu groß (mehr als 64 MB).`);
  const written = parsed(file, text);
  if (written.length === 0) throw new UsageFault(`In \`${file}\` steht keine Anfrage.`);
  const faults: string[] = [];
  const sets = written.flatMap((entry, at): FactSet[] => {
    const { name, facts: raw } = named(entry, at);
    try {
      const facts = readFacts(raw);
      const assumed = assumptions(raw, facts, '');
      if (strict && assumed.length > 0) throw new FactsFault(assumed.map((one) => `\`${one.split(' = ')[0]}\`: fehlt`));
      return [{ name, facts, written: raw, assumed }];
    } catch (error) {
      if (!(error instanceof FactsFault)) throw error;
      faults.push(...error.faults.map((fault) => `${name}: ${fault}`));
      return [];
    }
  });
  if (faults.length > 0)
    throw new UsageFault(
      `Die Angaben in \`${file}\` haben ${faults.length} Fehler. Die Felder und Werte nennt \`npm run policy -- schema\`.`,
      faults,
    );
  return sets;
}

async function contentOf(file: string): Promise<string> {
  if (file === '-') return textOf(process.stdin);
  return readFile(fromHere(file), 'utf8').catch(() => {
    throw new UsageFault(`Die Datei \`${file}\` ist nicht lesbar.`);
  });
}

function parsed(file: string, text: string): unknown[] {
  const json = asJson(text) ?? asJsonLines(text);
  if (json) return json;
  const documents = parseAllDocuments(text, { uniqueKeys: true });
  if (!Array.isArray(documents)) return [];
  const faults = documents.flatMap(({ errors }) => errors.map(({ message }) => message.split('\n')[0]!));
  if (faults.length > 0) throw new UsageFault(`Die Datei \`${file}\` ist weder YAML noch JSON.`, faults);
  // a small file must not unfold into a huge one
  return documents
    .flatMap((document) => {
      try {
        return document.toJS({ maxAliasCount: 50 }) as unknown;
      } catch {
        throw new UsageFault(`Die Datei \`${file}\` verweist zu oft auf sich selbst.`);
      }
    })
    .filter((entry) => entry !== null);
}

function asJson(text: string): unknown[] | null {
  try {
    return [JSON.parse(text) as unknown].flat();
  } catch {
    return null;
  }
}

function asJsonLines(text: string): unknown[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2 || !lines.every((line) => line.trimStart().startsWith('{'))) return null;
  try {
    return lines.map((line) => JSON.parse(line) as unknown);
  } catch {
    return null;
  }
}

function named(entry: unknown, at: number): { name: string; facts: unknown } {
  const number = `Anfrage ${at + 1}`;
  if (typeof entry !== 'object' || entry === null || !('facts' in entry)) return { name: number, facts: entry };
  const { facts, ...more } = entry as { facts: unknown; name?: unknown; case?: unknown };
  const name = more.name ?? more.case;
  return { name: typeof name === 'string' && name !== '' ? name : number, facts };
}

/** Paths that were not written, with what stands there now. */
function assumptions(written: unknown, read: unknown, path: string): string[] {
  if (Array.isArray(read)) {
    const given = Array.isArray(written) ? written : [];
    return read.flatMap((item, at) =>
      typeof item === 'object' && at < given.length ? assumptions(given[at], item, `${path}[${at}]`) : [],
    );
  }
  if (typeof read !== 'object' || read === null) return [];
  const given = typeof written === 'object' && written !== null ? (written as Record<string, unknown>) : {};
  return Object.entries(read).flatMap(([key, value]): string[] => {
    const inner = path === '' ? key : `${path}.${key}`;
    if (inner === 'fieldClasses') return []; // follows from the fields
    if (Object.hasOwn(given, key)) return assumptions(given[key], value, inner);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? assumptions({}, value, inner)
      : [`${inner} = ${JSON.stringify(value)}`];
  });
}
