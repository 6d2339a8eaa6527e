import { decide } from './desks';
import { NOT_YET, type Script } from './scenario';

/** 11: waste bins tell how many people live in a house: per block with protection, per address normally refused. */
export const behaelter: Script = {
  name: '11 Behältervolumen Restabfall',
  async run(scenario) {
    const { city, report } = scenario.story;
    const climate = { project: 'Abfallvermeidung', purposeText: 'Schätzung der Haushalte für die Abfallvermeidung.' };
    const blocks = await scenario.publishes('entsorgungsbetrieb', {
      title: 'Behältervolumen je Block',
      columns: ['block', 'volumen_l'],
      rows: 30,
      cell: (row) => [`B${row}`, 1100 + row * 120],
      governance: {
        themes: ['UMWELT'],
        openness: 'INTERNAL',
        personalRef: 'AGGREGATED',
        secrecy: [],
        allowedPurposes: ['PFLICHTAUFGABE', 'KLIMA_UMWELT'],
      },
    });
    await scenario.mustWait(
      'umweltamt',
      'fragt das Volumen je Block an: ohne Form und Geheimhaltung geht nichts hinaus',
      [NOT_YET.MAP, NOT_YET.SDC],
      blocks,
      { ...climate, form: 'GEO_AGG' },
    );

    const addresses = await scenario.publishes('entsorgungsbetrieb', {
      title: 'Behältervolumen je Anschrift',
      columns: ['anschrift', 'volumen_l'],
      rows: 30,
      cell: (row) => [`Musterweg ${row}`, 60 + (row % 4) * 60],
      classes: { anschrift: 'QUASI_ID' },
      governance: {
        themes: ['UMWELT'],
        openness: 'INTERNAL',
        personalRef: 'PERSONAL',
        secrecy: [],
        protectionC: 'hoch',
        allowedPurposes: ['PFLICHTAUFGABE'],
      },
    });
    const named = { ...climate, legalBasis: ['DSGVO_6_1_E'] };
    await scenario.isRefused('umweltamt', 'fragt das Volumen je Anschrift an', ['R-GEN-07'], addresses, named);
    const ground = await scenario.asks(
      'umweltamt',
      'nennt einen Grund für den anderen Zweck',
      'APPROVAL: REQ_HEAD → STEWARD → DSB → EB_OWNER → GS_DG',
      addresses,
      { ...named, changeGround: 'RECHTSVORSCHRIFT' },
    );
    await report.step(
      'lehnt ab: der Block genügt für den Zweck',
      'Entsorgungsbetrieb, Betriebsleitung',
      'REFUSED, UMFANG_ZU_GROSS',
      async () => {
        for (const [person, role] of [
          ['falk.quelle', 'REQ_HEAD'],
          ['kira.sack', 'STEWARD'],
          ['uma.schild', 'DSB'],
        ] as const)
          await decide(scenario.story, await city.as(person), ground.id, role);
        const dana = await city.as('dana.deckel');
        const { id } = await scenario.story.task(dana, ground.id, 'EB_OWNER');
        await dana.must('POST', `/v1/tasks/${id}/refusal`, {
          revision: await scenario.story.revision(dana, id),
          reasonCode: 'UMFANG_ZU_GROSS',
          text: 'Das Volumen je Block genügt für den Zweck.',
        });
        const { state, refusal } = await (
          await scenario.as('umweltamt')
        ).must<{ state: string; refusal: { reasonCode: string; text: string } }>('GET', `/v1/requests/${ground.id}`);
        return { outcome: `${state}, ${refusal.reasonCode}`, evidence: refusal.text };
      },
    );
  },
};
