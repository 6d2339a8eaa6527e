const inWiesbaden = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' });
const start = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const DAY = 86_400_000;

/** The calendar day of a moment in Wiesbaden, `2026-12-31`. */
export const dayOf = (moment: Date): string => inWiesbaden.format(moment);

/**
 * The calendar day so many days later, `2026-12-31`. Counted in days, not in hours: on the way to summer time 150 times
 * 24 hours end on another day late in the evening.
 */
export const dayAfter = (day: string, days: number): string =>
  new Date(start(day) + days * DAY).toISOString().slice(0, 10);

/** Days from one day to another; negative when it is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((start(to) - start(from)) / DAY);
