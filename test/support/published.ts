import type { Signed } from '../journeys/city';
import { type Publication, publish } from '../journeys/publish';
import { officeOf, personOf, type UnitKey } from '../journeys/scenarios/offices';
import type { RunningCity } from './city.fixture';
import { namedDuty } from './duties';

export interface Offered {
  productId: string;
  versionId: string;
  revision: number;
  fields: string[];
}
export interface Decided {
  id: string;
  state: string;
  decision: {
    outcome: string;
    rules: string[];
    obligations: { id: string; params?: Record<string, unknown> }[];
    because: { rule: string; text: string; code?: string }[];
  };
}
/** A table of small whole numbers; what it is about is said by its card. */
export interface Offer extends Partial<
  Pick<Publication, 'governance' | 'card' | 'classes' | 'masked' | 'statistics' | 'until'>
> {
  title: string;
  columns?: string[];
}

let files = 0;

/** A product of an office of the pilot domain, published over HTTP the way people do. */
export async function offered(city: RunningCity, unit: UnitKey, given: Offer): Promise<Offered> {
  const { title, columns = ['bezirk', 'anzahl'], governance = {}, ...rest } = given;
  const rows = Array.from({ length: 20 }, (_, at) => columns.map((_name, column) => String(10 + at + column)));
  const file = city.file(`tabelle-${++files}.csv`, [columns, ...rows].map((line) => line.join(';')).join('\n'));
  const { productId, revision, fields } = await publish(city.city, {
    unit,
    steward: personOf(unit, 'steward'),
    owner: personOf(unit, 'owner'),
    title,
    summary: `${title}, erfundene Daten.`,
    table: { file, header: columns, rows, origin: officeOf(unit).name },
    governance,
    ...rest,
  });
  const { id: versionId } = await city.one<{ id: string }>(
    'SELECT current_version_id AS id FROM catalogue.product WHERE id = $1',
    [productId],
  );
  return { productId, versionId, revision, fields };
}

/** What the product stands at now, as its owner's next change must name it. */
export const revisionOf = async (city: RunningCity, productId: string): Promise<number> =>
  (await city.one<{ revision: number }>('SELECT revision FROM catalogue.product WHERE id = $1', [productId])).revision;

/** A complete request of a unit for a product, from today on for about three months. */
export async function formFor(
  city: RunningCity,
  consumer: string,
  { productId, fields }: Pick<Offered, 'productId' | 'fields'>,
  change: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  const { declarations, ...more } = change;
  const { onBehalfOfUnitId } = more;
  // of a processor it is the duty of the office it works for
  const { key: whose } = onBehalfOfUnitId
    ? await city.one<{ key: string }>('SELECT key FROM organisation.unit WHERE id = $1', [onBehalfOfUnitId])
    : { key: consumer };
  return {
    productId,
    consumerUnitId: await city.unit(consumer),
    ...namedDuty(more.purposeCode, whose),
    project: 'Auswertung für die Planung',
    purposeCode: 'KLIMA_UMWELT',
    purposeText: 'Auswertung für die Planung von Maßnahmen.',
    legalBasis: ['KEIN_PERSONENBEZUG'],
    from: city.day(0),
    until: city.day(80),
    fields,
    form: 'ROWLEVEL',
    recipients: ['Sachgebiet Planung'],
    retentionDays: 60,
    ...more,
    declarations: {
      usesAi: false,
      linksPersonalProducts: false,
      reidentification: false,
      singleCase: false,
      groupOfPersons: true,
      salesArm: false,
      ...(declarations as object | undefined),
    },
  };
}

export const ask = async (
  city: RunningCity,
  who: Signed,
  consumer: string,
  product: Pick<Offered, 'productId' | 'fields'>,
  change: Record<string, unknown> = {},
): Promise<Decided> => who.must<Decided>('POST', '/v1/requests', await formFor(city, consumer, product, change));
