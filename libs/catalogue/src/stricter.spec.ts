import { z } from 'zod';
import { METADATA } from './metadata';
import { factsOf, type Metadatum, strictest } from './metadatum';

const FIXED = Object.entries<Metadatum>(METADATA).filter(
  ([, { fixed, fact, kind }]) => fixed && fact && kind !== 'text',
);
/** A name of a text says nothing stricter than another. */
const NAMES = ['licence'];
const product = (said: Record<string, unknown>, card: object = {}) => ({ ...said, card });

test('whatever is decided on says which of two statements is the stricter one', () => {
  const silent = FIXED.filter(([, { stricter }]) => !stricter).map(([name]) => name);
  expect(silent).toEqual(NAMES);
});

test('which one does not depend on who says it first', () => {
  const samples: Record<string, readonly unknown[]> = {
    number: [1, 2],
    date: ['2026-01-01', '2027-01-01'],
    yesNo: [true, false],
    manyOf: [
      ['A', 'B'],
      ['B', 'C'],
    ],
  };
  for (const [, { stricter, kind, schema }] of FIXED.filter(([, one]) => one.stricter)) {
    const inner = schema instanceof z.ZodNullable ? schema.unwrap() : schema;
    const pairs = inner instanceof z.ZodEnum ? pairsOf(inner.options) : [samples[kind]!];
    for (const [one, other] of pairs)
      expect([stricter!(one as never, other as never)].flat().sort()).toEqual(
        [stricter!(other as never, one as never)].flat().sort(),
      );
  }
});
const pairsOf = (words: readonly unknown[]) => words.flatMap((one) => words.map((other) => [one, other]));

test('a release makes the data of before stricter and never looser', () => {
  const was = product(
    { openness: 'INTERNAL', personalRef: 'SPECIAL', secrecy: ['SOZIAL'], criminalRecords: true, protectionC: 'hoch' },
    { maxDays: 30, offers: ['ROWLEVEL'], aiUse: 'NEIN' },
  );
  const now = product(
    { openness: 'RESTRICTED', personalRef: 'NONE', secrecy: ['KRITIS'], criminalRecords: null, protectionC: 'normal' },
    { maxDays: 300, offers: ['ROWLEVEL', 'API_LIVE'], aiUse: 'JA' },
  );
  expect(strictest(METADATA, now, [was])).toEqual(
    product(
      {
        openness: 'RESTRICTED',
        personalRef: 'SPECIAL',
        secrecy: ['KRITIS', 'SOZIAL'],
        criminalRecords: true,
        protectionC: 'hoch',
      },
      { maxDays: 30, offers: ['ROWLEVEL'], aiUse: 'NEIN' },
    ),
  );
  expect(strictest(METADATA, now, [])).toEqual(now);
});

test('what none of the releases was asked counts as the stricter answer', () => {
  const social = product({ secrecy: ['SOZIAL'], personalRef: 'NONE' });
  const personal = product({ secrecy: [], personalRef: 'PERSONAL' });
  expect(factsOf(METADATA, strictest(METADATA, personal, [social]))).toMatchObject({ entrusted: true });
});
