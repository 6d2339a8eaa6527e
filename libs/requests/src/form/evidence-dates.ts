import { dayAfter, daysBetween, type InputFault } from '#lib/kernel';
import type { Evidence } from '../evidence/evidence.entity';
import type { PartialRequestForm } from './request-form';

type Dated = Pick<Evidence, 'kind' | 'validUntil'>;

const german = (day: string): string => day.split('-').reverse().join('.');

/**
 * Last day on which all that is shown holds, `2026-12-31`; null: nothing of it ends. The desk looks at every document of a
 * kind and says of none that the others carry without it, so the first to end is the end. One that is over already proves
 * nothing, and ends the use only where no other of its kind holds on `today`.
 */
export function lastDayOfAll(shown: readonly Dated[], today: string): string | null {
  const holds = ({ validUntil }: Dated): boolean => (validUntil ?? today) >= today;
  const counts = shown.filter((one) => holds(one) || !shown.some((other) => other.kind === one.kind && holds(other)));
  return counts.flatMap(({ validUntil }) => validUntil ?? []).sort()[0] ?? null;
}

/** Days that are left between the last day of use and the end of what it rests on; null: nothing ends, or no day is named. */
export const daysLeft = (until: string | undefined, last: string | null): number | null =>
  until === undefined || last === null ? null : daysBetween(until, last);

/**
 * A use that would outlive what it rests on (`ground`, „Ein Nachweis“), and data that would: what was fetched on the last
 * day is kept for so many days, and gone before it ends. Each fault says what would pass.
 */
export function endFaults(
  { until, retentionDays }: Pick<PartialRequestForm, 'until' | 'retentionDays'>,
  last: string | null,
  ground: string,
): InputFault[] {
  const left = daysLeft(until, last);
  if (left === null || last === null) return [];
  const fault = (pointer: string, detail: string): InputFault[] => [
    { pointer, code: 'beyond_evidence', detail: `${ground} gilt nur bis ${german(last)}. ${detail}` },
  ];
  if (left < 0) return fault('/until', 'Länger ist die Nutzung nicht möglich.');
  const days = retentionDays ?? 1;
  if (days <= left) return [];
  const shorter = left > 0 ? `Löschen nach höchstens ${left} ${left === 1 ? 'Tag' : 'Tagen'} oder ` : '';
  const earlier = `Nutzung bis ${german(dayAfter(last, -days))}`;
  return fault('/retentionDays', `Danach darf nichts mehr aufbewahrt werden. So ginge es: ${shorter}${earlier}.`);
}
