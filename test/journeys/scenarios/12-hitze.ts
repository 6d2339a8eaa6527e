import type { Published } from '../publish';
import { atTheGate, NOT_YET, type Script, type Scenario } from './scenario';

interface Access {
  id: string;
  state: string;
  agreementId: string | null;
  validUntil: string | null;
}

const HEAT = {
  project: 'Hitzeaktionsplan',
  purposeCode: 'KATASTROPHENSCHUTZ',
  purposeText: 'Hilfe für hochaltrige Menschen bei Hitze.',
  legalBasis: ['DSGVO_6_1_D', 'DSGVO_6_1_E'],
};

/** 12: shares of very old people per district for the heat plan; no private party, no list of addresses. */
export const hitze: Script = {
  name: '12 Hitzeaktionsplan',
  async run(scenario) {
    const shares = await scenario.publishes('statistikstelle', {
      title: 'Hochaltrige je Ortsbezirk und Klimafunktion',
      columns: ['ortsbezirk', 'klimafunktion', 'anteil'],
      rows: 52,
      cell: (row) => [`Ortsbezirk ${1 + (row % 26)}`, ['Ausgleich', 'Wirkung'][row % 2]!, 3 + (row % 12)],
      statistics: 'CUBE',
      governance: {
        themes: ['BEVOELKERUNG'],
        openness: 'INTERNAL',
        personalRef: 'AGGREGATED',
        secrecy: ['STATISTIK'],
        singleCaseCells: false,
        sealedStatistics: true,
        allowedPurposes: ['KATASTROPHENSCHUTZ', 'KLIMA_UMWELT'],
      },
    });
    for (const unit of ['gesundheitsamt', 'feuerwehr'] as const)
      await scenario.mustWait(
        unit,
        'fragt die Anteile an: ohne Form und Geheimhaltung geht nichts hinaus',
        [NOT_YET.MAP, NOT_YET.SDC],
        shares,
        { ...HEAT, form: 'GEO_AGG' },
      );
    await scenario.isRefused(
      'pflegedienst',
      'fragt dasselbe an: private Stellen nehmen nicht teil',
      ['R-CON-04'],
      shares,
      {
        ...HEAT,
        form: 'GEO_AGG',
      },
    );

    const people = await scenario.publishes('jugendamt', {
      title: 'Anschriften schutzbedürftiger Menschen',
      columns: ['name', 'anschrift', 'hilfebedarf'],
      rows: 20,
      cell: (row) => [`Person ${row} (synthetisch)`, `Musterweg ${row}`, 'hoch'],
      classes: { name: 'DIRECT_ID', anschrift: 'QUASI_ID', hilfebedarf: 'SENSITIVE' },
      governance: {
        themes: ['GESUNDHEIT'],
        openness: 'RESTRICTED',
        personalRef: 'SPECIAL',
        criminalRecords: false,
        secrecy: [],
        protectionC: 'sehr_hoch',
        allowedPurposes: ['PFLICHTAUFGABE'],
      },
    });
    await scenario.isRefused(
      'feuerwehr',
      'fragt eine Adressliste schutzbedürftiger Menschen an',
      ['M:SPECIAL-CHANGED:OTHER_OFFICE'],
      people,
      { ...HEAT, changeGround: 'GEFAHRENABWEHR' },
    );
    await emergency(scenario, people);
  },
};

/** In a disaster two people of the fire brigade open what no request can: for a day, told to all, looked at afterwards. */
async function emergency({ story, as }: Scenario, { productId }: Published): Promise<void> {
  const { city, report } = story;
  const [bruno, gesa, jule, uma] = [
    await as('feuerwehr'),
    await city.as('gesa.leiter'),
    await city.as('jule.garten'),
    await city.as('uma.schild'),
  ];
  const where = '/v1/emergency-accesses';
  const opened = await report.step(
    'eröffnet bei einem Stromausfall den Ausnahmezugriff; allein öffnet das nichts',
    'Feuerwehr, erste Person',
    'WAITING, noch keine Vereinbarung',
    async () => {
      const reason = 'Stromausfall bei 38 Grad: Menschen mit Beatmung müssen gefunden werden.';
      const gives = await bruno.must<Access>('POST', where, {
        productId,
        consumerUnitId: await city.unit('feuerwehr'),
        danger: 'KATASTROPHE',
        reason,
        caseNumber: 'KatS-Muster 1',
        fields: ['anschrift', 'hilfebedarf'],
      });
      return {
        outcome: `${gives.state}, ${gives.agreementId ? 'schon eine' : 'noch keine'} Vereinbarung`,
        evidence: reason,
        gives,
      };
    },
  );
  await report.step(
    'bestätigt; das Tor liefert für 24 Stunden',
    'Feuerwehr, zweite Person',
    'RUNNING, 20 Zeilen',
    async () => {
      const { state, agreementId, validUntil } = await gesa.must<Access>('POST', `${where}/${opened.id}/confirmation`);
      const seen = await atTheGate(bruno, { id: agreementId! });
      return { outcome: `${state}, ${seen.outcome}`, evidence: `bis ${validUntil}; ${seen.evidence}` };
    },
  );
  await report.step('beendet ihn; danach liefert das Tor nichts mehr', 'Jugendamt', 'OVER, nichts', async () => {
    const { state, agreementId } = await jule.must<Access>('POST', `${where}/${opened.id}/end`, {
      reason: 'Der Strom ist wieder da.',
    });
    const { outcome, evidence } = await atTheGate(bruno, { id: agreementId! });
    return { outcome: `${state}, ${outcome.split(':')[0]}`, evidence };
  });
  await report.step(
    'sehen nach, ob es rechtmäßig war',
    'Datenschutzbeauftragte, dann Jugendamt',
    'REVIEWED',
    async () => {
      await uma.must('POST', `${where}/${opened.id}/opinion`, { opinion: 'POSITIVE', text: 'Die Gefahr ist belegt.' });
      const { state } = await jule.must<Access>('POST', `${where}/${opened.id}/review`, {
        finding: 'LAWFUL',
        text: 'Anders wären die Menschen nicht zu finden gewesen.',
      });
      return { outcome: state, evidence: '' };
    },
  );
}
