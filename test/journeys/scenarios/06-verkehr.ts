import type { Script } from './scenario';

/**
 * 6: counts of traffic are open to all; the raw pictures they are made of are refused in the main job. Putting them before
 * the public is an act of its own and comes with publication.
 */
export const verkehr: Script = {
  name: '6 Verkehrszähldaten',
  async run(scenario) {
    const counts = await scenario.story.pilotProduct(
      await scenario.as('stadtplanungsamt'),
      'Verkehrszähldaten',
      'verkehrszaehldaten',
    );
    const live = {
      project: 'Offene Daten',
      purposeCode: 'OPEN_DATA',
      purposeText: 'Die Zähldaten sollen im Portal für offene Daten stehen.',
      form: 'API_LIVE',
    };
    await scenario.isRefused(
      'stadtplanungsamt',
      'will sie veröffentlichen: das ist ein eigener Vorgang und kommt mit der Veröffentlichung',
      ['R-PUR-01'],
      counts,
      live,
    );
    for (const [unit, project] of [
      ['stadtplanungsamt', 'Verkehrsmodell'],
      ['umweltamt', 'Luftreinhaltung'],
    ] as const) {
      const asked = await scenario.asks(unit, 'fragt für die Verkehrsplanung an', 'PERMIT', counts, {
        ...live,
        project,
        purposeCode: 'VERKEHRSPLANUNG',
        purposeText: 'Die Zähldaten gehen in die Planung des Verkehrs ein.',
      });
      await scenario.receives(unit, 'ruft ab', `VERMERK: ${counts.rows} Zeilen`, asked);
    }
  },
};
