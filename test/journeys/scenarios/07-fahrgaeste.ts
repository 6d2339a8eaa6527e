import { notYet, type Script } from './scenario';

/** 7: passengers per stop hold business secrets of a company; single trips of a ticket app are refused. */
export const fahrgaeste: Script = {
  name: '7 Fahrgastzahlen je Haltestelle',
  async run(scenario) {
    const local = {
      project: 'Nahverkehrsplan',
      purposeCode: 'VERKEHRSPLANUNG',
      purposeText: 'Angebot im Nahverkehrsplan.',
      form: 'TABLE_AGG',
    };
    const stops = await scenario.publishes('verkehrsgesellschaft', {
      title: 'Fahrgastzahlen je Haltestelle',
      columns: ['haltestelle', 'stunde', 'einsteiger'],
      rows: 96,
      // the company itself leaves out hours with fewer than five people
      cell: (row) => [`H${Math.floor(row / 24)}`, row % 24, 5 + ((row * 13) % 90)],
      governance: {
        themes: ['VERKEHR', 'FAHRGAESTE'],
        openness: 'RESTRICTED',
        personalRef: 'AGGREGATED',
        secrecy: ['GESCHAEFTSGEHEIMNIS'],
        allowedPurposes: ['VERKEHRSPLANUNG'],
      },
    });
    const chain = 'REQ_HEAD → STEWARD → DSB∥ISB∥STAT → LEGAL → GES_OWNER → GS_DG';
    const receipt = await scenario.asks(
      'stadtplanungsamt',
      'fragt die Zahlen an',
      `APPROVAL mit O-CONTRACT(MISSING), O-EMBARGO(12), O-SDC(FAHRGAST): ${chain}`,
      stops,
      local,
    );
    await scenario.isApproved(
      { gives: 'verkehrsgesellschaft', asks: 'stadtplanungsamt' },
      chain,
      receipt,
      'entscheiden nacheinander, jede Stelle für sich; die Frist bis zur Veröffentlichung ist eine Auflage der Regeln',
    );
    await scenario.receives(
      'stadtplanungsamt',
      'ruft ab: mindestens fünf je Haltestelle und Stunde kann das Tor noch nicht sichern, also geht nichts hinaus',
      `DUV: ${notYet('O-SDC')}`,
      receipt,
    );

    const trips = await scenario.publishes('verkehrsgesellschaft', {
      title: 'Fahrten aus der Ticket-App',
      columns: ['konto', 'einstieg', 'ausstieg', 'zeit'],
      rows: 30,
      cell: (row) => [
        `Konto ${row} (synthetisch)`,
        `H${row % 4}`,
        `H${(row + 1) % 4}`,
        `2025-06-01 ${String(row % 24).padStart(2, '0')}:00:00`,
      ],
      classes: { konto: 'DIRECT_ID', einstieg: 'QUASI_ID', ausstieg: 'QUASI_ID', zeit: 'QUASI_ID' },
      governance: {
        themes: ['VERKEHR'],
        openness: 'RESTRICTED',
        personalRef: 'PERSONAL',
        secrecy: ['GESCHAEFTSGEHEIMNIS'],
        protectionC: 'hoch',
        allowedPurposes: ['PFLICHTAUFGABE'],
      },
    });
    await scenario.isRefused('stadtplanungsamt', 'fragt einzelne Fahrten an', ['R-GEN-07'], trips, {
      ...local,
      form: 'ROWLEVEL',
      fields: ['einstieg', 'ausstieg', 'zeit'],
      legalBasis: ['DSGVO_6_1_E'],
    });
  },
};
