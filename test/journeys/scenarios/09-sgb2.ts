import { today } from '../../support/day';
import { NOT_YET, type Script } from './scenario';

/** 9: who receives benefits, per district: with the strictest profile; single people only with the permit of the Land. */
export const sgb2: Script = {
  name: '9 SGB-II-Bezug je Ortsbezirk',
  async run(scenario) {
    const parties = { gives: 'jobcenter', asks: 'statistikamt' } as const;
    const report = {
      project: 'Sozialraumbericht',
      purposeCode: 'PLANUNG_SOZIAL',
      purposeText: 'Anteile je Ortsbezirk im Sozialraumbericht.',
    };
    const social = {
      themes: ['SOZIALES'],
      openness: 'RESTRICTED',
      secrecy: ['SOZIAL'],
      protectionC: 'hoch',
      allowedPurposes: ['PFLICHTAUFGABE', 'PLANUNG_SOZIAL'],
    };
    const districts = await scenario.publishes('jobcenter', {
      title: 'SGB-II-Bezug je Ortsbezirk',
      columns: ['ortsbezirk', 'personen'],
      rows: 26,
      cell: (row) => [`Ortsbezirk ${row + 1}`, 40 + row * 17],
      governance: { ...social, personalRef: 'AGGREGATED' },
    });
    await scenario.mustWait(
      'statistikamt',
      'fragt die Tabelle für den Sozialraumbericht an: das strengste Profil kann das Programm noch nicht',
      [NOT_YET.TABLE, NOT_YET.SDC],
      districts,
      { ...report, form: 'TABLE_AGG' },
    );

    const people = await scenario.publishes('jobcenter', {
      title: 'SGB-II-Bezug, einzelne Fälle',
      columns: ['fall', 'ortsbezirk', 'dauer_monate'],
      rows: 30,
      cell: (row) => [`Fall ${row} (synthetisch)`, `Ortsbezirk ${1 + (row % 26)}`, 3 + row],
      classes: { fall: 'DIRECT_ID', ortsbezirk: 'QUASI_ID', dauer_monate: 'SENSITIVE' },
      governance: { ...social, personalRef: 'PERSONAL', entrusted: false },
    });
    const research = {
      ...report,
      project: 'Studie Langzeitbezug',
      purposeCode: 'STADTFORSCHUNG',
      fields: ['ortsbezirk', 'dauer_monate'],
      legalBasis: ['DSGVO_6_1_E'],
    };
    await scenario.isRefused(
      'statistikamt',
      'fragt einzelne Fälle für die Stadtforschung an',
      ['R-GEN-07', 'R-SOZ-01', 'R-SOZ-02'],
      people,
      research,
    );
    const longest = 'REQ_HEAD → STEWARD → DSB∥ISB → LEGAL → LEGAL → OWNER → GS_DG';
    const permit = {
      ...research,
      legalBasis: ['SGB10_75'],
      evidenceFiles: [
        ...(await scenario.evidence('statistikamt', ['GENEHMIGUNG_LANDESBEHOERDE'], { validUntil: today(60) })),
        ...(await scenario.evidence('statistikamt', ['DATENSCHUTZKONZEPT', 'FORSCHUNGSKONZEPT'])),
      ],
    };
    const refused = (step: string, more: Record<string, unknown>) =>
      scenario.story.report.step(step, 'Amt für Statistik und Stadtforschung', '422 beyond_evidence', async () => {
        const form = await scenario.story.form('statistikamt', people, { ...permit, ...more });
        const { status, body } = await (
          await scenario.as('statistikamt')
        ).post<{ errors?: { code: string; detail: string }[] }>('/v1/requests', form);
        return { outcome: `${status} ${body.errors?.[0]?.code}`, evidence: body.errors?.[0]?.detail ?? '' };
      });
    await refused('fragt für länger an, als die Genehmigung der Landesbehörde gilt', { until: today(90) });
    await refused('möchte die Daten länger aufbewahren, als die Genehmigung gilt', {
      until: today(30),
      retentionDays: 90,
    });
    const permitted = await scenario.asks(
      'statistikamt',
      'fragt mit Genehmigung der Landesbehörde und Datenschutzkonzept an',
      `APPROVAL: ${longest}`,
      people,
      // the end of the permit is the end of the use and of the keeping
      { ...permit, until: today(30), retentionDays: 30 },
    );
    await scenario.isApproved(
      parties,
      longest,
      permitted,
      'entscheiden; das Rechtsamt sieht die Nachweise, die Amtsleitung entscheidet persönlich',
    );
    await scenario.receives(
      'statistikamt',
      'bestätigt und erhält die Fälle ohne Namen',
      'VERMERK: 30 Zeilen',
      permitted,
    );
  },
};
