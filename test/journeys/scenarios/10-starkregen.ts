import { NOT_YET, type Script } from './scenario';

/** 10: names and addresses of land owners from property tax, for one letter about heavy rain, and not a figure more. */
export const starkregen: Script = {
  name: '10 Eigentümeranschriften für ein Schreiben zum Starkregen',
  async run(scenario) {
    const owners = await scenario.publishes('kassen-steueramt', {
      title: 'Grundsteuer, Eigentümerinnen und Eigentümer',
      columns: ['name', 'anschrift', 'messbetrag', 'rueckstand'],
      rows: 45,
      cell: (row) => [`Eigentümerin ${row} (synthetisch)`, `Bachweg ${row}`, 100 + row * 3, row % 5 === 0 ? 40 : 0],
      classes: { name: 'DIRECT_ID', anschrift: 'QUASI_ID', messbetrag: 'SENSITIVE', rueckstand: 'SENSITIVE' },
      listedIn: { name: ['AO_31_3'], anschrift: ['AO_31_3'] },
      governance: {
        themes: ['VERWALTUNG'],
        openness: 'RESTRICTED',
        personalRef: 'PERSONAL',
        secrecy: ['STEUER'],
        protectionC: 'hoch',
        allowedPurposes: ['PFLICHTAUFGABE'],
      },
    });
    const letter = {
      ...{
        project: 'Schreiben zum Starkregen',
        purposeCode: 'KATASTROPHENSCHUTZ',
        changeGround: 'GEFAHRENABWEHR',
        purposeText: 'Ein Schreiben an die Eigentümer gefährdeter Grundstücke.',
      },
      ...{ legalBasis: ['AO_31_3'], fields: ['name', 'anschrift'], retentionDays: 120 },
    };
    await scenario.mustWait(
      'umweltamt',
      'fragt nur Namen und Anschriften an: Personen mit Sperre kann das Tor noch nicht weglassen',
      [NOT_YET.BLOCKS],
      owners,
      letter,
    );

    await scenario.isRefused('umweltamt', 'möchte auch den Messbetrag und Rückstände', ['R-STE-01'], owners, {
      ...letter,
      fields: owners.fields,
    });
    await scenario.story.report.step(
      'möchte nur die Anschriften derer mit Rückstand: die Auswahl verriete ihn',
      'Umweltamt',
      '422 filter_not_allowed',
      async () => {
        const form = await scenario.story.form('umweltamt', owners, {
          ...letter,
          rows: { column: 'rueckstand', op: 'gte', value: 1 },
        });
        const { status, body } = await (
          await scenario.as('umweltamt')
        ).post<{ errors?: { code: string; detail: string }[] }>('/v1/requests', form);
        return { outcome: `${status} ${body.errors?.[0]?.code}`, evidence: body.errors?.[0]?.detail ?? '' };
      },
    );
    await scenario.isRefused(
      'containerdienst',
      'fragt die Anschriften an und steht im Wettbewerb',
      ['R-STE-02'],
      owners,
      {
        ...letter,
        project: 'Angebote',
        purposeCode: 'PFLICHTAUFGABE',
        changeGround: null,
        legalBasis: ['AO_31_3', 'HDSIG_22_2'],
        evidenceFiles: await scenario.evidence('containerdienst', ['ZWECKVERPFLICHTUNG']),
      },
    );
  },
};
