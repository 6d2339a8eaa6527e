import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { baseOf } from '#lib/kernel';
import { type Capabilities, type Fault, readRuleset, type Ruleset, RulesetFault, type Source } from '#lib/policy';
import { parseDocument } from 'yaml';
import type { SourceText } from '#lib/law';
import { nestedTooDeep } from './yaml-depth';
import { yamlFault } from './yaml-faults';

const MOST_BYTES = 2_000_000;
const MOST_ALIASES = 50;

/**
 * All YAML files below a folder, sorted by path, as they were at one moment: read until two readings agree, so that a
 * file that is being swapped is never taken half. A folder that lies over another one (`base`) takes from there the
 * lists at its top that it does not carry itself; rules and cases are always its own. A folder that is not there gives an error of the file system.
 */
export async function readFolder(folder: string): Promise<SourceText[]> {
  let before = await readOnce(folder);
  for (let again = 0; again < 20; again++) {
    const now = await readOnce(folder);
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new RulesetFault([
    { file: folder.split(sep).at(-1) ?? folder, id: null, text: 'der Ordner ändert sich, während er gelesen wird' },
  ]);
}

async function readOnce(folder: string): Promise<SourceText[]> {
  const isYaml = (name: string): boolean => name.endsWith('.yaml');
  const own = (await readdir(folder, { recursive: true, encoding: 'utf8' })).filter(isYaml);
  const base = baseOf(folder);
  const below = base === null ? [] : (await readdir(base)).filter((name) => isYaml(name) && !own.includes(name));
  return Promise.all(
    [...own, ...below].sort().map(async (name) => ({
      file: name.split(sep).join('/'),
      text: await readFile(join(base !== null && below.includes(name) ? base : folder, name), 'utf8'),
    })),
  );
}

/** Parses and compiles the texts of a law book. Throws RulesetFault naming every fault of every file. */
export function compile(texts: readonly SourceText[], capabilities: Capabilities): Ruleset {
  return readRuleset(parseTexts(texts), capabilities, sha256);
}

/** The texts as data. YAML faults are reported with their place; YAML has no way to run anything here. */
export function parseTexts(texts: readonly SourceText[]): Source[] {
  const faults: Fault[] = [];
  const sources = texts.map(({ file, text }): Source => {
    if (Buffer.byteLength(text) > MOST_BYTES) {
      faults.push({ file, id: null, text: 'Die Datei ist zu groß.' });
      return { file, content: null };
    }
    const { content, wrong } = parsed(text);
    for (const one of wrong) faults.push({ file, id: null, text: one });
    return { file, content };
  });
  if (faults.length > 0) throw new RulesetFault(faults);
  return sources;
}

interface Parsed {
  content: unknown;
  wrong: readonly string[];
}
/**
 * Most texts stay the same from one law book to its draft, and reading them costs more than all that follows. A draft
 * can hold megabytes nobody asks for again: what is kept is bounded by its signs, and the oldest goes first.
 */
const lastParsed = new Map<string, Parsed>();
const MOST_SIGNS_KEPT = 4_000_000;
let signsKept = 0;

function parsed(text: string): Parsed {
  const known = lastParsed.get(text);
  if (known) return known;
  const fresh = parse(text);
  lastParsed.set(text, fresh);
  signsKept += text.length;
  for (const oldest of lastParsed.keys()) {
    if (signsKept <= MOST_SIGNS_KEPT) break;
    lastParsed.delete(oldest);
    signsKept -= oldest.length;
  }
  return fresh;
}

function parse(text: string): Parsed {
  // the parser calls itself for each level: a few thousand brackets would end the whole process, not only this draft
  const tooDeep = nestedTooDeep(text);
  if (tooDeep) return { content: null, wrong: [tooDeep] };
  const document = parseDocument(text, { uniqueKeys: true });
  // one wrong line makes every later one wrong: the first faults say where
  const wrong = [...document.errors, ...document.warnings].slice(0, 3).map(yamlFault);
  if (document.errors.length > 0) return { content: null, wrong };
  try {
    return { content: frozen(document.toJS({ maxAliasCount: MOST_ALIASES })), wrong };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error; // how the parser says that aliases unfold to more
    return { content: null, wrong: [`Verweise mit * ergeben mehr als ${MOST_ALIASES} Kopien`] };
  }
}

/** The next reader gets the same object. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
