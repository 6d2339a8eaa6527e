import { berlinMidnight, bytes, count, counted, day, lastDay, moment, visible } from './format';

test('times are those of Wiesbaden, in summer and in winter', () => {
  expect(moment('2026-07-01T22:30:00Z')).toBe('02.07.2026, 00:30 Uhr');
  expect(moment('2026-12-31T23:30:00Z')).toBe('01.01.2027, 00:30 Uhr');
  expect(day('2026-03-01')).toBe('01.03.2026');
  expect(day(null)).toBe('–');
});

test('a period that ends at midnight does not show the day after its last', () => {
  expect(lastDay('2026-12-31T23:00:00Z')).toBe('31.12.2026');
});

test.each([
  ['2026-03-29', 0, '2026-03-28T23:00:00.000Z'],
  ['2026-03-29', 1, '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', 0, '2026-10-24T22:00:00.000Z'],
  ['2026-10-25', 1, '2026-10-25T23:00:00.000Z'],
  ['2026-01-01', 0, '2025-12-31T23:00:00.000Z'],
])(
  'the day %s plus %d begins at midnight in Wiesbaden, also on the nights the clocks change',
  (text, later, instant) => {
    expect(berlinMidnight(text, later)).toBe(instant);
  },
);

test('what is no day stays as it is, for the use case to refuse', () => {
  expect(berlinMidnight('31.12.2026')).toBe('31.12.2026');
  expect(berlinMidnight('')).toBe('');
});

test('numbers are written in German', () => {
  expect(count(4711.5)).toBe('4.711,5');
  expect(counted(1, 'Zeile', 'Zeilen')).toBe('1 Zeile');
  expect(counted(0, 'Zeile', 'Zeilen')).toBe('0 Zeilen');
  expect(bytes(1_234_567)).toBe('1,2 MB');
  expect(bytes(999)).toBe('999 Byte');
  expect(bytes(null)).toBe('–');
});

test('characters that hide or turn text round are shown as what they are', () => {
  expect(visible('abc\u202egnp.exe')).toBe('abc⟨U+202E⟩gnp.exe');
  expect(visible('a\u0000b\u001b[31m')).toBe('a⟨U+0000⟩b⟨U+001B⟩[31m');
  expect(visible('Äpfel & Birnen')).toBe('Äpfel & Birnen');
});
