import { atTheGate, type Script } from './scenario';

/** 8: the trees of the main job, published: once through the chain of a publication, and in a coarse grid where bats roost. */
export const baeume: Script = {
  name: '8 Baumkataster, veröffentlicht',
  async run(scenario) {
    const { city, report } = scenario.story;
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
      governance: { themes: ['GRUEN'], openness: 'INTERNAL', allowedPurposes: ['KLIMA_UMWELT', 'OPEN_DATA'] },
    });
    const chain = 'STEWARD → OWNER → OPENDATA → GS_DG';
    const publication = await scenario.asks(
      'gruenflaechenamt',
      'will die Kontrollen veröffentlichen',
      `APPROVAL mit O-MASK(gutachter, meldende_person): ${chain}`,
      trees,
      open,
    );
    await scenario.isApproved(
      { gives: 'gruenflaechenamt', asks: 'gruenflaechenamt' },
      chain,
      publication,
      'entscheiden; die Open-Data-Koordination prüft die Veröffentlichung',
    );
    await scenario.receives(
      'gruenflaechenamt',
      'erhält die Fassung für die Öffentlichkeit, ohne Namen',
      'VERMERK: 40 Zeilen',
      publication,
    );

    const roosts = await scenario.publishes('gruenflaechenamt', {
      title: 'Quartierbäume geschützter Arten',
      columns: ['baum', 'rechtswert', 'hochwert'],
      rows: 15,
      cell: (row) => [row, 443_210 + row * 137, 5_548_765 + row * 91],
      masked: { rechtswert: { kind: 'grid', metres: 100 }, hochwert: { kind: 'grid', metres: 100 } },
      classes: { rechtswert: 'NONE', hochwert: 'NONE' },
      types: { rechtswert: 'INTEGER', hochwert: 'INTEGER' },
      governance: { themes: ['GRUEN'], protectedSpecies: true, allowedPurposes: ['KLIMA_UMWELT', 'OPEN_DATA'] },
    });
    const coarse = await scenario.asks(
      'gruenflaechenamt',
      'will Quartierbäume veröffentlichen',
      'PERMIT_OBL mit O-GRID(1000)',
      roosts,
      open,
    );
    await report.step(
      'erhält jede Lage nur auf einen Kilometer genau',
      'Grünflächenamt',
      '15 Zeilen, jede auf 1000 m',
      async () => {
        const who = await city.as('emil.fach');
        const agreement = await scenario.story.confirm(who, coarse.id);
        const seen = await atTheGate(who, agreement);
        const lines = (await (await who.receive(agreement.id, 'csv')).text()).trimEnd().split('\n').slice(1);
        const fine = lines.filter((line) =>
          line
            .split(',')
            .slice(1)
            .some((place) => Number(place) % 1000 !== 0),
        );
        return {
          outcome: `${seen.outcome}, ${fine.length === 0 ? 'jede auf 1000 m' : `genauer: ${fine[0]}`}`,
          evidence: lines[0] ?? '',
        };
      },
    );
  },
};
