import { eventually } from '../city';
import type { Published } from '../publish';
import type { Agreement, Receipt } from '../story';
import { atTheGate, type Script } from './scenario';

const RULE = `chapter: Spielplätze
rules:
  - id: R-SPI-01
    effect: forbid
    code: report_only_open
    when: { product.themes: { all: [GRUEN, SICHERHEIT] }, purpose.code: { eq: BERICHT_GREMIEN } }
    because: Mängel an Spielgeräten gehen nur veröffentlicht in Berichte an die Gremien. Nutzen Sie die offene Fassung.
    source: Beschluss des Steuerungskreises (Muster)
    mark: D
`;
const CASE = `- case: Mängel an Spielgeräten gehen nicht als interne Daten in einen Bericht
  facts: { product: { themes: [GRUEN, SICHERHEIT], allowedPurposes: [BERICHT_GREMIEN] }, purpose: BERICHT_GREMIEN }
  expect: { outcome: FORBID, by: [R-SPI-01], code: report_only_open }
`;

/**
 * K7: a rule adopted by the Steuerungskreis makes a permit unlawful that is in use. It begins a minute after the
 * adoption at the earliest, so this is told in two parts, with everything else between them.
 */
export function theLawChanges(): { adopted: Script; inForce: Script } {
  let agreement: Agreement;
  let from = 0;
  const adopted: Script = {
    name: 'K7 Ein neues Regelwerk wird beschlossen',
    async run(scenario) {
      const { city, report } = scenario.story;
      const swings: Published = await scenario.publishes('gruenflaechenamt', {
        title: 'Mängel an Spielgeräten',
        columns: ['geraet', 'maengel'],
        rows: 20,
        cell: (row) => [`G${row}`, row % 4],
        governance: {
          themes: ['GRUEN', 'SICHERHEIT'],
          openness: 'INTERNAL',
          allowedPurposes: ['BERICHT_GREMIEN', 'KLIMA_UMWELT'],
        },
      });
      const receipt: Receipt = await scenario.asks(
        'umweltamt',
        'fragt die Mängel für einen Bericht an: heute zulässig',
        'PERMIT_OBL',
        swings,
        { project: 'Bericht', purposeCode: 'BERICHT_GREMIEN', purposeText: 'Bericht an den Ausschuss.' },
      );
      agreement = await scenario.receives('umweltamt', 'bestätigt und erhält sie', 'VERMERK: 20 Zeilen', receipt);
      const [quirin, uma, selma] = [
        await city.as('quirin.stern'),
        await city.as('uma.schild'),
        await city.as('selma.sensor'),
      ];
      const { id } = await report.step(
        'entwirft eine Regel mit ihrem Fall und gibt sie in die Beratung',
        'Geschäftsstelle',
        'CONSULTATION',
        async () => {
          const gives = await quirin.must<{ id: string }>('POST', '/v1/rulebook/versions', {
            title: 'Spielplätze',
            reason: 'Beschluss des Ausschusses.',
            files: [
              { file: 'rules/spielplaetze.yaml', text: RULE },
              { file: 'cases/spielplaetze.yaml', text: CASE },
            ],
          });
          const { state } = await quirin.must<{ state: string }>(
            'POST',
            `/v1/rulebook/versions/${gives.id}/consultation`,
          );
          return { outcome: state, evidence: 'R-SPI-01', gives };
        },
      );
      await report.step('nimmt Stellung; danach wird abgestimmt', 'Datenschutz, Geschäftsstelle', 'VOTE', async () => {
        await uma.must('POST', `/v1/rulebook/versions/${id}/comments`, { text: 'Keine Bedenken.', ruleId: 'R-SPI-01' });
        return {
          outcome: (await quirin.must<{ state: string }>('POST', `/v1/rulebook/versions/${id}/ballot`, {})).state,
          evidence: '',
        };
      });
      await report.step(
        'beschließt mit zwei von drei Stellen und setzt in Kraft',
        'Steuerungskreis',
        'ADOPTED',
        async () => {
          for (const member of ['tilda.trend', 'ines.impuls'])
            await (await city.as(member)).must('POST', `/v1/rulebook/versions/${id}/votes`, { vote: 'YES' });
          const { state, inForceFrom } = await selma.must<{ state: string; inForceFrom: string }>(
            'POST',
            `/v1/rulebook/versions/${id}/adoption`,
            { decisionNumber: 'SK-Muster 1/2026' },
          );
          from = Date.parse(inForceFrom);
          return { outcome: state, evidence: `gilt ab ${inForceFrom}` };
        },
      );
    },
  };
  const inForce: Script = {
    name: 'K7 Das neue Regelwerk gilt',
    async run(scenario) {
      const { city, report } = scenario.story;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, from + 500 - Date.now())));
      // decided again at the gate, or already put to rest by the event: the reason is the same
      await report.step(
        'ruft noch einmal ab: die Vereinbarung trägt nicht mehr',
        'Umweltamt',
        'nichts, R-SPI-01 ist der Grund',
        async () => {
          const { outcome, evidence } = await atTheGate(await scenario.as('umweltamt'), agreement);
          return {
            outcome: `${outcome.split(':')[0]}, ${/veröffentlicht in Berichte/.test(outcome) ? 'R-SPI-01 ist der Grund' : outcome}`,
            evidence,
          };
        },
      );
      await report.step(
        'lesen beide, warum die Vereinbarung ruht',
        'Umweltamt und Grünflächenamt',
        'SUSPENDED, beide lesen denselben Grund',
        async () => {
          const [eva, anna] = [await scenario.as('umweltamt'), await city.as('anna.ahorn')];
          const read = async (who: typeof eva): Promise<Agreement> =>
            who.must<Agreement>('GET', `/v1/agreements/${agreement.id}`);
          const consumer = await eventually(
            'the reason',
            async () => ((await read(eva)).suspendedBecause.length > 0 ? read(eva) : null),
            60,
          );
          const provider = await read(anna);
          const why = consumer.suspendedBecause.map(({ text }) => text).join(' ');
          const same = why === provider.suspendedBecause.map(({ text }) => text).join(' ');
          return {
            outcome: `${consumer.state}, ${same && /veröffentlicht in Berichte/.test(why) ? 'beide lesen denselben Grund' : why}`,
            evidence: why,
          };
        },
      );
    },
  };
  return { adopted, inForce };
}
