// One story told once, in the order in which it happens to people: publish, request, decide, approve, agree, exchange,
// audit, with the counter-tests of the role concept beside the step they counter. It stays in one file so that it can
// be read like minutes. The scenarios of the role concept follow it, one file each (scenarios/); the audit comes last.
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { exportLog } from '#lib/audit';
import { Client } from 'pg';
import { type Local, startLocal } from '../../apps/local/src/local';
import { freePorts } from '../../apps/local/src/ports';
import { City, eventually } from './city';
import { firstDifference, sha256 } from './delivered';
import { type Published, publish } from './publish';
import { Report } from './report';
import { SCENARIOS } from './scenarios';
import { Scenario } from './scenarios/scenario';
import { today } from '../support/day';
import {
  type Agreement,
  chainOf,
  type Decision,
  outcomeWith,
  type Receipt,
  Story,
  type TaskLine,
  whyOf,
} from './story';
import { districtTables, hasPublicTables, minuteCounts, treeCadastre } from './tables';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    data: { type: 'string', default: process.env.DATENRAUM_TESTDATA },
    'export-log': { type: 'string' },
    'main-job': { type: 'boolean', default: false },
  },
});
const year = new Date().getUTCFullYear();

class MainJob extends Story {
  constructor(
    private readonly local: Local,
    ...given: ConstructorParameters<typeof Story>
  ) {
    super(...given);
  }

  /** Scenario 8: the tree cadastre, permitted at once, with two columns masked. */
  async trees(): Promise<void> {
    const table = treeCadastre(options.data, this.folder);
    const height = table.header.indexOf('hoeheM');
    const masks: Record<string, string> = { gutachter: 'geschwärzt', meldende_person: '' };
    const product = await this.report.step(
      'veröffentlicht das Baumkataster',
      'Grünflächenamt',
      'anfragbar',
      async () => {
        const gives = await publish(this.city, {
          table,
          steward: 'clara.linde',
          owner: 'anna.ahorn',
          unit: 'gruenflaechenamt',
          title: 'Baumkataster mit Kontrollen',
          summary: 'Bäume mit Standort, Art, Höhe und Begutachtung.',
          governance: {},
          masked: { gutachter: { kind: 'redact', with: 'geschwärzt' }, meldende_person: { kind: 'null' } },
          types: { hoeheM: 'INTEGER' },
        });
        return {
          outcome: 'anfragbar',
          evidence: `${gives.rows} Zeilen, ${gives.fields.length} Felder; ${table.origin}`,
          gives,
        };
      },
    );
    const eva = await this.city.as('eva.bach');
    await this.report.step('findet es mit einem deutschen Wort im Katalog', 'Umweltamt', 'gefunden', async () => {
      const { items } = await eva.must<{ items: { id: string; title: string }[] }>('GET', '/v1/products?text=Bäumen');
      const hit = items.find(({ id }) => id === product.productId);
      return {
        outcome: hit ? 'gefunden' : 'nicht gefunden',
        evidence: `Suche „Bäumen“: ${items.map(({ title }) => title).join(', ')}`,
      };
    });
    const form = await this.form('umweltamt', product, { rows: { column: 'hoeheM', op: 'gte', value: 15 } });
    await this.report.step('prüft vorab', 'Umweltamt', 'PERMIT_OBL', async () => {
      const { outcome, rules } = await eva.must<Decision>('POST', '/v1/requests/check', form);
      return { outcome, evidence: `Regeln ${rules.join(', ')}` };
    });
    const receipt = await this.report.step<Receipt>(
      'fragt an und erhält sofort die Entscheidung mit Auflagen',
      'Umweltamt',
      'PERMIT_OBL mit O-MASK(gutachter, meldende_person)',
      async () => {
        const gives = await eva.must<Receipt>('POST', '/v1/requests', form);
        const mask = gives.decision.obligations.find(({ id }) => id === 'O-MASK');
        const masked = Object.values(mask?.params ?? {})
          .flat()
          .filter((value): value is string => typeof value === 'string')
          .sort();
        return {
          outcome: `${gives.decision.outcome} mit O-MASK(${masked.join(', ')})`,
          evidence: `${gives.number}: ${gives.decision.because.map(({ rule, text }) => `${rule} „${text}“`).join(' ')}`,
          gives,
        };
      },
    );
    const agreement = await this.report.step<Agreement>(
      'bestätigt die Vereinbarung; beide Seiten lesen denselben Text',
      'Umweltamt',
      'ACTIVE, gleicher Text',
      async () => {
        const gives = await this.confirm(eva, receipt.id);
        const other = await (await this.city.as('anna.ahorn')).must<Agreement>('GET', `/v1/agreements/${gives.id}`);
        return {
          outcome: `${gives.state}, ${gives.termsText === other.termsText ? 'gleicher' : 'verschiedener'} Text`,
          evidence: `SHA-256 ${gives.termsSha256}`,
          gives,
        };
      },
    );
    const wanted = {
      header: table.header,
      rows: table.rows
        .filter((row) => row[height] !== '' && Number(row[height]) >= 15)
        .map((row) => row.map((cell, column) => masks[table.header[column]!] ?? cell)),
    };
    await this.report.step(
      'lädt die Daten als CSV; sie gleichen Zeile für Zeile der eigenen Rechnung',
      'Umweltamt',
      'gleich',
      async () => {
        const response = await eva.receive(agreement.id, 'csv');
        const bytes = Buffer.from(await response.arrayBuffer());
        if (response.status !== 200)
          return { outcome: `HTTP ${response.status}`, evidence: bytes.toString().slice(0, 500) };
        const firstLine = bytes.subarray(0, bytes.indexOf('\n')).toString();
        const difference = firstDifference(bytes, firstLine.includes(';') ? ';' : ',', wanted);
        const record = await eva.must<{
          items: { id: string; rows: number; bytes: number; sha256: string; state: string }[];
        }>('GET', `/v1/agreements/${agreement.id}/exchanges`);
        const own = record.items.find(({ id }) => id === response.headers.get('x-exchange-id'));
        const recorded =
          own &&
          own.sha256 === sha256(bytes) &&
          Number(own.bytes) === bytes.length &&
          Number(own.rows) === wanted.rows.length;
        return {
          outcome: difference ?? (recorded ? 'gleich' : `nicht so protokolliert: ${JSON.stringify(own)}`),
          evidence: `${wanted.rows.length} von ${table.rows.length} Zeilen, ${bytes.length} Bytes, SHA-256 ${sha256(bytes)}`,
        };
      },
    );
    await this.report.step(
      'erhält dieselben Daten über das Fachverfahren (private_key_jwt)',
      'Fachverfahren des Umweltamts',
      `${wanted.rows.length} Zeilen`,
      async () => {
        const machine = await this.city.machine();
        const response = await machine.receive(agreement.id, 'ndjson');
        const lines = (await response.text()).trimEnd().split('\n');
        return {
          outcome: response.status === 200 ? `${lines.length} Zeilen` : `HTTP ${response.status} ${lines[0]}`,
          evidence: 'NDJSON',
        };
      },
    );
    await this.report.step('kennt die Vereinbarung eines anderen Amtes nicht', 'Stadtplanungsamt', '404', async () => {
      const { status, body } = await (await this.city.as('zoe.plan')).get(`/v1/agreements/${agreement.id}`);
      return { outcome: String(status), evidence: String(body.code) };
    });
  }

  /** The small tables by Ortsbezirk, as the city publishes them: keys keep their zero, a decimal comma is a number. */
  async districts(): Promise<void> {
    const eva = await this.city.as('eva.bach');
    for (const table of districtTables(options.data, this.folder)) {
      const name = basename(table.file, '.csv');
      const decimal = table.header.map((_, column) => table.rows.some((row) => /^-?\d+,\d+$/.test(row[column]!)));
      const product = await this.report.step<Published>(
        `veröffentlicht ${name}`,
        'Amt für Statistik und Stadtforschung',
        'Schlüssel und Zahlen erkannt',
        async () => {
          const gives = await publish(this.city, {
            table,
            steward: 'rike.zelle',
            owner: 'otto.tafel',
            unit: 'statistikamt',
            title: `Ortsbezirke: ${name}`,
            summary: 'Angaben nach Ortsbezirk.',
            governance: { personalRef: 'AGGREGATED' },
          });
          const { version } = await (
            await this.city.as('rike.zelle')
          ).must<{ version: { fields: { type: string }[] } }>('GET', `/v1/products/${gives.productId}`);
          const wrong = table.header.filter(
            (column, at) =>
              (column === 'ortsbezirk_id' && version.fields[at]!.type !== 'TEXT') ||
              (decimal[at] && version.fields[at]!.type !== 'DECIMAL'),
          );
          return {
            outcome: wrong.length === 0 ? 'Schlüssel und Zahlen erkannt' : `falsch erkannt: ${wrong.join(', ')}`,
            evidence: `${gives.rows} Zeilen; ${table.origin}`,
            gives,
          };
        },
      );
      await this.report.step(`fragt ${name} an und erhält jede Zeile unverändert`, 'Umweltamt', 'gleich', async () => {
        const { id } = await eva.must<Receipt>('POST', '/v1/requests', await this.form('umweltamt', product, {}));
        const response = await eva.receive((await this.confirm(eva, id)).id, 'csv');
        const bytes = Buffer.from(await response.arrayBuffer());
        if (response.status !== 200)
          return { outcome: `HTTP ${response.status}`, evidence: bytes.toString().slice(0, 500) };
        const rows = table.rows.map((row) => row.map((cell, at) => (decimal[at] ? cell.replace(',', '.') : cell)));
        return {
          outcome: firstDifference(bytes, ',', { header: table.header, rows }) ?? 'gleich',
          evidence: `${rows.length} Zeilen, ${bytes.length} Bytes, SHA-256 ${sha256(bytes)}`,
        };
      });
    }
  }

  /** Scenario 1 and its counter-test, K1, K10, K3. */
  async buildings(): Promise<void> {
    const nils = await this.city.as('nils.halle');
    const building = await this.pilotProduct(nils, 'Gebäudedatenkataster', 'gebaeudedatenkataster');
    const asCompany = {
      legalBasis: ['VERTRAG', 'KEIN_PERSONENBEZUG'],
      purposeCode: 'GEBAEUDEMANAGEMENT',
      project: 'Bewirtschaftung kommunaler Gebäude',
      purposeText: 'Planung der Bewirtschaftung der kommunalen Gebäude.',
    };
    const eva = await this.city.as('eva.bach');
    const fromCity = await this.report.step<Receipt>(
      'fragt das Gebäudedatenkataster an (Szenario 1)',
      'Umweltamt',
      'PERMIT_OBL mit O-MASK(hausmeister_name, telefon), O-SOURCE, O-LOG(12)',
      async () => {
        const gives = await this.ask(eva, 'umweltamt', building, { purposeCode: 'GEBAEUDEMANAGEMENT' });
        return {
          outcome: outcomeWith(gives.decision, ['O-MASK', 'O-SOURCE', 'O-LOG']),
          evidence: whyOf(gives.decision),
          gives,
        };
      },
    );
    await this.report.step(
      'bestätigt und erhält es ohne Namen und Telefon',
      'Umweltamt',
      `${building.rows} Zeilen, niemand genannt`,
      async () => {
        const text = await (await eva.receive((await this.confirm(eva, fromCity.id)).id, 'csv')).text();
        const [header, ...lines] = text.trimEnd().split('\n');
        const named = lines.filter((line) => !line.endsWith(',geschwärzt,'));
        return {
          outcome: `${lines.length} Zeilen, ${named.length === 0 ? 'niemand genannt' : `genannt: ${named[0]}`}`,
          evidence: header!,
        };
      },
    );
    const receipt = await this.report.step<Receipt>(
      'fragt dasselbe an: ohne Vertrag mit dem Rechtsamt in der Kette',
      'Städtische Gesellschaft',
      'APPROVAL: REQ_HEAD → LEGAL → OWNER',
      async () => {
        const gives = await nils.must<Receipt>(
          'POST',
          '/v1/requests',
          await this.form('gebaeudedienste', building, asCompany),
        );
        return {
          outcome: `${gives.decision.outcome}: ${chainOf(gives.decision)}`,
          evidence: gives.decision.because.map(({ rule, text }) => `${rule} „${text}“`).join(' '),
          gives,
        };
      },
    );
    const olga = await this.city.as('olga.dach');
    await this.report.step('gibt fachlich frei', 'Städtische Gesellschaft, Abteilungsleitung', '200', async () => {
      const task = await this.task(olga, receipt.id, 'REQ_HEAD');
      const { status, body } = await olga.post(`/v1/tasks/${task.id}/approval`, {
        revision: await this.revision(olga, task.id),
      });
      return { outcome: String(status), evidence: JSON.stringify(body).slice(0, 200) };
    });
    const theo = await this.city.as('theo.satz');
    const legal = await this.report.step<TaskLine>(
      'kann ohne Vertrag nicht freigeben',
      'Rechtsamt',
      '409 contract_missing',
      async () => {
        const gives = await this.task(theo, receipt.id, 'LEGAL');
        const { status, body } = await theo.post(`/v1/tasks/${gives.id}/approval`, {
          revision: await this.revision(theo, gives.id),
        });
        return { outcome: `${status} ${body.code}`, evidence: String(body.title), gives };
      },
    );
    await this.report.step(
      'lässt die Frist verstreichen: niemand hat damit zugestimmt (K10)',
      'Uhr',
      'weiter offen',
      async () => {
        await this.owner.query(`UPDATE approvals.task SET due_at = now() - interval '30 days' WHERE id = $1`, [
          legal.id,
        ]);
        await new Promise((resolve) => setTimeout(resolve, 3_000));
        const request = await nils.must<{ state: string }>('GET', `/v1/requests/${receipt.id}`);
        const { rows } = await this.owner.query('SELECT state FROM approvals.task WHERE id = $1', [legal.id]);
        return {
          outcome:
            request.state === receipt.state && !/APPROVED/.test(rows[0].state)
              ? 'weiter offen'
              : `${request.state}/${rows[0].state}`,
          evidence: `Aufgabe ${rows[0].state}, Antrag ${request.state}`,
        };
      },
    );
    await this.report.step('trägt den Datenüberlassungsvertrag ein und gibt frei', 'Rechtsamt', '200', async () => {
      const contract = {
        kind: 'DUV',
        reference: 'DUV-2026-MUSTER',
        validFrom: new Date(Date.now() - 60_000).toISOString(),
        validTo: new Date(Date.now() + 200 * 86_400_000).toISOString(),
      };
      const { status, body } = await theo.post(`/v1/tasks/${legal.id}/contract`, {
        revision: await this.revision(theo, legal.id),
        contract,
      });
      return { outcome: String(status), evidence: JSON.stringify(body).slice(0, 300) };
    });
    const ida = await this.city.as('ida.stein');
    await this.report.step('stimmt zu, mit einer engeren Bedingung', 'Hochbauamt', '200', async () => {
      const task = await this.task(ida, receipt.id, 'OWNER');
      const { status, body } = await ida.post(`/v1/tasks/${task.id}/approval`, {
        revision: await this.revision(ida, task.id),
        conditions: { until: today(60), note: 'Nur für die eigenen Gebäude auswerten.' },
      });
      return { outcome: String(status), evidence: JSON.stringify(body).slice(0, 200) };
    });
    const agreement = await this.report.step<Agreement>(
      'bestätigt die Vereinbarung und erhält die Daten',
      'Städtische Gesellschaft',
      'ACTIVE, 200',
      async () => {
        // for a company confirms who answers for it, not who asked
        const gives = await this.confirm(await this.city.as('pia.flur'), receipt.id);
        const response = await nils.receive(gives.id, 'csv');
        const text = await response.text();
        return {
          outcome: `${gives.state}, ${response.status}`,
          evidence: `${text.split('\n').length - 2} Zeilen; ${text.slice(0, 80).split('\n')[0]}`,
          gives,
        };
      },
    );
    await this.report.step(
      'lässt den Vertrag auslaufen: die Lieferung stoppt, obwohl freigegeben (K3)',
      'Datentor',
      '403, die Vereinbarung ruht, der Vertrag ist der Grund',
      async () => {
        const [contract] = (
          await this.owner.query(`SELECT id FROM organisation.contract WHERE kind = 'DUV' ORDER BY id DESC LIMIT 1`)
        ).rows;
        await theo.must('POST', `/v1/contracts/${contract.id}/end`);
        const response = await nils.receive(agreement.id, 'csv');
        const body = (await response.json()) as { code: string; because?: string[] };
        // both sides read the reason at the agreement, once it was decided again
        const { state, suspendedBecause } = await eventually('the reason', async () => {
          const view = await nils.must<{ state: string; suspendedBecause: { text: string }[] }>(
            'GET',
            `/v1/agreements/${agreement.id}`,
          );
          return view.suspendedBecause.length > 0 ? view : null;
        });
        const says = [...suspendedBecause.map(({ text }) => text), ...(body.because ?? [])].join(' ');
        return {
          outcome: `${response.status}, ${state === 'SUSPENDED' ? 'die Vereinbarung ruht' : state}, ${/Vertrag/.test(says) ? 'der Vertrag ist der Grund' : 'ein anderer Grund'}`,
          evidence: `${body.code}: ${says}`,
        };
      },
    );
    await this.selfApproval(building, asCompany);
  }

  /** K1: the requester can not approve, nor through a deputy. */
  private async selfApproval(building: Published, asCompany: object): Promise<void> {
    const jan = await this.city.as('jan.ziegel');
    const receipt = await jan.must<Receipt>(
      'POST',
      '/v1/requests',
      await this.form('gebaeudedienste', building, { ...asCompany, project: 'Zweiter Antrag' }),
    );
    const [olga, theo, ida] = [
      await this.city.as('olga.dach'),
      await this.city.as('theo.satz'),
      await this.city.as('ida.stein'),
    ];
    const head = await this.task(olga, receipt.id, 'REQ_HEAD');
    await this.report.step(
      'versucht, den eigenen Antrag fachlich freizugeben (K1)',
      'Städtische Gesellschaft, antragstellende Person',
      'abgelehnt',
      async () => {
        const { status, body } = await jan.post(`/v1/tasks/${head.id}/approval`, { revision: receipt.revision });
        return {
          outcome: status === 403 || status === 404 ? 'abgelehnt' : String(status),
          evidence: `${status} ${body.code}`,
        };
      },
    );
    await olga.must('POST', `/v1/tasks/${head.id}/approval`, { revision: await this.revision(olga, head.id) });
    const legal = await this.task(theo, receipt.id, 'LEGAL');
    const contract = {
      kind: 'DUV',
      reference: 'DUV-2026-MUSTER-2',
      validFrom: new Date(Date.now() - 60_000).toISOString(),
      validTo: new Date(Date.now() + 200 * 86_400_000).toISOString(),
    };
    await theo.must('POST', `/v1/tasks/${legal.id}/contract`, {
      revision: await this.revision(theo, legal.id),
      contract,
    });
    const task = await this.task(ida, receipt.id, 'OWNER');
    await this.report.step(
      'versucht es als Vertretung der abwesenden Amtsleitung (K1)',
      'Hochbauamt, Vertretung',
      '403 self_approval',
      async () => {
        const me = await ida.must<{ personId: string }>('GET', '/v1/me');
        await ida.must('POST', '/v1/absences', {
          personId: me.personId,
          from: new Date(Date.now() - 1000).toISOString(),
          to: new Date(Date.now() + 3_600_000).toISOString(),
          reason: 'URLAUB',
        });
        const { status, body } = await jan.post(`/v1/tasks/${task.id}/approval`, {
          revision: await this.revision(ida, task.id),
        });
        return { outcome: `${status} ${body.code}`, evidence: String(body.title) };
      },
    );
    // what follows begins without a contract between the two
    const [left] = (
      await this.owner.query('SELECT id FROM organisation.contract WHERE reference = $1', [contract.reference])
    ).rows;
    await theo.must('POST', `/v1/contracts/${left.id}/end`);
  }

  /** Scenarios 6 and 8, the parts that must not pass. */
  async forbidden(): Promise<void> {
    const eva = await this.city.as('eva.bach');
    for (const [step, text, key, rule] of [
      [
        'fragt Rohbilder der Verkehrskameras an (Szenario 6)',
        'Verkehrskameras',
        'rohbilder-verkehrskameras',
        'R-VID-01',
      ],
      [
        'fragt Fällgenehmigungen mit privaten Eigentümern an (Szenario 8)',
        'Fällgenehmigungen',
        'faellgenehmigungen',
        '',
      ],
    ] as const) {
      await this.report.step(
        step,
        'Umweltamt',
        `FORBID${rule && ` durch ${rule}`}, bleibt mit Grund in den Akten`,
        async () => {
          const product = await this.pilotProduct(eva, text, key);
          const { id, decision } = await eva.must<Receipt>(
            'POST',
            '/v1/requests',
            await this.form('umweltamt', product, { purposeCode: 'KLIMA_UMWELT' }),
          );
          const kept = await eva.must<{ state: string; decision: Decision }>('GET', `/v1/requests/${id}`);
          const by = rule && decision.rules.includes(rule) ? ` durch ${rule}` : '';
          const onRecord = kept.state === 'REFUSED' && kept.decision.because.length > 0;
          return {
            outcome: `${decision.outcome}${by}, ${onRecord ? 'bleibt mit Grund in den Akten' : kept.state}`,
            evidence: decision.because.map(({ rule: id, text: says }) => `${id} „${says}“`).join(' '),
          };
        },
      );
    }
  }

  /** Revocation in mid-stream cuts the delivery, and nobody can take it for complete. */
  async revocation(): Promise<void> {
    const table = minuteCounts(this.folder);
    const eva = await this.city.as('eva.bach');
    const lars = await this.city.as('lars.pfad');
    await this.report.step(
      'widerruft mitten in der Lieferung',
      'Tiefbau- und Vermessungsamt',
      'abgebrochen, als unvollständig erkennbar und protokolliert',
      async () => {
        const product = await publish(this.city, {
          table,
          steward: 'mia.bruecke',
          owner: 'lars.pfad',
          unit: 'tiefbau-vermessungsamt',
          title: 'Verkehrszählung, Minutenwerte',
          summary: 'Gezählte Fahrzeuge je Minute und Zählstelle, erfunden.',
          governance: {},
        });
        const receipt = await eva.must<Receipt>('POST', '/v1/requests', await this.form('umweltamt', product, {}));
        const agreement = await this.confirm(eva, receipt.id);
        const response = await eva.receive(agreement.id, 'ndjson');
        const reader = response.body!.getReader();
        let received = (await reader.read()).value?.length ?? 0;
        await lars.must('POST', `/v1/agreements/${agreement.id}/revocation`, {
          reason: 'Die Zählstellen wurden falsch kalibriert.',
        });
        let complete = false;
        try {
          for (;;) {
            const { done, value } = await reader.read();
            complete = done;
            if (done) break;
            received += value.length;
            await new Promise((resolve) => setTimeout(resolve, 2));
          }
        } catch {
          complete = false;
        }
        const record = await eventually('the end of the exchange', async () =>
          (
            await eva.must<{ items: { state: string; bytes: number; releasedBytes: number }[] }>(
              'GET',
              `/v1/agreements/${agreement.id}/exchanges`,
            )
          ).items.find(({ state }) => state !== 'STARTED'),
        );
        const honest = record.state === 'REVOKED' && !complete && received <= Number(record.releasedBytes);
        return {
          outcome: honest
            ? 'abgebrochen, als unvollständig erkennbar und protokolliert'
            : `${record.state}, vollständig: ${complete}`,
          evidence: `${received} Bytes empfangen, ${record.releasedBytes} freigegeben`,
        };
      },
    );
  }

  /** An auditor proves it with a program that shares nothing with the product but the format. */
  async audit(): Promise<void> {
    const willi = await this.city.as('willi.pruefer');
    const address = `${this.local.api}/audit/${year}`;
    const vkeyFile = join(this.folder, 'log.vkey');
    const verify = (where: string, ...more: string[]): Promise<{ ok: boolean; text: string }> =>
      new Promise((resolve) => {
        execFile(
          process.execPath,
          ['dist/apps/verify/src/main.js', where, '--vkey', vkeyFile, '--bearer', willi.token, ...more],
          (error, stdout, stderr) => resolve({ ok: !error, text: (stdout + stderr).trim().split('\n').at(-1) ?? '' }),
        );
      });
    await this.report.step(
      'prüft das Protokoll mit dem eigenständigen Prüfprogramm',
      'Revisionsamt',
      'in Ordnung',
      async () => {
        await eventually(
          'sealing',
          async () =>
            (await this.owner.query('SELECT count(*)::int AS n FROM kernel.audit_pending')).rows[0].n === 0 || null,
          30,
        );
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        writeFileSync(vkeyFile, await (await fetch(`${address}/vkey`)).text());
        const { ok, text } = await verify(address);
        return { outcome: ok ? 'in Ordnung' : 'nicht in Ordnung', evidence: text };
      },
    );
    const target = options['export-log'] ?? join(this.folder, 'log');
    await this.report.step(
      'nimmt das Protokoll als Ordner mit und prüft es ohne Netz',
      'Revisionsamt',
      'in Ordnung',
      async () => {
        const size = await exportLog(async (path) => {
          const response = await fetch(`${address}/${path}`, { headers: { authorization: `Bearer ${willi.token}` } });
          if (response.status === 404) return null;
          if (!response.ok) throw new Error(`${path}: ${response.status}`);
          return new Uint8Array(await response.arrayBuffer());
        }, target);
        writeFileSync(join(target, 'log.vkey'), await (await fetch(`${address}/vkey`)).text());
        const { ok, text } = await verify(target);
        return { outcome: ok ? 'in Ordnung' : 'nicht in Ordnung', evidence: `${size} Einträge; ${text}` };
      },
    );
    await this.report.step(
      'findet ein in der Datenbank verändertes Byte',
      'Revisionsamt',
      'nicht in Ordnung, Eintrag genannt',
      async () => {
        const { rows } = await this.owner.query(
          'SELECT e.event_id, l.log_index, e.leaf FROM kernel.audit_event e JOIN audit.log_leaf l USING (event_id) ORDER BY l.log_index OFFSET 40 LIMIT 1',
        );
        const { event_id, log_index, leaf } = rows[0] as { event_id: string; log_index: string; leaf: Buffer };
        const flipped = Buffer.from(leaf);
        flipped[20] = flipped[20]! ^ 1;
        // whoever owns the database can also adapt the check value beside it; the tree they can not
        const write = (bytes: Buffer): Promise<unknown> =>
          this.owner.query(
            `UPDATE kernel.audit_event SET leaf = $2, leaf_hash = sha256('\\x00'::bytea || $2::bytea) WHERE event_id = $1`,
            [event_id, bytes],
          );
        await write(flipped);
        const { ok, text } = await verify(address, '--json');
        await write(leaf);
        const after = await verify(address);
        const named = text.includes(`${log_index}`);
        return {
          outcome:
            ok || !after.ok
              ? 'unbemerkt'
              : named
                ? 'nicht in Ordnung, Eintrag genannt'
                : 'nicht in Ordnung, Eintrag fehlt',
          evidence: `Eintrag ${log_index}: ${text.slice(0, 300)}`,
        };
      },
    );
  }
}

async function main(): Promise<number> {
  if (options.data && !hasPublicTables(options.data)) {
    console.error(`\`${options.data}\` holds no tables this journey knows: leave --data out for invented ones`);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'datenraum-journey-'));
  chmodSync(folder, 0o755); // PostgreSQL walks through it as another user when we are root
  const report = new Report(options.json);
  const say = (doing: string): void => void (options.json || console.log(`  … ${doing}`));
  let local: Local | undefined;
  let owner: Client | undefined;
  try {
    local = await startLocal({
      dataDir: join(folder, 'data'),
      ports: await freePorts(),
      onProgress: say,
      logLevel: process.env.LOG_LEVEL ?? 'error',
    });
    owner = new Client({ connectionString: local.config.databaseOwnerUrl });
    await owner.connect();
    // the owner of the tables is bound by row-level security too; the journey looks behind the product as a job
    await owner.query(`SET app.system = 'on'`);
    const story = new MainJob(local, new City(local), report, owner, folder);
    const toTheEnd = (chapter: string, told: Promise<void>): Promise<void> =>
      told.catch((error: unknown) =>
        report.step(`Kapitel ${chapter}`, 'Reise', 'zu Ende erzählt', () => Promise.reject(error)),
      );
    report.chapter('Hauptauftrag');
    for (const chapter of ['trees', 'districts', 'buildings', 'forbidden', 'revocation'] as const)
      await toTheEnd(chapter, story[chapter]());
    for (const script of options['main-job'] ? [] : SCENARIOS) {
      report.chapter(script.name);
      await toTheEnd(script.name, script.run(new Scenario(story)));
    }
    report.chapter('Prüfung');
    await toTheEnd('audit', story.audit()); // last, so that it proves the log of everything told before
  } finally {
    await owner?.end();
    await local?.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return report.end();
}

main().then(
  (deviating) => process.exit(deviating === 0 ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
