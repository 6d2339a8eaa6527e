// What somebody has to release or to give an opinion on stands on their start page and in their inbox, and on no other.
import { aPortal, type TestPortal } from '../../../../../../test/support/portal';

let portal: TestPortal;
beforeAll(async () => {
  portal = await aPortal({}, { products: { only: 'baumkataster' } });
  await portal.db.owner.query(`SET app.system = 'on'`);
}, 120_000);
afterAll(() => portal?.close());

const text = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const shown = async (who: string): Promise<{ start: string; inbox: string }> => {
  const browser = await portal.signedIn(who);
  return { start: text((await browser.page('/')).html), inbox: text((await browser.page('/inbox')).html) };
};
const change = (set: string) => portal.db.owner.query(`UPDATE catalogue.product SET revision = revision + 1, ${set}`);
const WAITS = '1 Freigabe wartet';

test('nothing waits where everything is released', async () => {
  expect((await shown('anna.ahorn')).start).not.toContain('wartet');
  expect((await shown('anna.ahorn')).inbox).not.toContain('Freigaben');
});

test('a version with other fields waits for the owner as soon as its fields are described', async () => {
  const { owner } = portal.db;
  await owner.query(
    `INSERT INTO catalogue.product_version SELECT (jsonb_populate_record(v, jsonb_build_object('id', gen_random_uuid(), 'number', v.number + 1, 'frozen_at', NULL))).* FROM catalogue.product_version v`,
  );
  await owner.query(
    `INSERT INTO catalogue.field SELECT (jsonb_populate_record(f, jsonb_build_object('version_id', n.id, 'class', NULL))).*
       FROM catalogue.field f, catalogue.product_version n WHERE n.frozen_at IS NULL`,
  );
  expect((await shown('anna.ahorn')).start).not.toContain(WAITS);
  await owner.query(`UPDATE catalogue.field SET class = suggested_class WHERE class IS NULL`);
  const anna = await shown('anna.ahorn');
  expect(anna.start).toContain(WAITS);
  expect(anna.inbox).toMatch(/Baumkataster .*Datenstand Nr\. 2/);
  expect((await shown('clara.linde')).start).not.toContain(WAITS);
  expect((await shown('ida.stein')).start).not.toContain(WAITS);
});

test('a revision of a product in use waits for the owner, and for nobody who edited it', async () => {
  await change(`state = 'DRAFT'`);
  expect((await shown('anna.ahorn')).start).not.toContain(WAITS);
  await change(`state = 'IN_REVIEW'`);
  const anna = await shown('anna.ahorn');
  expect(anna.start).toContain(WAITS);
  expect(anna.inbox).toMatch(/Baumkataster .*Datenprodukt/);
  expect((await shown('clara.linde')).start).not.toContain(WAITS);
  expect((await shown('ida.stein')).start).not.toContain(WAITS);
  await change(
    `released_by = NULL, edited_by = edited_by || (SELECT id FROM organisation.person WHERE family_name = 'Ahorn' AND given_name = 'Anna')`,
  );
  expect((await shown('anna.ahorn')).start).not.toContain(WAITS);
});

test('an opinion on a lower classification waits for who is asked', async () => {
  await portal.db.owner.query(
    `INSERT INTO catalogue.lowering_opinion (id, product_id, role, lines, asked_at)
     SELECT gen_random_uuid(), id, 'DSB', ARRAY['Geheimnis SOZIAL entfällt'], now() FROM catalogue.product`,
  );
  const uma = await shown('uma.schild');
  expect(uma.start).toContain('1 Stellungnahme wartet');
  expect(uma.inbox).toContain('Geheimnis SOZIAL entfällt');
  expect((await shown('anna.ahorn')).start).not.toContain('Stellungnahme wartet');
});
