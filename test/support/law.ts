import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  type Capabilities,
  EVERYTHING,
  type Facts,
  readFacts,
  readRuleset,
  type Ruleset,
  type Source,
} from '../../libs/policy/src';

/** The folder that ships; found from the sources and from compiled code alike. */
export const GOVERNANCE = ['../..', '../../..']
  .map((up) => join(__dirname, up, 'config/governance'))
  .find((folder) => existsSync(folder))!;
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Every YAML file of the law book, parsed. */
export function lawSources(dir = GOVERNANCE): Source[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({
      file,
      content: parse(readFileSync(join(dir, file), 'utf8'), { maxAliasCount: 100 }) as unknown,
    }));
}

/** Every part that the obligations of a law book name. */
export const enforcersOf = (sources: readonly Source[]): string[] =>
  (
    sources.find(({ file }) => file === 'obligations.yaml')!.content as { obligations: { enforcer: string }[] }
  ).obligations.map(({ enforcer }) => enforcer);

/** What the law says; with `capabilities`, as a program decides that can carry out no more than these. */
export const law = (sources: readonly Source[] = lawSources(), capabilities: Capabilities = EVERYTHING): Ruleset =>
  readRuleset(sources, capabilities, sha256);

/** Facts of the plainest exchange: open data of things, from office to office. */
export function someFacts(change: DeepPartial<Facts> = {}): Facts {
  return merge(structuredClone(PLAIN), change);
}

type DeepPartial<T> = {
  [K in keyof T]?: T[K] extends readonly unknown[] ? T[K] : T[K] extends object ? DeepPartial<T[K]> : T[K];
};

function merge<T extends object>(base: T, change: DeepPartial<T>): T {
  for (const [key, value] of Object.entries(change) as [keyof T, T[keyof T]][]) {
    const before = base[key];
    const nested =
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      typeof before === 'object' &&
      before !== null;
    base[key] = nested ? (merge(before as object, value as object) as T[keyof T]) : value;
  }
  return base;
}

/** Written by hand: what the owner may limit binds nothing, and what comes later may be left out. */
const PLAIN = readFacts({
  phase: 'REQUEST',
  product: {
    id: '00000000-0000-7000-8000-000000000001',
    openness: 'OPEN',
    personalRef: 'NONE',
    secrecy: [],
    protection: { c: 'normal', i: 'normal', a: 'normal' },
    themes: [],
    hasOwner: true,
    hasDeputy: true,
    review: 'VALID',
    licence: 'dl-de/by-2.0',
    rawSensor: false,
    releasedByStatistics: false,
    coveredBySatzung: false,
    protectedSpecies: false,
    aggregateAlternative: false,
    task: 'OWN',
    nonPublicationReason: null,
    maxRetentionDays: 365,
    allowedPurposes: ['KLIMA_UMWELT'],
    provider: 'OFFICE',
    providerUnit: 'gruenflaechenamt',
    rows: 100,
  },
  consumer: { kind: 'OTHER_OFFICE', unit: 'umweltamt', competition: false, nis2: false, holdsKey: false },
  purpose: { code: 'KLIMA_UMWELT', relation: 'SAME', textGiven: true, changeGround: null },
  form: 'ROWLEVEL',
  fields: [{ name: 'baumart', class: 'NONE', needed: true }],
  fieldClasses: ['NONE'],
  insistsOnFields: false,
  necessityGiven: false,
  legalBasis: [],
  evidence: [],
  periodGiven: true,
  retentionDays: 365,
  onwardRecipients: [],
  thirdCountry: false,
  automatedDecision: false,
  linksPersonalProducts: false,
  nonProduction: false,
  usesAi: false,
  singlesOut: false,
  contract: { status: 'MISSING', kinds: [] },
});
