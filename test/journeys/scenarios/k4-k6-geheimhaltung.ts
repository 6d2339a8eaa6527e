import { NOT_YET, type Script } from './scenario';

const COUNT = {
  project: 'Bericht',
  purposeCode: 'STADTPLANUNG',
  purposeText: 'Haushalte je Ortsbezirk im Bericht.',
  form: 'TABLE_AGG',
};

/**
 * K4 and K6 need parts that are not built: the answer to a query that remembers the one before, and a delivery that
 * leaves people with a block out. Until then both are refused at once, with the same answer whatever there is to hide.
 */
export const geheimhaltung: Script = {
  name: 'K4 und K6 Geheimhaltung und Auskunftssperre',
  async run(scenario) {
    const { report } = scenario.story;
    const households = await scenario.publishes('statistikstelle', {
      title: 'Haushalte nach Staatsangehörigkeit',
      columns: ['ortsbezirk', 'gruppe', 'haushalte'],
      rows: 52,
      cell: (row) => [`Ortsbezirk ${1 + (row % 26)}`, ['A', 'B'][row % 2]!, 1 + (row % 9)],
      statistics: 'CUBE',
      governance: {
        themes: ['BEVOELKERUNG'],
        openness: 'INTERNAL',
        personalRef: 'AGGREGATED',
        secrecy: ['STATISTIK'],
        singleCaseCells: false,
        sealedStatistics: true,
        allowedPurposes: ['STADTPLANUNG'],
      },
    });
    for (const [what, rows] of [
      ['alle Haushalte (K4)', null],
      ['alle ohne die Gruppe B: die Differenz verriete sie', { column: 'gruppe', op: 'eq', value: 'A' }],
    ] as const)
      await scenario.mustWait(
        'stadtplanungsamt',
        `fragt ${what} an: die Prüfung auf Differenzen ist noch nicht gebaut, deshalb geht keine von beiden hinaus`,
        [NOT_YET.TABLE, NOT_YET.SDC],
        households,
        { ...COUNT, rows },
      );

    const register = await scenario.publishes('buergeramt', {
      title: 'Melderegister, Anschriften',
      columns: ['nummer', 'name', 'anschrift', 'sperre'],
      rows: 30,
      cell: (row) => [row, `Person ${row} (synthetisch)`, `Musterweg ${row}`, row === 7 ? 'ja' : 'nein'],
      classes: { nummer: 'QUASI_ID', name: 'DIRECT_ID', anschrift: 'QUASI_ID', sperre: 'SECRET' },
      listedIn: { nummer: ['BMG_34_1'], name: ['BMG_34_1'], anschrift: ['BMG_34_1'] },
      governance: {
        themes: ['BEVOELKERUNG'],
        openness: 'RESTRICTED',
        personalRef: 'PERSONAL',
        secrecy: ['MELDE'],
        protectionC: 'hoch',
        allowedPurposes: ['PFLICHTAUFGABE'],
      },
    });
    const letter = {
      project: 'Anhörung',
      purposeCode: 'PFLICHTAUFGABE',
      purposeText: 'Anschrift für eine Anhörung im Verfahren.',
      legalBasis: ['BMG_34'],
      // the duty of another office is another purpose
      changeGround: 'RECHTSVORSCHRIFT',
      fields: ['nummer', 'name', 'anschrift'],
      retentionDays: 60,
    };
    const answers: string[] = [];
    for (const [number, who] of [
      [7, 'eine Person mit Auskunftssperre'],
      [999, 'eine Person, die es nicht gibt'],
    ] as const) {
      answers.push(
        await scenario.mustWait(
          'umweltamt',
          `fragt ${who} an (K6): gesperrte Personen kann das Tor noch nicht weglassen, also geht nichts hinaus`,
          [NOT_YET.BLOCKS],
          register,
          { ...letter, rows: { column: 'nummer', op: 'eq', value: number } },
        ),
      );
    }
    await report.step('kann beide Antworten nicht unterscheiden', 'Umweltamt', 'gleich', async () => ({
      outcome: answers[0] === answers[1] ? 'gleich' : answers.join(' / '),
      evidence: answers[0]!,
    }));
  },
};
