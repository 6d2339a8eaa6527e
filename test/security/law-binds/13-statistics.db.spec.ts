import type { Signed } from '../../journeys/city';
import { aRunningCity, type RunningCity } from '../../support/city.fixture';
import { ask, type Offered, offered } from '../../support/published';

let city: RunningCity;
beforeAll(async () => void (city = await aRunningCity()), 60_000);
afterAll(() => city?.close());

const as = (name: string): Promise<Signed> => city.as(name);
const children = (more: Record<string, unknown> = {}) => ({
  themes: ['BEVOELKERUNG'],
  openness: 'INTERNAL',
  personalRef: 'AGGREGATED',
  secrecy: ['STATISTIK'],
  singleCaseCells: false,
  sealedStatistics: true,
  allowedPurposes: ['PLANUNG_SCHULE', 'FORSCHUNG'],
  ...more,
});
const school = { purposeCode: 'PLANUNG_SCHULE', legalBasis: ['HSCHG'] };
const rulesFor = async (product: Offered, change: Record<string, unknown> = school): Promise<string[]> => {
  const { decision } = await ask(city, await as('celia.kreide'), 'schulamt', product, change);
  return decision.rules;
};
const act = async (who: string, { productId, versionId }: Offered, kind: string, what = 'statistics-release') => {
  const { status, body } = await (
    await as(who)
  ).post(`/v1/products/${productId}/versions/${versionId}/${what}`, { kind });
  return status < 300 ? 'done' : body.code;
};

describe('what the Statistikstelle released', () => {
  it.each(['PSEUDONYMISED', 'PERSONAL'])(
    'as a table opens no rows of a product that is %s, whatever its card says',
    async (personalRef) => {
      const product = await offered(city, 'statistikstelle', {
        title: `Schulanfänger ${personalRef}`,
        governance: children({ personalRef, protectionC: 'hoch' }),
        statistics: 'CUBE',
      });
      expect(await rulesFor(product)).toContain('R-STA-01');
      expect(await rulesFor(product, { ...school, form: 'API_LIVE' })).toContain('R-STA-01');
      expect(await rulesFor(product, { ...school, form: 'DOCUMENT' })).toContain('R-STA-01');
    },
  );

  it('is said by an act of the Statistikstelle, never by a tick or by another owner', async () => {
    const product = await offered(city, 'buergeramt', {
      title: 'Haushalte je Bezirk',
      governance: children({ secrecy: ['MELDE'], sealedStatistics: false, allowedPurposes: ['PLANUNG_SCHULE'] }),
      until: 'VISIBLE',
    });
    const steward = await as('wiebke.stempel');
    const { status, body } = await steward.patch(`/v1/products/${product.productId}`, {
      revision: product.revision,
      patch: { releasedByStatistics: true },
    });
    expect([status, body.code]).toEqual([422, 'validation_failed']);
    for (const who of ['ute.pforte', 'otto.tafel'])
      expect(await act(who, product, 'CUBE')).toBe('statistics_release_not_yours');
    expect(await act('wiebke.stempel', product, 'CUBE')).toBe('not_permitted');
    // the database holds it too
    await expect(
      city.rows(
        `INSERT INTO catalogue.statistics_release (id, version_id, kind, released_by, released_at) VALUES (gen_random_uuid(), $1, 'CUBE', $2, now())`,
        [product.versionId, await city.person('ute.pforte')],
      ),
    ).rejects.toThrow('the Statistikstelle alone releases');
    expect(await act('yara.zahl', product, 'CUBE')).toBe('done');
    expect(await act('yara.zahl', product, 'CUBE')).toBe('statistics_release_state');
  });

  it('holds for one version and until it is taken back', async () => {
    const product = await offered(city, 'statistikstelle', {
      title: 'Kinder je Bezirk',
      governance: children(),
      statistics: 'CUBE',
    });
    // the rows of a released table are its cells
    expect(await rulesFor(product)).not.toContain('R-STA-01');
    expect(await act('yara.zahl', product, 'CUBE', 'statistics-withdrawal')).toBe('done');
    expect(await rulesFor(product)).toContain('R-STA-01');
    expect(await act('yara.zahl', product, 'CUBE')).toBe('done');
    const steward = await as('leif.summe');
    const { uploadId } = await steward.upload<{ uploadId: string }>(
      `/v1/products/${product.productId}/uploads`,
      city.file('neuer-stand.csv', 'bezirk;anzahl\n1;20\n2;30'),
    );
    await steward.must('POST', `/v1/products/${product.productId}/versions`, { uploadId });
    expect(await rulesFor(product)).toContain('R-STA-01');
  });

  it('as single records goes to no office: that is for research alone', async () => {
    const product = await offered(city, 'statistikstelle', {
      title: 'Haushalte, anonym',
      governance: children({ personalRef: 'NONE' }),
      statistics: 'MICRODATA',
    });
    expect(await rulesFor(product)).toContain('R-STA-01');
  });
});
