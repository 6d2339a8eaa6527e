import type { Script } from './scenario';

/** 1: the cadastre of municipal buildings is told by the main job; here its counter-test, access plans of schools. */
export const gebaeude: Script = {
  name: '1 Gebäudedatenkataster: die Zutrittspläne der Schulen',
  async run(scenario) {
    const all = await scenario.story.pilotProduct(
      await scenario.as('umweltamt'),
      'Zutrittspläne',
      'zutrittsplaene-schulen',
    );
    const plans = { ...all, fields: all.fields.filter((name) => name !== 'alarmcode') };
    const rescue = {
      purposeCode: 'GEBAEUDEMANAGEMENT',
      project: 'Rettungswege',
      purposeText: 'Planung der Rettungswege in Schulgebäuden.',
    };
    // A8; sehr hohe Vertraulichkeit raises it one step, so the Datenschutz is heard too
    const chain = 'REQ_HEAD → STEWARD → DSB∥ISB → OWNER → GS_DG';
    const office = await scenario.asks(
      'umweltamt',
      'fragt die Zutrittspläne an: eingeschränkt, sehr hohe Vertraulichkeit',
      `APPROVAL: ${chain}`,
      plans,
      rescue,
    );
    await scenario.isApproved({ gives: 'hochbauamt', asks: 'umweltamt' }, chain, office);
    await scenario.receives('umweltamt', 'bestätigt und erhält die Pläne', 'VERMERK: 40 Zeilen', office);

    // a legal person of its own, and one step more: the Steuerungskreis votes
    const longer = 'REQ_HEAD → STEWARD → DSB∥ISB → LEGAL → OWNER → SK_MITGLIED → GS_DG';
    const company = await scenario.asks(
      'gebaeudedienste',
      'fragt dasselbe an: eigene Rechtsperson, und der Vertrag aus dem Hauptauftrag ist zu Ende',
      `APPROVAL mit O-CONTRACT(EXPIRED): ${longer}`,
      plans,
      { ...rescue, legalBasis: ['VERTRAG', 'KEIN_PERSONENBEZUG'] },
    );
    await scenario.isApproved(
      { gives: 'hochbauamt', asks: 'gebaeudedienste' },
      longer,
      company,
      'entscheiden; das Rechtsamt trägt den Vertrag ein',
    );
    await scenario.receives('gebaeudedienste', 'bestätigt und erhält die Pläne', 'DUV: 40 Zeilen', company);
  },
};
