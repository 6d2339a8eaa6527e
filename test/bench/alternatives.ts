import { performance } from 'node:perf_hooks';
import { decide, type Facts, FIELD_CLASS, type Freedom, suggestAlternatives } from '../../libs/policy/src';
import { law, someFacts } from '../support/law';
import type { BenchResult } from './main';

const LIMIT_MS = 200;

/** The pre-check of a wide product: 30 fields of every class, much in the way, every move open. */
function wide(): { facts: Facts; freedom: Freedom } {
  const fields = Array.from({ length: 30 }, (_, at) => ({
    name: `feld_${at}`,
    class: FIELD_CLASS[at % FIELD_CLASS.length]!,
    needed: at % 3 > 0,
  }));
  const facts = someFacts({
    product: { openness: 'RESTRICTED', personalRef: 'PERSONAL', aggregateAlternative: true, maxRetentionDays: 90 },
    legalBasis: ['DSGVO_6_1_A', 'DSGVO_6_1_E'],
    insistsOnFields: true,
    fields,
    fieldClasses: [...FIELD_CLASS],
    retentionDays: 400,
    onwardRecipients: ['schulamt'],
    thirdCountry: true,
    automatedDecision: true,
    linksPersonalProducts: true,
    nonProduction: true,
  });
  const coarser = Object.fromEntries(
    fields
      .filter((field) => field.class !== 'NONE')
      .map(({ name }) => [name, [{ class: 'NONE' as const, text: 'gröber' }]]),
  );
  return { facts, freedom: { coarser } };
}

/** Time of the search for a 30-field product, warm and cold, against its limit; and against the same number of decisions. */
export async function run(): Promise<BenchResult> {
  const { facts, freedom } = wide();
  const time = (work: () => void): number => {
    const begin = performance.now();
    work();
    return performance.now() - begin;
  };
  const cold = law();
  const coldMs = time(() => void suggestAlternatives(cold, facts, freedom));
  const { tried, suggestions, complete } = suggestAlternatives(cold, facts, freedom);
  const runs = Array.from({ length: 15 }, () => time(() => void suggestAlternatives(cold, facts, freedom))).sort(
    (a, b) => a - b,
  );
  const decisions = Array.from({ length: 15 }, () =>
    time(() => {
      for (let i = 0; i < tried; i++) decide(cold, { ...facts });
    }),
  ).sort((a, b) => a - b);
  const [median, reference] = [runs[7]!, decisions[7]!];
  console.error(
    `alternatives: ${tried} decisions, ${suggestions.length} suggestions, ${complete ? 'complete' : 'bounded'}; cold ${coldMs.toFixed(1)} ms, warm median ${median.toFixed(1)} ms, worst ${runs[14]!.toFixed(1)} ms`,
  );
  return Promise.resolve({
    name: 'alternatives',
    ratios: {
      'limit-of-200-ms': median / LIMIT_MS,
      'limit-of-200-ms-cold': coldMs / LIMIT_MS,
      'plain-decisions': median / reference,
    },
  });
}
