import { namedDuty } from '../support/duties';
import type { Client } from 'pg';
import { type City, eventually, type Signed } from './city';
import type { Published } from './publish';
import type { Report } from './report';
import { today } from '../support/day';

export interface Obligation {
  id: string;
  params?: Record<string, unknown>;
}
export interface Decision {
  outcome: string;
  rules: string[];
  because: { rule: string; text: string; source: string; code?: string }[];
  obligations: Obligation[];
  stages: { role: string; kind: string }[][] | null;
}
export interface Receipt {
  id: string;
  number: string;
  state: string;
  revision: number;
  decision: Decision;
}
export interface TaskLine {
  id: string;
  requestId: string;
  role: string;
}
export interface Agreement {
  id: string;
  requestId: string;
  state: string;
  revision: number;
  instrument: string;
  termsText: string;
  termsSha256: string;
  suspendedBecause: { text: string }[];
}

/** `REQ_HEAD → DSB∥ISB → OWNER`: stages one after the other, steps of one stage side by side. */
export const chainOf = ({ stages }: Pick<Decision, 'stages'>): string =>
  (stages ?? []).map((stage) => stage.map(({ role }) => role).join('∥')).join(' → ');
/** The reasons as the applicant reads them. */
export const whyOf = ({ because }: Pick<Decision, 'because'>): string =>
  because.map(({ rule, text }) => `${rule} „${text}“`).join(' ');

/** The outcome with those of the named obligations that are really there: `PERMIT_OBL mit O-SDC(INTERN_STD), O-NOREID`. */
export function outcomeWith(
  { outcome, obligations }: Pick<Decision, 'outcome' | 'obligations'>,
  ids: readonly string[],
): string {
  const there = ids
    .flatMap((id) => obligations.filter((one) => one.id === id))
    .map(({ id, params }) => {
      const values = Object.values(params ?? {})
        .flat()
        .map(String)
        .sort();
      return values.length > 0 ? `${id}(${values.join(', ')})` : id;
    });
  return there.length > 0 ? `${outcome} mit ${there.join(', ')}` : outcome;
}

/** What every part of the journey does: find, ask, look into the inbox, confirm. */
export class Story {
  constructor(
    readonly city: City,
    readonly report: Report,
    /** looks behind the product, as whoever owns its tables */
    readonly owner: Client,
    readonly folder: string,
  ) {}

  form = async (
    consumer: string,
    product: Published,
    more: Record<string, unknown>,
  ): Promise<Record<string, unknown>> => ({
    productId: product.productId,
    consumerUnitId: await this.city.unit(consumer),
    project: 'Klimaanpassung im Bestand',
    ...namedDuty(more.purposeCode, consumer),
    purposeCode: 'KLIMA_UMWELT',
    purposeText: 'Auswertung für die Planung von Maßnahmen zur Klimaanpassung.',
    legalBasis: ['KEIN_PERSONENBEZUG'],
    from: today(),
    until: today(90),
    fields: product.fields,
    form: 'ROWLEVEL',
    recipients: ['Sachgebiet Klimaanpassung'],
    retentionDays: 90,
    ...more,
    // asked for products of the statistics, the population register and the energy network
    declarations: {
      usesAi: false,
      linksPersonalProducts: false,
      reidentification: false,
      singleCase: false,
      groupOfPersons: true,
      salesArm: false,
      ...(more.declarations as object | undefined),
    },
  });

  ask = async (
    who: Signed,
    consumer: string,
    product: Published,
    more: Record<string, unknown> = {},
  ): Promise<Receipt> => who.must<Receipt>('POST', '/v1/requests', await this.form(consumer, product, more));

  task = (who: Signed, requestId: string, role: string): Promise<TaskLine> =>
    eventually(`the task ${role}`, async () =>
      (await who.must<{ items: TaskLine[] }>('GET', '/v1/tasks')).items.find(
        (task) => task.requestId === requestId && task.role === role,
      ),
    );

  revision = async (who: Signed, taskId: string): Promise<number> =>
    (await who.must<{ revision: number }>('GET', `/v1/tasks/${taskId}`)).revision;

  agreementOf = (who: Signed, requestId: string): Promise<Agreement> =>
    eventually('the agreement', async () =>
      (await who.must<{ items: Agreement[] }>('GET', '/v1/agreements?side=ALL')).items.find(
        (one) => one.requestId === requestId,
      ),
    );

  async confirm(who: Signed, requestId: string): Promise<Agreement> {
    const offered = await this.agreementOf(who, requestId);
    const { asks } = await who.must<{ asks: { code: string }[] }>('GET', `/v1/agreements/${offered.id}`);
    const answers = Object.fromEntries(asks.map(({ code }) => [code, 'Steht im Vertrag.']));
    await who.must('POST', `/v1/agreements/${offered.id}/confirmation`, { revision: offered.revision, answers });
    return who.must<Agreement>('GET', `/v1/agreements/${offered.id}`);
  }

  /** A product of the pilot domain, found as people find it. */
  pilotProduct = async (who: Signed, text: string, key: string): Promise<Published> => {
    const { items } = await who.must<{ items: { id: string; key: string }[] }>(
      'GET',
      `/v1/products?text=${encodeURIComponent(text)}&limit=50`,
    );
    const found = items.find((item) => item.key === key);
    if (!found) throw new Error(`\`${key}\` is not found by „${text}“: ${items.map((item) => item.key).join()}`);
    const product = await who.must<{ version: { fields: { name: string }[]; rows: number } }>(
      'GET',
      `/v1/products/${found.id}`,
    );
    return {
      productId: found.id,
      fields: product.version.fields.map(({ name }) => name),
      rows: product.version.rows,
      revision: 0,
    };
  };
}
