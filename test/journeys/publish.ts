import { collectedFor } from '../support/duties';
import type { City, Signed } from './city';
import type { Table } from './tables';
import { today } from '../support/day';

interface Changed {
  productId: string;
  revision: number;
}

interface Recognised {
  name: string;
  type: string;
}

export interface Publication {
  table: Table;
  steward: string;
  owner: string;
  unit: string;
  title: string;
  summary: string;
  /** what the decision depends on */
  governance: Record<string, unknown>;
  /** limits and texts of its card that differ */
  card?: Record<string, unknown>;
  /** fields that name people, with the mask the product declares */
  masked?: Record<string, object>;
  /** classes by hand; else a masked field is `DIRECT_ID`, any other `NONE` */
  classes?: Record<string, string>;
  /** fields that statutes name, with the lists they stand in */
  listedIn?: Record<string, string[]>;
  /** columns whose type is set by hand */
  types?: Record<string, string>;
  /** as what the Statistikstelle releases the data; its owner is then of the Statistikstelle */
  statistics?: 'CUBE' | 'MICRODATA';
  /** stop before the owner opens it for requests */
  until?: 'VISIBLE' | 'REQUESTABLE';
}

export interface Published {
  productId: string;
  fields: string[];
  rows: number;
  revision: number;
}

const CARD = {
  steward: 'Fachliche Datenbetreuung',
  maintainer: 'Technische Datenverwaltung',
  originator: 'Fachamt',
  collectedBy: 'Fachamt',
  contact: 'datenprodukt@example.org',
  leadingSource: true,
  domain: 'Pilotdomäne',
  spatial: 'Stadtgebiet',
  level: 'STADT',
  crs: 'EPSG:4326',
  temporal: 'Stand 2025',
  periodicity: 'JAEHRLICH',
  modified: '2025-12-31',
  detailLevels: ['EINZELFALL'],
  collectionLegalBasis: 'Aufgabe der Stadt',
  purpose: 'Erfüllung der Aufgaben des Fachamts.',
  dpiaRef: 'DSFA-MUSTER-1',
  ropaRef: 'VVT-MUSTER-1',
  dataSubjects: ['Eigentümerinnen und Eigentümer'],
  deletionRule: 'Nach Ablösung durch den nächsten Stand',
  termsId: 'NB-1',
  maxDays: 365,
  slaDays: 10,
  offers: ['ROWLEVEL', 'TABLE_AGG', 'GEO_AGG', 'DOCUMENT', 'API_LIVE'],
  quality: 'Geprüft auf Vollständigkeit.',
  provenance: 'Aus dem Fachverfahren übernommen.',
  linkKeys: [],
  aiUse: 'NEIN',
};

/** Publishes a table as an office does: the steward drafts, describes and uploads, the owner releases and opens it. */
export async function publish(city: City, what: Publication): Promise<Published> {
  const steward = await city.as(what.steward);
  const draft = await steward.must<Changed>('POST', '/v1/products', {
    providerUnitId: await city.unit(what.unit),
    title: what.title,
    summary: what.summary,
    description: `${what.summary} Quelle: ${what.table.origin}.`,
  });
  const { productId } = draft;
  const described = await steward.must<Changed>('PATCH', `/v1/products/${productId}`, {
    revision: draft.revision,
    patch: {
      themes: ['UMWELT'],
      keywords: [what.title],
      openness: 'OPEN',
      personalRef: 'NONE',
      secrecy: [],
      protectionC: 'normal',
      protectionI: 'normal',
      protectionA: 'normal',
      reviewBy: today(30 * 12),
      accessRights: 'RESTRICTED',
      discoverScope: 'ALL',
      sealedStatistics: false,
      securityRelevant: false,
      nonPublicReason: 'Nur für den internen Gebrauch.',
      licence: 'dl-de/by-2.0',
      allowedPurposes: ['KLIMA_UMWELT', 'GEBAEUDEMANAGEMENT', 'VERKEHRSPLANUNG', 'STADTPLANUNG'],
      recipientKinds: [
        'SAME_OFFICE',
        'OTHER_OFFICE',
        'STATISTIKSTELLE',
        'EIGENBETRIEB',
        'GESELLSCHAFT',
        'OTHER_PUBLIC',
        'RESEARCH',
        'PROCESSOR',
        'PUBLIC',
        'PRIVATE',
      ],
      maxRetentionDays: 365,
      aboutThings: true,
      ...what.governance,
      card: {
        ...CARD,
        ...collectedFor(what.governance?.allowedPurposes, what.unit),
        ...(what.governance?.card as object | undefined),
        ...what.card,
      },
    },
  });
  const version = await uploadVersion(steward, productId, what);
  const owner = await city.as(what.owner);
  const submitted = await steward.must<Changed>('POST', `/v1/products/${productId}/submission`, {
    revision: version.revision,
  });
  const released = await owner.must<Changed>('POST', `/v1/products/${productId}/release`, {
    revision: submitted.revision,
  });
  if (what.statistics)
    await owner.must('POST', `/v1/products/${productId}/versions/${version.versionId}/statistics-release`, {
      kind: what.statistics,
    });
  const offered =
    what.until === 'VISIBLE'
      ? released
      : await owner.must<Changed>('POST', `/v1/products/${productId}/offer`, { revision: released.revision });
  return { productId, fields: version.fields, rows: version.rows, revision: offered.revision ?? described.revision };
}

async function uploadVersion(
  steward: Signed,
  productId: string,
  { table, types, masked = {}, classes = {}, listedIn = {} }: Publication,
) {
  const { uploadId, recognition } = await steward.upload<{
    uploadId: string;
    recognition: { columns: Recognised[]; rowCount: number; faults: unknown[] };
  }>(`/v1/products/${productId}/uploads`, table.file, types && { types });
  if (recognition.faults.length > 0)
    throw new Error(`the file has faults: ${JSON.stringify(recognition.faults.slice(0, 3))}`);
  const version = await steward.must<{ versionId: string; rows: number; revision: number }>(
    'POST',
    `/v1/products/${productId}/versions`,
    { uploadId },
  );
  const fields = recognition.columns.map(({ name }) => name);
  const changed = await steward.must<Changed>('PUT', `/v1/products/${productId}/versions/${version.versionId}/fields`, {
    revision: version.revision,
    fields: fields.map((name) => ({
      name,
      class: classes[name] ?? (name in masked ? 'DIRECT_ID' : 'NONE'),
      meaning: `Spalte „${name}“ der Quelle`,
      mask: masked[name] ?? null,
      listedIn: listedIn[name] ?? [],
      ...((classes[name] ?? (name in masked ? 'DIRECT_ID' : 'NONE')) !== 'NONE'
        ? {}
        : { reason: 'Angabe zu einer Sache, nicht zu einer Person.' }),
    })),
  });
  return { versionId: version.versionId, fields, rows: version.rows, revision: changed.revision };
}
