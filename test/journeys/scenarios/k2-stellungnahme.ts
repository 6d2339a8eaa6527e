import { decide, walk } from './desks';
import type { Script } from './scenario';

/** K2: the data protection officer has doubts. Nobody is bound by them; but going on without a word is not possible. */
export const stellungnahme: Script = {
  name: 'K2 Bedenken des Datenschutzes',
  async run(scenario) {
    const { city, report } = scenario.story;
    const parties = { gives: 'gruenflaechenamt', asks: 'umweltamt' } as const;
    const gardens = await scenario.publishes('gruenflaechenamt', {
      title: 'Pachtverträge der Kleingärten',
      columns: ['parzelle', 'pachtdauer_jahre'],
      rows: 25,
      cell: (row) => [`P${row}`, 1 + row],
      classes: { parzelle: 'QUASI_ID' },
      governance: {
        themes: ['GRUEN'],
        openness: 'RESTRICTED',
        personalRef: 'PERSONAL',
        secrecy: [],
        protectionC: 'hoch',
        allowedPurposes: ['KLIMA_UMWELT'],
      },
    });
    const chain = 'REQ_HEAD → STEWARD → DSB → OWNER → GS_DG';
    const receipt = await scenario.asks('umweltamt', 'fragt die Parzellen an', `APPROVAL: ${chain}`, gardens, {
      legalBasis: ['DSGVO_6_1_E'],
    });
    const [uma, anna, tilda] = [await city.as('uma.schild'), await city.as('anna.ahorn'), await city.as('tilda.trend')];
    await report.step('äußert Bedenken', 'Datenschutzbeauftragte', 'Stellungnahme abgegeben', async () => {
      const way = await walk(scenario.story, parties, receipt, { before: 'DSB' });
      const { id } = await scenario.story.task(uma, receipt.id, 'DSB');
      await uma.must('POST', `/v1/tasks/${id}/opinion`, {
        revision: await scenario.story.revision(uma, id),
        opinion: 'NEGATIVE',
        text: 'Die Parzelle lässt auf Personen schließen.',
      });
      return { outcome: 'Stellungnahme abgegeben', evidence: way };
    });
    const task = await scenario.story.task(anna, receipt.id, 'OWNER');
    const approve = async (more: object) =>
      anna.post(`/v1/tasks/${task.id}/approval`, { revision: await scenario.story.revision(anna, task.id), ...more });
    await report.step('stimmt ohne Begründung zu', 'Grünflächenamt, Amtsleitung', '422 reasons_required', async () => {
      const { status, body } = await approve({});
      return { outcome: `${status} ${body.code}`, evidence: String(body.title) };
    });
    await report.step(
      'stimmt mit Begründung zu; der Antrag geht weiter',
      'Grünflächenamt, Amtsleitung',
      '200, dann APPROVED',
      async () => {
        const { status } = await approve({ reasons: 'Die Parzellen sind im Grünplan ohnehin öffentlich.' });
        await decide(scenario.story, await city.as('quirin.stern'), receipt.id, 'GS_DG');
        const { state } = await anna.must<{ state: string }>('GET', `/v1/requests/${receipt.id}`);
        return { outcome: `${status}, dann ${state}`, evidence: '' };
      },
    );
    await report.step(
      'liest in seiner Liste, dass gegen Bedenken entschieden wurde',
      'Steuerungskreis',
      'OPINION_OVERRIDDEN mit Begründung',
      async () => {
        const { items } = await tilda.must<{ items: { requestId: string; kind: string; reasons: string | null }[] }>(
          'GET',
          '/v1/tasks/notices',
        );
        const notice = items.find(({ requestId }) => requestId === receipt.id);
        return {
          outcome: `${notice?.kind}${notice?.reasons ? ' mit Begründung' : ''}`,
          evidence: notice?.reasons ?? '',
        };
      },
    );
  },
};
