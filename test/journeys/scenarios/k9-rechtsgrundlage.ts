import type { Script } from './scenario';

/** K9: a legal basis that is in no list. */
export const rechtsgrundlage: Script = {
  name: 'K9 Unbekannte Rechtsgrundlage',
  async run(scenario) {
    const buildings = await scenario.story.pilotProduct(
      await scenario.as('umweltamt'),
      'Gebäudedatenkataster',
      'gebaeudedatenkataster',
    );
    await scenario.isRefused('umweltamt', 'nennt „GEWOHNHEIT“ als Rechtsgrundlage', ['R-GEN-03'], buildings, {
      legalBasis: ['GEWOHNHEIT'],
    });
  },
};
