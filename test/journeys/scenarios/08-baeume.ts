import type { Script } from './scenario';

/**
 * 8: the trees of the main job, before the public: once checks with names in them, once trees where bats roost. Naming
 * publication as a purpose opens neither; the chain and the coarse grid of a publication come with publication.
 */
export const baeume: Script = {
  name: '8 Baumkataster, veröffentlicht',
  async run(scenario) {
    const open = {
      project: 'Offene Daten',
      purposeCode: 'OPEN_DATA',
      purposeText: 'Die Baumdaten sollen im Portal für offene Daten stehen.',
    };
    const trees = await scenario.publishes('gruenflaechenamt', {
      title: 'Baumkontrollen',
      columns: ['baum', 'baumart', 'gutachter', 'meldende_person'],
      rows: 40,
      cell: (row) => [
        row,
        ['Linde', 'Ahorn'][row % 2]!,
        `Sachverständige Person ${row} (synthetisch)`,
        `Person ${row} (synthetisch)`,
      ],
      masked: { gutachter: { kind: 'redact', with: 'geschwärzt' }, meldende_person: { kind: 'null' } },
      governance: { themes: ['GRUEN'], openness: 'INTERNAL', allowedPurposes: ['KLIMA_UMWELT'] },
    });
    await scenario.isRefused(
      'gruenflaechenamt',
      'will die Kontrollen veröffentlichen: Kette und Prüfung kommen mit der Veröffentlichung',
      ['R-PUR-01'],
      trees,
      open,
    );
    const climate = await scenario.asks(
      'umweltamt',
      'bekommt die Kontrollen für den Klimaschutz, ohne Namen',
      'PERMIT_OBL mit O-MASK(gutachter, meldende_person)',
      trees,
      {
        ...open,
        project: 'Klimakarte',
        purposeCode: 'KLIMA_UMWELT',
        purposeText: 'Die Baumarten gehen in die Klimakarte ein.',
      },
    );
    await scenario.receives('umweltamt', 'ruft ab', 'VERMERK: 40 Zeilen', climate);

    const roosts = await scenario.publishes('gruenflaechenamt', {
      title: 'Quartierbäume geschützter Arten',
      columns: ['baum', 'rechtswert', 'hochwert'],
      rows: 15,
      cell: (row) => [row, 443_210 + row * 137, 5_548_765 + row * 91],
      masked: { rechtswert: { kind: 'grid', metres: 100 }, hochwert: { kind: 'grid', metres: 100 } },
      classes: { rechtswert: 'NONE', hochwert: 'NONE' },
      types: { rechtswert: 'INTEGER', hochwert: 'INTEGER' },
      governance: { themes: ['GRUEN'], protectedSpecies: true, allowedPurposes: ['KLIMA_UMWELT'] },
    });
    await scenario.isRefused(
      'gruenflaechenamt',
      'will Quartierbäume veröffentlichen: das Raster von einem Kilometer kommt mit der Veröffentlichung',
      ['R-PUR-01'],
      roosts,
      open,
    );
  },
};
