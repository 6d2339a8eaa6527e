import type { Script } from './scenario';

/** K8: nobody answers for the data any more. A deputy carries the seat for thirty days, then new requests stop. */
export const vakanz: Script = {
  name: 'K8 Die Datenverantwortung ist nicht besetzt',
  async run(scenario) {
    const { city, report, owner } = scenario.story;
    const halls = await scenario.publishes('jugendamt', {
      title: 'Spielflächen',
      columns: ['flaeche', 'groesse_m2'],
      rows: 10,
      cell: (row) => [`F${row}`, 200 + row],
      governance: { themes: ['GRUEN'], openness: 'INTERNAL' },
    });
    await scenario.asks('umweltamt', 'fragt an, solange die Amtsleitung im Amt ist', 'PERMIT_OBL', halls, {});
    const xenia = await city.as('xenia.konto');
    await report.step(
      'beendet die Bestellung: nicht, solange Datenprodukte daran hängen',
      'Administration',
      '409 seat_needed',
      async () => {
        const { rows } = await owner.query(
          `SELECT a.id FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id WHERE p.key = 'jule.garten' AND a.role = 'OWNER' AND a.state = 'IN_FORCE'`,
        );
        const { status, body } = await xenia.post(`/v1/appointments/${rows[0].id}/end`);
        return { outcome: `${status} ${body.code}`, evidence: String(body.title) };
      },
    );
    const { personId } = await (await city.as('jule.garten')).must<{ personId: string }>('GET', '/v1/me');
    await report.step(
      'sperrt die Amtsleitung, die plötzlich ausscheidet: das wirkt sofort',
      'Administration',
      '204',
      async () => {
        const { status } = await xenia.post(`/v1/people/${personId}/disabling`);
        return { outcome: String(status), evidence: '' };
      },
    );
    await scenario.asks('umweltamt', 'fragt am nächsten Tag an: die Vertretung führt das Amt', 'PERMIT_OBL', halls, {});
    await report.step('lässt 31 Tage vergehen', 'Uhr', 'vergangen', async () => {
      await owner.query(`UPDATE organisation.person SET disabled_at = disabled_at - interval '31 days' WHERE id = $1`, [
        personId,
      ]);
      return { outcome: 'vergangen', evidence: '' };
    });
    await scenario.isRefused(
      'umweltamt',
      'fragt noch einmal an: eingefroren, bis die Stelle besetzt ist',
      ['R-GEN-01'],
      halls,
      {},
    );
  },
};
