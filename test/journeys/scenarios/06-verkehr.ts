import type { Script } from './scenario';

/** 6: counts of traffic are open to all; the raw pictures they are made of are refused in the main job. */
export const verkehr: Script = {
  name: '6 Verkehrszähldaten',
  async run(scenario) {
    const counts = await scenario.story.pilotProduct(
      await scenario.as('stadtplanungsamt'),
      'Verkehrszähldaten',
      'verkehrszaehldaten',
    );
    const open = {
      project: 'Offene Daten',
      purposeCode: 'OPEN_DATA',
      purposeText: 'Die Zähldaten sollen im Portal für offene Daten stehen.',
      form: 'API_LIVE',
    };
    const everybody = await scenario.asks(
      'stadtplanungsamt',
      'fragt für die Öffentlichkeit an: sofort frei, unter der Lizenz',
      'PERMIT mit O-LICENCE(dl-de/by-2.0)',
      counts,
      open,
    );
    await scenario.receives('stadtplanungsamt', 'ruft ab', `VERMERK: ${counts.rows} Zeilen`, everybody);
    const office = await scenario.asks('umweltamt', 'fragt für die Verkehrsplanung an', 'PERMIT', counts, {
      ...open,
      project: 'Luftreinhaltung',
      purposeCode: 'VERKEHRSPLANUNG',
    });
    await scenario.receives('umweltamt', 'ruft ab', `VERMERK: ${counts.rows} Zeilen`, office);
  },
};
