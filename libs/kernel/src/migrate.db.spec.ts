import { aDatabase, type TestDatabase } from '../../../test/support/database';
import { migrate } from './migrate';
import { openQueue } from './queue';

describe('the tables of a running installation', () => {
  let db: TestDatabase;
  beforeAll(async () => void (db = await aDatabase()));
  afterAll(() => db?.close());

  it('are brought up to date again after the queues have been used', async () => {
    const queue = openQueue(db.config, 'used'); // makes a sequence that belongs to the app
    await queue.add('told', {});
    await queue.close();
    await expect(migrate(db.url('owner'), [])).resolves.toEqual([]);
    await expect(migrate(db.url('owner'), [])).resolves.toEqual([]);
  });
});
