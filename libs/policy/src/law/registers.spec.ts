import { law, someFacts } from '../../../../test/support/law';
import { COLUMN, type Consumer, decide, FORM, type Form, PERSONAL_REF, type PersonalRef, SECRECY } from '..';

const ruleset = law();
// „no persons“ would be false of persons
const bases = ruleset.legalBases.map(({ code }) => code).filter((code) => code !== 'KEIN_PERSONENBEZUG');
const evidence = ruleset.vocabulary.evidence.map(({ code }) => code);

/** Chapters that name their recipients one by one: whom they do not name gets nothing. */
const CLOSED = { MELDE: 'R-MEL', SOZIAL: 'R-SOZ', STEUER: 'R-STE', STATISTIK: 'R-STA' } as const;
type Closed = keyof typeof CLOSED;
type Secrecy = (typeof SECRECY)[number];
/** Rules that only add an obligation to whatever was decided, and so name nobody. */
const NAMES_NOBODY = ['R-MEL-05', 'R-MEL-07', 'R-STE-04', 'R-SOZ-04', 'R-SOZ-08'];

const INSIDE: readonly Consumer[] = ['SAME_OFFICE', 'OTHER_OFFICE', 'EIGENBETRIEB'];
const OUTSIDE: readonly Consumer[] = ['GESELLSCHAFT', 'OTHER_PUBLIC', 'RESEARCH'];

interface Pair {
  secrecy: Secrecy;
  column: (typeof COLUMN)[number];
  form: Form;
  personalRef: PersonalRef;
}

/** Everything an applicant can put forward is put forward: what is left is decided by who asks for what. */
const asked = ({ secrecy, column, form, personalRef }: Pair, offered: boolean) =>
  someFacts({
    product: {
      openness: 'RESTRICTED',
      personalRef,
      secrecy: [secrecy],
      coveredBySatzung: true,
      criminalRecords: false,
    },
    consumer: { kind: column },
    form,
    legalBasis: offered ? bases : ['DSGVO_6_1_E'],
    evidence: offered ? evidence : [],
    contract: { status: 'VALID', kinds: ['AVV', 'DUV', 'JCA'] },
  });

const speaking = (rules: readonly string[]): string[] => rules.filter((rule) => !NAMES_NOBODY.includes(rule));

const pairs: Pair[] = (Object.keys(CLOSED) as Closed[]).flatMap((secrecy) =>
  PERSONAL_REF.filter((ref) => PERSONAL_REF.indexOf(ref) >= PERSONAL_REF.indexOf('PSEUDONYMISED')).flatMap(
    (personalRef) => COLUMN.flatMap((column) => FORM.map((form) => ({ secrecy, column, form, personalRef }))),
  ),
);

const silent = (wanted: readonly Pair[], speaks: (pair: Pair, rules: readonly string[]) => boolean): Pair[] =>
  wanted.filter((pair) => {
    const { outcome, rules } = decide(ruleset, asked(pair, true));
    // a cell that forbids is no way out of the chapter, and neither is a recipient to whom no basis carries such data
    const closed = rules.some((rule) => rule.startsWith('M:') || rule === 'R-GEN-08' || rule === 'R-GEN-20');
    return !(outcome === 'FORBID' && closed) && !speaks(pair, rules);
  });

test('no recipient and form of single records under a named secrecy is left to the matrix', () => {
  const left = silent(pairs, ({ secrecy, column }, rules) => {
    // regular transmissions to the Statistikstelle are named in its own chapter
    const chapters: string[] = [CLOSED[secrecy as Closed], ...(column === 'STATISTIKSTELLE' ? ['R-STA'] : [])];
    return speaking(rules).some((rule) => chapters.some((chapter) => rule.startsWith(chapter)));
  });
  expect(left).toEqual([]);
});

test('what a closing rule forbids, no other ground opens', () => {
  for (const [secrecy, closing] of [
    ['MELDE', 'R-MEL-09'],
    ['SOZIAL', 'R-SOZ-12'],
    ['STEUER', 'R-STE-06'],
  ] as const) {
    const closed = pairs.filter((pair) => pair.secrecy === secrecy && pair.column === 'PUBLIC');
    for (const pair of closed) {
      const { outcome, rules } = decide(ruleset, asked(pair, true));
      expect({ pair, outcome, closed: rules.includes(closing) }).toEqual({ pair, outcome: 'FORBID', closed: true });
    }
  }
});

test('a party no rule knows by name, as an audit without mandate or a private one, is forbidden too', () => {
  for (const secrecy of Object.keys(CLOSED) as Closed[])
    for (const kind of ['PRIVATE', 'PROCESSOR', 'AUDIT'] as const)
      for (const form of FORM) {
        const pair = { secrecy, column: 'PUBLIC', form, personalRef: 'PERSONAL' } as const;
        const facts = { ...asked(pair, false), consumer: { ...asked(pair, false).consumer, kind } };
        expect(decide(ruleset, facts).outcome).toBe('FORBID');
      }
});

/**
 * Where the exception of a secrecy is proved, or what it protects stays in its office, its chapter names no recipients
 * and the matrix says who: said here pair by pair, so that none is left to it unseen.
 */
const LEFT_TO_THE_MATRIX: Readonly<
  Partial<Record<Secrecy, { columns: readonly Consumer[]; forms?: readonly Form[] }[]>>
> = {
  BERUF_203: [{ columns: [...INSIDE, ...OUTSIDE] }],
  GESUNDHEIT: [{ columns: [...INSIDE, ...OUTSIDE] }],
  GESCHAEFTSGEHEIMNIS: [{ columns: ['SAME_OFFICE'] }],
  EIGENTUEMER: [{ columns: ['SAME_OFFICE'] }],
  SCHULE: [{ columns: ['SAME_OFFICE'] }, { columns: [...INSIDE, ...OUTSIDE], forms: ['TABLE_AGG', 'GEO_AGG'] }],
  VERGABE: [{ columns: [...INSIDE, ...OUTSIDE] }],
  // about places of animals, not about people
  ARTENSCHUTZ: [{ columns: [...INSIDE, ...OUTSIDE] }],
};

test('of every other secrecy the pairs left to the matrix are those that are named', () => {
  // rules for everybody name no secrecy
  const own = /^R-(?!GEN|CON|AVV|OPN|JCA|LIM|KIU|PUR|EVI)/;
  const all = SECRECY.flatMap((secrecy) =>
    COLUMN.flatMap((column) => FORM.map((form): Pair => ({ secrecy, column, form, personalRef: 'PERSONAL' }))),
  );
  const left = silent(all, (_, rules) => speaking(rules).some((rule) => own.test(rule)));
  const unnamed = left.filter(
    ({ secrecy, column, form }) =>
      !LEFT_TO_THE_MATRIX[secrecy]?.some(
        ({ columns, forms }) => columns.includes(column) && (forms?.includes(form) ?? true),
      ),
  );
  expect(unnamed).toEqual([]);
});
