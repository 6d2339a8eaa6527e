import { suggestClass } from './field-classes';

describe('the scan of columns suggests', () => {
  it.each([
    ['hausmeister_name', 'DIRECT_ID'],
    ['Gutachter', 'DIRECT_ID'],
    ['meldende_person', 'DIRECT_ID'],
    ['EigentümerName', 'DIRECT_ID'],
    ['telefon', 'DIRECT_ID'],
    ['E-Mail', 'DIRECT_ID'],
    ['IBAN', 'DIRECT_ID'],
    ['Name', 'DIRECT_ID'],
    ['Nachname', 'DIRECT_ID'],
    ['kfz_kennzeichen', 'DIRECT_ID'],
    ['Steuer-ID', 'DIRECT_ID'],
    ['geburtsdatum', 'QUASI_ID'],
    ['Anschrift', 'QUASI_ID'],
    ['hausnummer', 'QUASI_ID'],
    ['Diagnose', 'SENSITIVE'],
    ['alarmcode', 'SECRET'],
    ['strassenname', 'NONE'],
    ['baumart', 'NONE'],
    ['personenzahl', 'NONE'],
    ['kontrolle', 'NONE'],
    ['materialart', 'NONE'],
  ])('for a column `%s` the class %s', (name, expected) => {
    expect(suggestClass({ name }).class).toBe(expected);
  });

  it('a person behind values, whatever the column is called', () => {
    expect(suggestClass({ name: 'feld_7', samples: ['a.b@example.org', 'c@example.org'] }).class).toBe('DIRECT_ID');
    expect(suggestClass({ name: 'feld_8', samples: ['DE02 1203 0000 0000 2020 51'] }).class).toBe('DIRECT_ID');
    expect(suggestClass({ name: 'feld_9', samples: ['0611 5551234', '+49 611 5554321'] }).class).toBe('DIRECT_ID');
    expect(suggestClass({ name: 'menge', samples: ['12', '13'] }).class).toBe('NONE');
  });

  it('a question instead of a class for places of things', () => {
    const place = { name: 'lat', samples: ['50.082145'] };
    expect(suggestClass(place).class).toBe('QUASI_ID');
    expect(suggestClass(place, true)).toEqual({ class: 'NONE', because: expect.stringContaining('?') });
    expect(suggestClass({ name: 'gutachter' }, true).class).toBe('DIRECT_ID');
  });
});
