import { NOT_YET, type Script } from './scenario';

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
    await scenario.mustWait(
      'umweltamt',
      'fragt den Verbrauch je Baublock an: ein Block hat nur vier Hausnummern, zusammenlegen kann das Programm noch nicht',
      [NOT_YET.MAP, NOT_YET.SDC],
      blocks,
      { ...heat, form: 'GEO_AGG' },
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
