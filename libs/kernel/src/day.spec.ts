import { dayAfter, dayOf, daysBetween } from './day';

test('a day is that of Wiesbaden, whatever day it is elsewhere', () => {
  expect(dayOf(new Date('2026-12-31T23:30:00Z'))).toBe('2027-01-01');
  expect(dayOf(new Date('2026-06-30T22:30:00Z'))).toBe('2026-07-01');
});

test('days are counted in days, also over the change to summer time and back', () => {
  const lateInTheEvening = dayOf(new Date('2026-11-30T22:10:00Z'));
  expect(dayAfter(lateInTheEvening, 150)).toBe('2027-04-29');
  expect(daysBetween(lateInTheEvening, '2027-04-29')).toBe(150);
  expect(dayAfter('2027-03-01', -1)).toBe('2027-02-28');
});
