import type { Scenario } from './telling';

/** K9: a legal basis that is in no list. */
export const rechtsgrundlage: Scenario = {
  name: 'K9 Unbekannte Rechtsgrundlage',
  async tell(tale) {
    const buildings = await tale.story.pilotProduct(
      await tale.as('umweltamt'),
      'Gebäudedatenkataster',
      'gebaeudedatenkataster',
    );
    await tale.isRefused('umweltamt', 'nennt „GEWOHNHEIT“ als Rechtsgrundlage', ['R-GEN-03'], buildings, {
      legalBasis: ['GEWOHNHEIT'],
    });
  },
};
