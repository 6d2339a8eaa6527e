import type { Script } from './scenario';

interface Mandate {
  id: string;
  state: string;
}
interface EntryLine {
  type: string;
  actor: string;
}

/** K5: the Revisionsamt reads no case and no log without an order; with one it reads what offices did, never who. */
export const pruefauftrag: Script = {
  name: 'K5 Prüfauftrag des Revisionsamts',
  async run(scenario) {
    const { city, report } = scenario.story;
    const [willi, sten] = [await city.as('willi.pruefer'), await city.as('sten.rat')];
    const trees = await scenario.story.pilotProduct(await scenario.as('umweltamt'), 'Baumkataster', 'baumkataster');
    const receipt = await scenario.asks(
      'umweltamt',
      'fragt das Baumkataster an, ein Vorgang zum Prüfen',
      'PERMIT_OBL',
      trees,
      {},
    );
    const roads = [
      '/v1/audit',
      `/v1/audit/entries?about=${receipt.id}`,
      `/v1/requests/${receipt.id}`,
      '/v1/agreements?side=ALL',
    ];
    await report.step(
      'liest ohne Prüfauftrag weder Vorgang noch Protokoll',
      'Revisionsamt',
      '403 audit_mandate_missing',
      async () => {
        const { items } = await willi.must<{ items: Mandate[] }>('GET', '/v1/audit-mandates');
        for (const { id } of items.filter(({ state }) => state === 'IN_FORCE'))
          await willi.must('POST', `/v1/audit-mandates/${id}/end`);
        const seen = new Set<string>();
        for (const road of roads) {
          const { status, body } = await willi.get(road);
          seen.add(`${status} ${body.code}`);
        }
        return { outcome: [...seen].join(', '), evidence: roads.map((road) => road.split('?')[0]).join(' ') };
      },
    );
    await report.step(
      'erhält einen Auftrag der Stadtverordnetenversammlung; eine zweite Person bestätigt ihn',
      'Revisionsamt, Stadtverordnetenversammlung',
      'IN_FORCE',
      async () => {
        const order = {
          reference: 'Muster-Prüfauftrag 2',
          basis: 'HGO_130_2',
          subject: 'Weitergaben im Datenraum.',
          wholeCity: true,
          validFrom: new Date(Date.now() - 60_000).toISOString(),
          validUntil: new Date(Date.now() + 90 * 86_400_000).toISOString(),
        };
        const { mandateId } = await willi.must<{ mandateId: string }>('POST', '/v1/audit-mandates', order);
        await sten.must('POST', `/v1/audit-mandates/${mandateId}/confirmation`);
        const { items } = await willi.must<{ items: Mandate[] }>('GET', '/v1/audit-mandates');
        return { outcome: items.find(({ id }) => id === mandateId)?.state ?? 'unbekannt', evidence: order.reference };
      },
    );
    await report.step(
      'liest jetzt das Protokoll, auf der Ebene der Ämter und ohne Personen',
      'Revisionsamt',
      'Vorgang gelesen, keine Person genannt',
      async () => {
        const { items } = await willi.must<{ items: EntryLine[] }>('GET', `/v1/audit/entries?about=${receipt.id}`);
        const named = items.filter(({ actor }) => actor.startsWith('p_'));
        return {
          outcome: `${items.length > 0 ? 'Vorgang gelesen' : 'nichts gefunden'}, ${named.length === 0 ? 'keine Person genannt' : `genannt: ${named[0]!.actor}`}`,
          evidence: items.map(({ type }) => type).join(', '),
        };
      },
    );
  },
};
