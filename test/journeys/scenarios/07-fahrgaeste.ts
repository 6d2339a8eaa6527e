import { NOT_YET, type Script } from './scenario';

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
    await scenario.mustWait(
      'stadtplanungsamt',
      'fragt die Zahlen an: mindestens fünf je Haltestelle und Stunde kann das Programm noch nicht sichern',
      [NOT_YET.TABLE, NOT_YET.SDC],
      stops,
      local,
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
