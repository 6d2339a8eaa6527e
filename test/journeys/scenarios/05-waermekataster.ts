import { NOT_YET, type Script } from './scenario';

const NETWORK = {
  project: 'Ausbau des Wärmenetzes',
  purposeCode: 'PFLICHTAUFGABE',
  purposeText: 'Ausbau des Wärmenetzes als eigene Aufgabe.',
  form: 'ROWLEVEL',
  legalBasis: ['VERTRAG', 'KEIN_PERSONENBEZUG'],
  recipients: ['Netzplanung'],
};

/** 5: the heat cadastre goes to a company of its own, with a contract; with very high confidentiality the Steuerungskreis votes. */
export const waermekataster: Script = {
  name: '5 Wärmekataster und Eignungsgebiete',
  async run(scenario) {
    const parties = { gives: 'umweltamt', asks: 'energieversorger' } as const;
    const governance = {
      themes: ['WAERME'],
      openness: 'RESTRICTED',
      personalRef: 'AGGREGATED',
      secrecy: [],
      protectionC: 'hoch',
      allowedPurposes: ['WAERMEPLANUNG', 'PFLICHTAUFGABE'],
    };
    const cadastre = await scenario.publishes('umweltamt', {
      title: 'Wärmekataster je Baublock',
      columns: ['block', 'bedarf_mwh'],
      rows: 30,
      cell: (row) => [`B${row}`, 200 + row * 11],
      governance,
    });
    const chain = 'REQ_HEAD → STEWARD → DSB∥ISB → LEGAL → OWNER → GS_DG';
    await scenario.mustWait(
      'energieversorger',
      'fragt das Wärmekataster als Karte an: zulässig, aber Karten kann das Programm noch nicht liefern',
      [NOT_YET.MAP],
      cadastre,
      { ...NETWORK, form: 'GEO_AGG' },
    );
    await scenario.isRefused(
      'energieversorger',
      'fragt an und möchte das Wärmekataster als einziger Versorger bekommen',
      ['R-OPN-06'],
      cadastre,
      { ...NETWORK, declarations: { exclusive: true } },
    );
    const receipt = await scenario.asks(
      'energieversorger',
      'fragt das Wärmekataster Zeile für Zeile an',
      `APPROVAL mit O-CONTRACT(MISSING): ${chain}`,
      cadastre,
      NETWORK,
    );
    await scenario.isApproved(
      parties,
      chain,
      receipt,
      'entscheiden; das Rechtsamt trägt den Mustervertrag ein, das Umweltamt verbietet Werbung bei einzelnen Haushalten',
      { note: 'Keine Werbung bei einzelnen Haushalten. Andere Versorger erhalten dieselben Daten.' },
    );
    await scenario.receives('energieversorger', 'bestätigt und erhält es', 'DUV: 30 Zeilen', receipt);

    const critical = await scenario.publishes('umweltamt', {
      title: 'Wärmekataster der Krankenhäuser',
      columns: ['block', 'bedarf_mwh'],
      rows: 12,
      cell: (row) => [`K${row}`, 900 + row],
      governance: { ...governance, protectionC: 'sehr_hoch' },
    });
    const longer = 'REQ_HEAD → STEWARD → DSB∥ISB → LEGAL → OWNER → SK_MITGLIED → GS_DG';
    const vote = await scenario.asks(
      'energieversorger',
      'fragt Daten mit sehr hoher Vertraulichkeit an',
      `APPROVAL: ${longer}`,
      critical,
      NETWORK,
    );
    await scenario.isApproved(
      parties,
      longer,
      vote,
      'entscheiden; der Steuerungskreis mit den Stimmen von zwei seiner drei Stellen',
    );
    await scenario.receives('energieversorger', 'bestätigt und erhält sie', 'DUV: 12 Zeilen', vote);

    const houses = await scenario.publishes('umweltamt', {
      title: 'Wärmebedarf je Einfamilienhaus',
      columns: ['anschrift', 'bedarf_kwh'],
      rows: 20,
      cell: (row) => [`Musterweg ${row}`, 18_000 + row],
      classes: { anschrift: 'QUASI_ID', bedarf_kwh: 'QUASI_ID' },
      governance: { ...governance, personalRef: 'PERSONAL' },
    });
    const evidenceFiles = await scenario.evidence('energieversorger', ['ZWECKVERPFLICHTUNG']);
    const credible = { ...NETWORK, legalBasis: ['HDSIG_22_2'], evidenceFiles, form: 'ROWLEVEL' };
    await scenario.isRefused(
      'energieversorger',
      'fragt Werte einzelner Häuser für einen anderen Zweck an',
      ['R-GEN-07'],
      houses,
      { ...credible, purposeCode: 'STADTPLANUNG' },
    );
    await scenario.isRefused(
      'energieversorger',
      'fragt sie als Forschung an',
      ['M:PERSONAL-PRIVILEGED:GESELLSCHAFT'],
      houses,
      {
        ...credible,
        purposeCode: 'FORSCHUNG',
        evidenceFiles: await scenario.evidence('energieversorger', ['ZWECKVERPFLICHTUNG', 'FORSCHUNGSKONZEPT']),
      },
    );
  },
};
