import { NOT_YET, type Script } from './scenario';

/** 3: the youth office plans with its own register and anonymises at once; others get protected results, never children. */
export const kita: Script = {
  name: '3 Kita-Bedarf',
  async run(scenario) {
    const register = await scenario.publishes('jugendamt', {
      title: 'Register der Kindertagespflege',
      columns: ['kind', 'geburtsjahr', 'hilfe'],
      rows: 80,
      cell: (row) => [`Kind ${row} (synthetisch)`, 2020 + (row % 5), ['keine', 'Integration'][Number(row % 9 === 0)]!],
      classes: { kind: 'DIRECT_ID', geburtsjahr: 'QUASI_ID', hilfe: 'SENSITIVE' },
      governance: {
        themes: ['SOZIALES'],
        openness: 'RESTRICTED',
        personalRef: 'PERSONAL',
        secrecy: ['SOZIAL'],
        entrusted: false,
        protectionC: 'hoch',
        allowedPurposes: ['PFLICHTAUFGABE', 'PLANUNG_JUGENDHILFE'],
      },
    });
    const plan = {
      project: 'Bedarfsplan Kita',
      purposeCode: 'PLANUNG_JUGENDHILFE',
      purposeText: 'Bedarfsplanung der Kindertagesbetreuung.',
      legalBasis: ['SGB8_64_3', 'SGB8_80'],
    };
    await scenario.mustWait(
      'jugendhilfeplanung',
      'fragt das Register des eigenen Amtes an: sofort anonymisieren kann das Programm noch nicht',
      [NOT_YET.ANONYMISE],
      register,
      { ...plan, fields: ['geburtsjahr', 'hilfe'] },
    );
    await scenario.isRefused('stadtplanungsamt', 'fragt einzelne Kinder an', ['R-SOZ-01'], register, {
      ...plan,
      fields: ['geburtsjahr', 'hilfe'],
    });

    const result = await scenario.publishes('jugendamt', {
      title: 'Kita-Bedarf je Ortsbezirk',
      columns: ['ortsbezirk', 'kinder', 'plaetze'],
      rows: 26,
      cell: (row) => [`Ortsbezirk ${row + 1}`, 120 + row * 9, 100 + row * 8],
      governance: {
        themes: ['SOZIALES'],
        openness: 'INTERNAL',
        personalRef: 'AGGREGATED',
        secrecy: ['SOZIAL'],
        allowedPurposes: ['PLANUNG_JUGENDHILFE', 'STADTPLANUNG'],
      },
    });
    const city = {
      project: 'Rahmenplan',
      purposeCode: 'STADTPLANUNG',
      purposeText: 'Flächen für Kindertagesstätten im Rahmenplan.',
      form: 'TABLE_AGG',
    };
    await scenario.mustWait(
      'stadtplanungsamt',
      'fragt das Ergebnis je Ortsbezirk an: ohne Form und Geheimhaltung geht nichts hinaus',
      [NOT_YET.TABLE, NOT_YET.SDC],
      result,
      city,
    );

    const small = await scenario.publishes('jugendamt', {
      title: 'Kinder mit Eingliederungshilfe je Planungsbezirk',
      columns: ['planungsbezirk', 'kinder'],
      rows: 40,
      cell: (row) => [100 + row, row % 13],
      governance: {
        themes: ['SOZIALES'],
        openness: 'INTERNAL',
        personalRef: 'AGGREGATED',
        secrecy: ['SOZIAL'],
        allowedPurposes: ['PLANUNG_JUGENDHILFE', 'STADTPLANUNG'],
      },
    });
    await scenario.mustWait(
      'stadtplanungsamt',
      'fragt Kinder mit Eingliederungshilfe je Planungsbezirk an: Zellen unter 10 zu sperren, kann das Programm noch nicht',
      [NOT_YET.TABLE, NOT_YET.SDC],
      small,
      city,
    );
  },
};
