import type { INestApplicationContext } from '@nestjs/common';
import { join } from 'node:path';
import { systemActing, UnitOfWork } from '#lib/kernel';
import type { TestDatabase } from '../../../test/support/database';
import { aPilotCatalogue, type PilotCatalogue } from '../../../test/support/pilot-catalogue';
import { CatalogueReads, PilotProducts } from './';

const PILOT = join(__dirname, '../../../config/pilot');

describe('the products of the pilot domain', () => {
  let pilot: PilotCatalogue;
  let db: TestDatabase;
  let app: INestApplicationContext;

  beforeAll(async () => {
    pilot = await aPilotCatalogue();
    ({ db, app } = pilot);
  }, 60_000);
  afterAll(() => pilot?.close());

  it('climb the whole ladder by the hands of their steward and owner, once', async () => {
    const loaded = await app.get(PilotProducts).load(join(PILOT, 'products.yaml'));
    expect(loaded).toHaveLength(7);
    expect(await app.get(PilotProducts).load(join(PILOT, 'products.yaml'))).toEqual([]);
    const { rows } = await db.owner.query(`SELECT set_config('app.system', 'on', false); `).then(() =>
      db.owner.query(
        `SELECT p.key, p.state, v.rows, count(f.*)::int AS fields FROM catalogue.product p JOIN catalogue.product_version v ON v.id = p.current_version_id
         JOIN catalogue.field f ON f.version_id = v.id GROUP BY 1, 2, 3 ORDER BY 1`,
      ),
    );
    expect(rows.map(({ key, state, rows: count, fields }) => [key, state, count, fields])).toEqual([
      ['baumkataster', 'REQUESTABLE', 500, 15],
      ['faellgenehmigungen', 'REQUESTABLE', 80, 9],
      ['gebaeudedatenkataster', 'REQUESTABLE', 120, 14],
      ['ortsbezirke-kennzahlen', 'REQUESTABLE', 26, 7],
      ['rohbilder-verkehrskameras', 'REQUESTABLE', 60, 5],
      ['verkehrszaehldaten', 'REQUESTABLE', 480, 8],
      ['zutrittsplaene-schulen', 'REQUESTABLE', 40, 6],
    ]);
  }, 120_000);

  it('go into the law book with what the scenarios of the role concept need', async () => {
    const facts = await app.get(UnitOfWork).read(systemActing('test'), async (tx) => {
      const reads = app.get(CatalogueReads);
      const product = await reads.productByKey(tx, 'gebaeudedatenkataster');
      return reads.forPolicy(tx, product!.id, null);
    });
    expect(facts).toMatchObject({
      openness: 'INTERNAL',
      personalRef: 'NONE',
      hasOwner: true,
      hasDeputy: true,
      review: 'VALID',
      provider: 'OFFICE',
      providerUnit: 'hochbauamt',
      rows: 120,
      protection: { c: 'normal', i: 'normal', a: 'normal' },
    });
  });
});
