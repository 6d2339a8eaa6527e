import { citationsIn } from './citations';

const NAMES = [
  'AO',
  'HKAG',
  'BMG',
  'DSGVO',
  'SGB I',
  'SGB X',
  'HDSIG',
  'HODaG',
  'BVerfGE 65, 1',
  'BStatG',
  'DNG',
  'Rollenkonzept',
  'Verordnung (EU) 2022/868',
  'EuGH C-413/23 P',
];
const said = (sentence: string): string[] =>
  citationsIn(sentence, NAMES).citations.flatMap(({ text, norms }) =>
    norms.length > 0 ? norms.map((norm) => `${text} ${norm}`) : [text],
  );

test.each<[string, string[]]>([
  ['BMG § 34 Abs. 3', ['BMG § 34']],
  ['BMG §§ 34 Abs. 1, 37 Abs. 1', ['BMG § 34', 'BMG § 37']],
  ['BMG §§ 34 Abs. 5, 38 Abs. 2, 51', ['BMG § 34', 'BMG § 38', 'BMG § 51']],
  ['AO §§ 1 Abs. 2, 30 Abs. 1, 2 und 4, HKAG', ['AO § 1', 'AO § 30', 'HKAG']],
  ['SGB I § 35, SGB X §§ 67b, 67d', ['SGB I § 35', 'SGB X § 67b', 'SGB X § 67d']],
  ['SGB X § 80 Abs. 1 bis 3', ['SGB X § 80']],
  ['BMG §§ 34 bis 36, 44 ff.', ['BMG § 34', 'BMG § 35', 'BMG § 36', 'BMG § 44']],
  ['DSGVO Art. 5 Abs. 1 Buchst. b und Art. 89, HDSIG § 21', ['DSGVO Art. 5', 'DSGVO Art. 89', 'HDSIG § 21']],
  ['DSGVO Art. 6 Abs. 1 Buchst. d und e, HDSIG § 21', ['DSGVO Art. 6', 'HDSIG § 21']],
  ['DSGVO Art. 5, 6 Abs. 4 und 35', ['DSGVO Art. 5', 'DSGVO Art. 6', 'DSGVO Art. 35']],
  ['DSGVO Erwägungsgrund 26, EuGH C-413/23 P', ['DSGVO Erwägungsgrund 26', 'EuGH C-413/23 P']],
  ['DNG § 2 Abs. 3 Nr. 1a, vgl. BMG § 51', ['DNG § 2', 'BMG § 51']],
  ['BVerfGE 65, 1, BStatG § 16 Abs. 8 (entsprechend)', ['BVerfGE 65, 1', 'BStatG § 16']],
  ['Verordnung (EU) 2022/868, Kapitel II', ['Verordnung (EU) 2022/868 Kapitel II']],
  ['Rollenkonzept §1.4 SOD-10', ['Rollenkonzept']],
])('%s is read as it is meant', (sentence, norms) => {
  expect(said(sentence)).toEqual(norms);
  expect(citationsIn(sentence, NAMES).unknown).toEqual([]);
});

test('a number that could be a part or a paragraph asks for a record rather than none', () => {
  expect(said('HODaG § 1 Abs. 1 und 2')).toEqual(['HODaG § 1', 'HODaG § 2']);
  expect(said('HODaG § 1 Abs. 1 und Abs. 2')).toEqual(['HODaG § 1']);
  expect(said('HODaG § 1 Abs. 1 bis 3')).toEqual(['HODaG § 1']);
});

test.each<[string, string[]]>([
  ['keine', ['keine']],
  ['BGB § 5', ['BGB § 5']],
  ['BMG § 34, Landesrecht', ['Landesrecht']],
  ['BMGG § 34', ['BMGG § 34']],
  ['Landesrecht, BMG § 34', ['Landesrecht']],
  ['', []],
])('what names no text on record is named: %j', (sentence, unknown) => {
  expect(citationsIn(sentence, NAMES).unknown).toEqual(unknown);
});

test('without records nothing is known', () => {
  expect(citationsIn('BMG § 34', [])).toEqual({ citations: [], unknown: ['BMG § 34'] });
});
