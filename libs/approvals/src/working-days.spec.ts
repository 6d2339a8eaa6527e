import { isWorkingDay, lastDay } from './working-days';

test.each([
  ['2026-04-03', 'Karfreitag'],
  ['2026-06-04', 'Fronleichnam, a holiday in Hessen'],
  ['2026-10-03', 'Tag der Deutschen Einheit, a Saturday'],
  ['2026-12-25', 'Weihnachten'],
  ['2026-11-22', 'a Sunday'],
])('%s does not count: %s', (day) => {
  expect(isWorkingDay(day)).toBe(false);
});

test('a holiday of other Länder counts', () => {
  expect(isWorkingDay('2026-10-31')).toBe(false); // Saturday
  expect(isWorkingDay('2025-10-31')).toBe(true); // Reformationstag, a Friday, none in Hessen
});

test('the day of opening does not count, weekends and holidays neither', () => {
  expect(lastDay('2026-11-20', 3)).toBe('2026-11-25'); // Friday: Mon, Tue, Wed
  expect(lastDay('2026-12-23', 3)).toBe('2026-12-29'); // Thu 24, Mon 28, Tue 29
  expect(lastDay('2026-04-02', 1)).toBe('2026-04-07'); // Good Friday, Easter, Easter Monday between
});
