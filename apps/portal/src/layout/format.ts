const BERLIN = 'Europe/Berlin';
const dayFormat = new Intl.DateTimeFormat('de-DE', {
  timeZone: BERLIN,
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});
const timeFormat = new Intl.DateTimeFormat('de-DE', { timeZone: BERLIN, hour: '2-digit', minute: '2-digit' });
const midnightFormat = new Intl.DateTimeFormat('de-DE', {
  timeZone: BERLIN,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const numberFormat = new Intl.NumberFormat('de-DE');

type Instant = string | Date | null | undefined;

const at = (instant: Instant): Date | null => {
  if (!instant) return null;
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? null : date;
};

/** `21.11.2026`, the day in Wiesbaden; „–“ when there is none. A plain day (`2026-11-21`) stays that day. */
export function day(instant: Instant): string {
  if (typeof instant === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(instant)) return instant.split('-').reverse().join('.');
  const date = at(instant);
  return date ? dayFormat.format(date) : '–';
}

/** `21.11.2026, 14:05 Uhr` */
export function moment(instant: Instant): string {
  const date = at(instant);
  return date ? `${dayFormat.format(date)}, ${timeFormat.format(date)} Uhr` : '–';
}

/** `14:05 Uhr` */
export const clock = (instant: Date): string => `${timeFormat.format(instant)} Uhr`;

/** The last day of a half-open period: one that ends at midnight does not include the new day. */
export function lastDay(end: Instant): string {
  const date = at(end);
  return date ? dayFormat.format(new Date(date.getTime() - 1)) : '–';
}

/**
 * The instant at which a day (`2026-11-21`, plus `later` days) begins in Wiesbaden, ISO 8601; what is no day comes back
 * as it is, for the use case to refuse.
 */
export function berlinMidnight(dayText: string, later = 0): string {
  const utc = Date.parse(`${dayText}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(dayText) || Number.isNaN(utc)) return dayText;
  const wanted = utc + later * 86_400_000;
  // the offset is asked at the instant itself: on the nights of the change it is not the one of the day before
  for (const hours of [1, 2]) {
    const instant = new Date(wanted - hours * 3_600_000);
    if (midnightFormat.format(instant).endsWith('00:00')) return instant.toISOString();
  }
  return new Date(wanted).toISOString();
}

export const count = (value: number | bigint | null | undefined): string =>
  value == null ? '–' : numberFormat.format(value);

/** `1 Zeile`, `4.711 Zeilen` */
export const counted = (value: number, one: string, many: string): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** `12,3 MB` (decimal prefixes) */
export function bytes(value: number | null | undefined): string {
  if (value == null) return '–';
  const units = ['Byte', 'kB', 'MB', 'GB', 'TB'];
  let step = 0;
  let left = value;
  while (left >= 1000 && step < units.length - 1) {
    left /= 1000;
    step += 1;
  }
  return `${left.toLocaleString('de-DE', { maximumFractionDigits: step === 0 ? 0 : 1 })} ${units[step]}`;
}

// eslint-disable-next-line no-control-regex -- these are the characters to make visible
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Foreign text with its control characters shown, so that nothing on a page pretends to be something else. */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (char) => `⟨U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`);
