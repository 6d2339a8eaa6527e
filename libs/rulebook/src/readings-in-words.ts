import { DEVELOPMENT, type Ruleset, type SourceRecord } from '#lib/policy';
import type { ReadableReading } from './readable.view';

/** What of the texts that a sentence cites was read; what the city lays down itself is compared with nothing. */
export const readingsOf = (ruleset: Ruleset, cites: string): ReadableReading[] =>
  readingsInWords(ruleset, ruleset.texts.grounds(cites).records);

/** Records in words, norms of one text that were read together as one. */
export function readingsInWords(ruleset: Ruleset, records: readonly SourceRecord[]): ReadableReading[] {
  const together = new Map<string, SourceRecord[]>();
  for (const record of records.filter(({ own }) => !own)) {
    const key = JSON.stringify([record.text, record.read]);
    together.set(key, [...(together.get(key) ?? []), record]);
  }
  return [...together.values()].map(([first, ...more]) => {
    const { norm, title, published, text, read } = first!;
    return {
      norms: [norm, ...more.map((one) => one.norm.slice(text.length + 1))].join(', '),
      title,
      published,
      version: read && versionOf(read),
      read: read && `${germanDay(read.on)}, durch: ${functionName(ruleset, read.by)}`,
    };
  });
}

const versionOf = ({ version, until }: NonNullable<SourceRecord['read']>): string =>
  [version ?? 'Fassung nicht vermerkt', ...(until ? [`galt bis ${germanDay(until)}`] : [])].join(', ');

const functionName = (ruleset: Ruleset, by: string): string =>
  by === DEVELOPMENT ? 'Entwicklung' : (ruleset.roles.all.find(({ code }) => code === by)?.name ?? by);

/** What a note beside a sentence is: a doubt where it is marked U, else a word on how the source was used. */
export const noteTitle = (mark: string): string => (mark === 'U' ? 'Umstritten oder unsicher' : 'Zur Quelle');

/** `2026-11-30` as `30.11.2026` */
const germanDay = (day: string): string => day.split('-').reverse().join('.');
