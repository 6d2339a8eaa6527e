import { NOT_YET, type Script } from './scenario';

const SCHOOL = {
  project: 'Schulentwicklungsplan',
  purposeCode: 'PLANUNG_SCHULE',
  purposeText: 'Zahl der Schulanfänger je Bezirk für den Schulentwicklungsplan.',
  legalBasis: ['HSCHG'],
};

/** 2: counted children come from statistics; a list of names never, it comes from the register with the longest chain. */
export const kinder: Script = {
  name: '2 Kinder nach Jahrgang und Planungsbezirk',
  async run(scenario) {
    const table = await scenario.publishes('statistikstelle', {
      title: 'Kinder nach Jahrgang und Planungsbezirk',
      columns: ['jahrgang', 'planungsbezirk', 'anzahl'],
      rows: 120,
      cell: (row) => [2016 + (row % 10), 100 + Math.floor(row / 10), 3 + ((row * 7) % 60)],
      statistics: 'CUBE',
      governance: {
        themes: ['BEVOELKERUNG'],
        openness: 'INTERNAL',
        personalRef: 'AGGREGATED',
        secrecy: ['STATISTIK'],
        singleCaseCells: false,
        sealedStatistics: true,
        allowedPurposes: ['PLANUNG_SCHULE'],
      },
    });
    await scenario.mustWait(
      'schulamt',
      'fragt die Tabelle an: zulässig, aber Form und Geheimhaltung kann das Programm noch nicht',
      [NOT_YET.TABLE, NOT_YET.SDC],
      table,
      { ...SCHOOL, form: 'TABLE_AGG' },
    );

    const micro = await scenario.publishes('statistikstelle', {
      title: 'Schulanfänger, Einzelangaben der Statistik',
      columns: ['name', 'geburtsjahr', 'planungsbezirk'],
      rows: 40,
      cell: (row) => [`Kind ${row} (synthetisch)`, 2019, 100 + (row % 12)],
      classes: { name: 'DIRECT_ID', geburtsjahr: 'QUASI_ID', planungsbezirk: 'QUASI_ID' },
      governance: {
        themes: ['BEVOELKERUNG'],
        openness: 'RESTRICTED',
        personalRef: 'PERSONAL',
        secrecy: ['STATISTIK'],
        protectionC: 'hoch',
        sealedStatistics: true,
        allowedPurposes: ['STATISTIK', 'PLANUNG_SCHULE'],
      },
    });
    await scenario.isRefused('schulamt', 'fragt die Namensliste bei der Statistik an', ['R-STA-01'], micro, SCHOOL);

    const register = await scenario.publishes('buergeramt', {
      title: 'Schulanfänger aus dem Melderegister',
      columns: ['name', 'geburtstag', 'anschrift', 'sperre'],
      rows: 60,
      cell: (row) => [
        `Kind ${row} (synthetisch)`,
        `2020-0${1 + (row % 9)}-1${row % 9}`,
        `Musterweg ${row}`,
        row === 7 ? 'ja' : 'nein',
      ],
      classes: { name: 'DIRECT_ID', geburtstag: 'QUASI_ID', anschrift: 'QUASI_ID', sperre: 'SECRET' },
      governance: {
        themes: ['BEVOELKERUNG'],
        openness: 'RESTRICTED',
        personalRef: 'PERSONAL',
        secrecy: ['MELDE'],
        protectionC: 'hoch',
        allowedPurposes: ['PFLICHTAUFGABE'],
      },
    });
    await scenario.mustWait(
      'schulamt',
      'fragt den laufenden Abruf aus dem Melderegister an: Personen mit Sperre kann das Tor noch nicht weglassen',
      [NOT_YET.BLOCKS],
      register,
      {
        ...{
          ...SCHOOL,
          purposeCode: 'PFLICHTAUFGABE',
          purposeText: 'Anmeldung der Schulanfänger nach dem Schulgesetz.',
          form: 'API_LIVE',
        },
        ...{
          fields: ['name', 'anschrift'],
          retentionDays: 60,
          evidenceFiles: await scenario.evidence('schulamt', ['RECHTSNORM']),
          legalBasis: ['BMG_37_2', 'HSCHG'],
          changeGround: 'RECHTSVORSCHRIFT',
        },
      },
    );
  },
};
