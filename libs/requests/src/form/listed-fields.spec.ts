import { allListed } from '../decision/facts-assembly';
import type { TypedField } from './form-check';

const HELD: TypedField[] = [
  { name: 'name', type: 'TEXT', class: 'DIRECT_ID', listedIn: ['BMG_34_1', 'AO_31_3'] },
  { name: 'anschrift', type: 'TEXT', class: 'QUASI_ID', listedIn: ['BMG_34_1', 'AO_31_3'] },
  { name: 'geburtstag', type: 'DATE', class: 'QUASI_ID', listedIn: ['BMG_34_1'] },
  { name: 'messbetrag', type: 'INTEGER', class: 'SENSITIVE', listedIn: [] },
  { name: 'rueckstand', type: 'INTEGER', class: 'SENSITIVE' },
];

describe('fields a statute names', () => {
  it.each([
    ['all of them', ['name', 'anschrift'], true],
    ['one that is in another list only', ['name', 'geburtstag'], false],
    ['one that is in none', ['name', 'messbetrag'], false],
    ['one of which nobody said', ['name', 'rueckstand'], false],
    ['one that does not exist', ['name', 'iban'], false],
  ])('%s: %j', (_, fields, expected) => {
    expect(allListed('AO_31_3', { fields }, HELD)).toBe(expected);
  });

  it('counts all that are held when none is named, and nothing at all is no list', () => {
    expect(allListed('BMG_34_1', {}, HELD)).toBe(false);
    expect(allListed('BMG_34_1', {}, HELD.slice(0, 3))).toBe(true);
    expect(allListed('BMG_34_1', {}, [])).toBe(false);
  });

  it('looks at the fields rows are chosen by: the choice tells their value', () => {
    const rows = { all: [{ column: 'rueckstand', op: 'gte', value: 0 }] } as never;
    expect(allListed('AO_31_3', { fields: ['name'], rows }, HELD)).toBe(false);
    expect(
      allListed(
        'BMG_34_1',
        { fields: ['name'], rows: { column: 'geburtstag', op: 'gte', value: '2000-01-01' } as never },
        HELD,
      ),
    ).toBe(true);
  });
});
