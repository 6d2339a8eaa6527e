import { notYet, type Scenario } from './telling';

const HEAT = { project: 'Hitzeaktionsplan', purposeCode: 'KATASTROPHENSCHUTZ', purposeText: 'Hilfe für hochaltrige Menschen bei Hitze.', legalBasis: ['DSGVO_6_1_D', 'DSGVO_6_1_E'] };

/** 12: shares of very old people per district for the heat plan; no private party, no list of addresses. */
export const hitze: Scenario = {
  name: '12 Hitzeaktionsplan',
  async tell(tale) {
    const shares = await tale.gives('statistikstelle', {
      title: 'Hochaltrige je Ortsbezirk und Klimafunktion',
      columns: ['ortsbezirk', 'klimafunktion', 'anteil'],
      rows: 52,
      cell: (row) => [`Ortsbezirk ${1 + (row % 26)}`, ['Ausgleich', 'Wirkung'][row % 2]!, 3 + (row % 12)],
      governance: { themes: ['BEVOELKERUNG'], openness: 'INTERNAL', personalRef: 'AGGREGATED', secrecy: ['STATISTIK'], sealedStatistics: true, releasedByStatistics: true, allowedPurposes: ['KATASTROPHENSCHUTZ', 'KLIMA_UMWELT'] },
    });
    for (const unit of ['gesundheitsamt', 'feuerwehr'] as const) {
      const receipt = await tale.asks(unit, 'fragt die Anteile an', 'PERMIT_OBL mit O-SDC(AUSTAUSCH)', shares, { ...HEAT, form: 'GEO_AGG' });
      await tale.receives(unit, 'ruft ab: ohne Geheimhaltung geht nichts hinaus', `VERMERK: ${notYet('O-SDC')}`, receipt);
    }
    await tale.isRefused('pflegedienst', 'fragt dasselbe an: private Stellen nehmen nicht teil', ['R-CON-04'], shares, { ...HEAT, form: 'GEO_AGG' });

    const people = await tale.gives('jugendamt', {
      title: 'Anschriften schutzbedürftiger Menschen',
      columns: ['name', 'anschrift', 'hilfebedarf'],
      rows: 20,
      cell: (row) => [`Person ${row} (synthetisch)`, `Musterweg ${row}`, 'hoch'],
      classes: { name: 'DIRECT_ID', anschrift: 'QUASI_ID', hilfebedarf: 'SENSITIVE' },
      governance: { themes: ['GESUNDHEIT'], openness: 'RESTRICTED', personalRef: 'SPECIAL', secrecy: [], protectionC: 'sehr_hoch', allowedPurposes: ['PFLICHTAUFGABE'] },
    });
    await tale.isRefused('feuerwehr', 'fragt eine Adressliste schutzbedürftiger Menschen an', ['M:SPECIAL-CHANGED:OTHER_OFFICE'], people, { ...HEAT, changeGround: 'GEFAHRENABWEHR' });
  },
};
