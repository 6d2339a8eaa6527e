import { atTheGate, notYet, type Script } from './scenario';

const COUNT = {
  project: 'Bericht',
  purposeCode: 'STADTPLANUNG',
  purposeText: 'Haushalte je Ortsbezirk im Bericht.',
  form: 'TABLE_AGG',
};

/**
 * K4 and K6 need parts that are not built: the answer to a query that remembers the one before, and a delivery that
 * leaves people with a block out. Until then the gate gives nothing, and the same answer whatever there is to hide.
 */
export const geheimhaltung: Script = {
  name: 'K4 und K6 Geheimhaltung und Auskunftssperre',
  async run(scenario) {
    const { city, report } = scenario.story;
    const households = await scenario.publishes('statistikstelle', {
      title: 'Haushalte nach Staatsangehörigkeit',
      columns: ['ortsbezirk', 'gruppe', 'haushalte'],
      rows: 52,
      cell: (row) => [`Ortsbezirk ${1 + (row % 26)}`, ['A', 'B'][row % 2]!, 1 + (row % 9)],
      governance: {
        themes: ['BEVOELKERUNG'],
        openness: 'INTERNAL',
        personalRef: 'AGGREGATED',
        secrecy: ['STATISTIK'],
        singleCaseCells: false,
        sealedStatistics: true,
        releasedByStatistics: true,
        allowedPurposes: ['STADTPLANUNG'],
      },
    });
    const all = await scenario.asks(
      'stadtplanungsamt',
      'fragt alle Haushalte an (K4)',
      'PERMIT_OBL mit O-SDC(INTERN_STD)',
      households,
      COUNT,
    );
    const but = await scenario.asks(
      'stadtplanungsamt',
      'fragt alle ohne die Gruppe B an: die Differenz verriete sie',
      'PERMIT_OBL mit O-SDC(INTERN_STD)',
      households,
      { ...COUNT, rows: { column: 'gruppe', op: 'eq', value: 'A' } },
    );
    for (const receipt of [all, but])
      await scenario.receives(
        'stadtplanungsamt',
        'ruft ab: die Prüfung auf Differenzen ist noch nicht gebaut, deshalb geht keine von beiden hinaus',
        `VERMERK: ${notYet('O-SDC')}`,
        receipt,
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
    const chain = 'REQ_HEAD → STEWARD → DSB → OWNER → GS_DG';
    const letter = {
      project: 'Anhörung',
      purposeCode: 'PFLICHTAUFGABE',
      purposeText: 'Anschrift für eine Anhörung im Verfahren.',
      legalBasis: ['BMG_34'],
      fields: ['name', 'anschrift'],
      retentionDays: 60,
    };
    const answers: string[] = [];
    for (const [number, who] of [
      [7, 'eine Person mit Auskunftssperre'],
      [999, 'eine Person, die es nicht gibt'],
    ] as const) {
      const receipt = await scenario.asks(
        'umweltamt',
        `fragt ${who} an (K6)`,
        `APPROVAL mit O-BLOCKS: ${chain}`,
        register,
        { ...letter, rows: { column: 'nummer', op: 'eq', value: number } },
      );
      await scenario.isApproved({ gives: 'buergeramt', asks: 'umweltamt' }, chain, receipt);
      answers.push(
        await report.step(
          'ruft ab: gesperrte Personen kann das Tor noch nicht weglassen, also geht nichts hinaus',
          'Umweltamt',
          notYet('O-BLOCKS'),
          async () => {
            const eva = await city.as('eva.bach');
            const seen = await atTheGate(eva, await scenario.story.confirm(eva, receipt.id));
            return { ...seen, gives: `${seen.outcome} ${seen.evidence}` };
          },
        ),
      );
    }
    await report.step('kann beide Antworten nicht unterscheiden', 'Umweltamt', 'gleich', async () => ({
      outcome: answers[0] === answers[1] ? 'gleich' : answers.join(' / '),
      evidence: answers[0]!,
    }));
  },
};
