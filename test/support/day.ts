import { dayAfter, dayOf } from '#lib/kernel';

/** Today in Wiesbaden, or so many days later, `2026-12-31`. */
export const today = (later = 0): string => dayAfter(dayOf(new Date()), later);
