import { notYet, type Script } from './scenario';

/** 4: gas consumption for heat planning, by statute, over at least five neighbouring connections. */
export const gas: Script = {
  name: '4 Gas- und Fernwärmeverbrauch',
  async run(scenario) {
    const heat = {
      project: 'Kommunale Wärmeplanung',
      purposeCode: 'WAERMEPLANUNG',
      purposeText: 'Bestandsanalyse der kommunalen Wärmeplanung.',
      legalBasis: ['WPG_10', 'HEG'],
    };
    const blocks = await scenario.publishes('energieversorger', {
      title: 'Gasverbrauch je Baublock',
      columns: ['block', 'hausnummern', 'verbrauch_kwh'],
      rows: 50,
      // block 4 has four house numbers only
      cell: (row) => [`B${row}`, row === 4 ? 4 : 5 + (row % 20), 40_000 + row * 1_000],
      governance: {
        themes: ['GAS'],
        openness: 'RESTRICTED',
        personalRef: 'AGGREGATED',
        secrecy: ['GESCHAEFTSGEHEIMNIS', 'ENTFLECHTUNG'],
        protectionC: 'hoch',
        allowedPurposes: ['WAERMEPLANUNG'],
      },
    });
    const chain = 'REQ_HEAD → STEWARD → DSB∥ISB∥STAT → LEGAL → GES_OWNER → GS_DG';
    const receipt = await scenario.asks(
      'umweltamt',
      'fragt den Verbrauch je Baublock an',
      `APPROVAL mit O-SDC(WAERME), O-PURPOSE, O-NOONWARD: ${chain}`,
      blocks,
      { ...heat, form: 'GEO_AGG' },
    );
    await scenario.isApproved(
      { gives: 'energieversorger', asks: 'umweltamt' },
      chain,
      receipt,
      'entscheiden; das Rechtsamt trägt den Mustervertrag ein, zuletzt der Versorger und die Geschäftsstelle',
    );
    await scenario.receives(
      'umweltamt',
      'ruft ab: ein Block hat nur vier Hausnummern; zusammenlegen kann das Tor noch nicht, also geht nichts hinaus',
      `DUV: ${notYet('O-SDC')}`,
      receipt,
    );

    const homes = await scenario.publishes('energieversorger', {
      title: 'Gasverbrauch je Anschluss',
      columns: ['kundin_oder_kunde', 'anschrift', 'verbrauch_kwh'],
      rows: 30,
      cell: (row) => [`Kundin ${row} (synthetisch)`, `Musterstraße ${row}`, 12_000 + row],
      classes: { kundin_oder_kunde: 'DIRECT_ID', anschrift: 'QUASI_ID', verbrauch_kwh: 'QUASI_ID' },
      governance: {
        themes: ['GAS'],
        openness: 'RESTRICTED',
        personalRef: 'PERSONAL',
        secrecy: ['GESCHAEFTSGEHEIMNIS'],
        protectionC: 'hoch',
        allowedPurposes: ['PFLICHTAUFGABE'],
      },
    });
    await scenario.isRefused(
      'umweltamt',
      'fragt für die Potenzialanalyse einzelne Anschlüsse an',
      ['R-WPG-02'],
      homes,
      {
        ...heat,
        fields: ['anschrift', 'verbrauch_kwh'],
      },
    );
  },
};
