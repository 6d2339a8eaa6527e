import { newId } from '#lib/kernel';
import { filledForm } from '../../support/html-form';
import { Office } from '../../support/office';
import { aPortal, type TestPortal } from '../../support/portal';

let portal: TestPortal;
let office: Office;
beforeAll(async () => {
  portal = await aPortal();
  office = await Office.behind(portal.db, portal.app, portal.provider.issuer);
}, 120_000);
afterAll(() => portal?.close());

/** Richer than the three lines of the form: nested, a value with a semicolon, `between`. */
const ROWS = {
  all: [
    {
      any: [
        { column: 'bezirk', op: 'eq' as const, value: 'Nord; Süd' },
        { column: 'bezirk', op: 'not_null' as const },
      ],
    },
    { column: 'hoehe', op: 'between' as const, value: ['1.5', '20'] as [string, string] },
  ],
};
const MORE = {
  rows: ROWS,
  recipients: ['Sachgebiet Klima', 'Sachgebiet Karten'],
  attachments: [1, 2, 3, 4].map((n) => ({ kind: 'DSFA', title: `Abschätzung ${n}`, reference: `Akte ${n}` })),
  necessity: 'Einzelne Bäume müssen benannt werden.',
  caseNumber: 'Az. 7',
};
async function asked(more: object = {}): Promise<{ id: string; productId: string }> {
  const { id: productId } = await office.aProduct({
    unit: 'tiefbau-vermessungsamt',
    openness: 'RESTRICTED',
    title: `Höhenmodell ${newId()}`,
    limits: { offers: ['ROWLEVEL'], maxDays: 365 },
  });
  const { id } = await office.requests.submit(
    await office.as('zoe.plan'),
    await office.aForm(productId, 'stadtplanungsamt', {
      ...MORE,
      evidenceFiles: await office.evidence('zoe.plan', 'stadtplanungsamt', ['DSFA']),
      ...more,
    }),
  );
  await office.settle();
  return { id, productId };
}
const stored = async (requestId: string) =>
  (
    await office.rows<{ form: Record<string, unknown> }>('SELECT form FROM requests.access_request WHERE id = $1', [
      requestId,
    ])
  )[0]!.form;
const idIn = (response: Response): string =>
  /requests\/([0-9a-f-]+)/.exec(response.headers.get('location') ?? '')?.[1] ?? '';

test('copying a request carries everything it says, rows and attachments no line can show included, and names what it asks anew', async () => {
  const { id, productId } = await asked();
  const zoe = await portal.signedIn('zoe.plan');
  const { html } = await zoe.page(`/products/${productId}/request?copy=${id}`);
  expect(html).toContain('Das konnte nicht übernommen werden');
  expect(html).toContain('Zeitraum (bitte neu angeben)');
  const form = filledForm(html, 'request-form');
  const sent = await zoe.send(`/products/${productId}/request`, {
    ...form,
    from: office.day(0),
    until: office.day(30),
    step: 'submit',
  });
  expect(sent.status).toBe(303);
  const { from: _, until: __, ...copy } = await stored(idIn(sent));
  const { from: ___, until: ____, ...before } = await stored(id);
  expect(copy).toMatchObject(before);
});

test('a field the version of today does not have is named, and never left out in silence', async () => {
  const { id, productId } = await asked();
  await office.rows('ALTER TABLE catalogue.field DISABLE TRIGGER USER');
  await office.rows(
    `UPDATE catalogue.field SET name = 'wuchshoehe' WHERE name = 'hoehe' AND version_id = (SELECT current_version_id FROM catalogue.product WHERE id = $1)`,
    [productId],
  );
  await office.rows('ALTER TABLE catalogue.field ENABLE TRIGGER USER');
  const zoe = await portal.signedIn('zoe.plan');
  const { html } = await zoe.page(`/products/${productId}/request?copy=${id}`);
  expect(html).toMatch(/Das konnte nicht übernommen werden[\s\S]*<li[^>]*>Felder/);
  // the filter on it stays in the form in words, and the use case refuses it by name
  const form = filledForm(html, 'request-form');
  const sent = await zoe.send(`/products/${productId}/request`, {
    ...form,
    from: office.day(0),
    until: office.day(30),
  });
  expect([sent.status, (await sent.text()).includes('hoehe')]).toEqual([422, true]);
});

test('a way out taken with one click carries the rest of the form', async () => {
  const { id, productId } = await asked();
  const zoe = await portal.signedIn('zoe.plan');
  const { html } = await zoe.page(`/products/${productId}/request?copy=${id}`);
  const form = { ...filledForm(html, 'request-form'), from: office.day(0), until: office.day(30) };
  const changed = await zoe.send(`/products/${productId}/request`, {
    ...form,
    apply: '[{"kind":"RETENTION","days":30}]',
  });
  const sent = await zoe.send(`/products/${productId}/request`, {
    ...filledForm(await changed.text(), 'request-form'),
    step: 'submit',
  });
  expect(sent.status).toBe(303);
  const { from: _, until: __, ...after } = await stored(idIn(sent));
  const { from: ___, until: ____, ...before } = await stored(id);
  expect(after).toMatchObject({ ...before, retentionDays: 30 });
});

describe('asked back, the applicant changes the form in the portal, without a script', () => {
  async function askedBack(): Promise<{ id: string }> {
    const { id } = await asked();
    await office.approve('ron.rinne', id, 'REQ_HEAD');
    const { id: taskId } = await office.task(id, 'STEWARD');
    await office.approvals.askBack(await office.as('mia.bruecke'), taskId, {
      revision: await office.revision(id),
      text: 'Reicht auch weniger?',
    });
    return { id };
  }
  const decider = async (id: string) => {
    const mia = await portal.signedIn('mia.bruecke');
    return (await mia.page(`/tasks/${(await office.task(id, 'STEWARD')).id}`)).html;
  };

  test('to less: the chain goes on, and deciders read before and after', async () => {
    const { id } = await askedBack();
    const zoe = await portal.signedIn('zoe.plan');
    expect((await zoe.page(`/requests/${id}`)).html).toContain(`href="/requests/${id}/change"`);
    const { html } = await zoe.page(`/requests/${id}/change`);
    const form = { ...filledForm(html, 'request-form'), fields: ['art'], text: 'Ja, ohne Höhe.' };
    const look = await (await zoe.send(`/requests/${id}/change`, { ...form, step: 'look' })).text();
    expect(look).toContain('Die Prüfung geht damit weiter');
    const sent = await zoe.send(`/requests/${id}/change`, { ...form, step: 'send' });
    expect(sent.status).toBe(303);
    await office.settle();
    expect(await stored(id)).toMatchObject({ fields: ['art'], rows: ROWS, attachments: MORE.attachments });
    expect((await office.task(id, 'REQ_HEAD')).state).toBe('APPROVED');
    expect(await decider(id)).toMatch(/Felder<\/t[dh]>[\s\S]*?art, hoehe[\s\S]*?art[\s\S]*?enger/);
  });

  test('to more: the chain begins anew, and deciders read before and after instead of names of members', async () => {
    const { id } = await askedBack();
    const zoe = await portal.signedIn('zoe.plan');
    const { html } = await zoe.page(`/requests/${id}/change`);
    const form = {
      ...filledForm(html, 'request-form'),
      fields: ['art', 'hoehe', 'bezirk'],
      until: office.day(120),
      text: 'Wir brauchen mehr.',
    };
    const look = await (await zoe.send(`/requests/${id}/change`, { ...form, step: 'look' })).text();
    expect(look).toContain('Die Prüfung beginnt damit neu');
    expect((await zoe.send(`/requests/${id}/change`, { ...form, step: 'send' })).status).toBe(303);
    await office.settle();
    expect((await office.task(id, 'REQ_HEAD')).state).toBe('OPEN');
    const ron = await portal.signedIn('ron.rinne');
    const page = (await ron.page(`/tasks/${(await office.task(id, 'REQ_HEAD')).id}`)).html;
    expect(page).toMatch(/art, hoehe<[\s\S]*art, hoehe, bezirk<[\s\S]*weiter/);
    expect(page).not.toMatch(/Geändert wurden: fields|recipients, until/);
  });

  test('and whoever changes nothing answers as before', async () => {
    const { id } = await askedBack();
    const zoe = await portal.signedIn('zoe.plan');
    const { html } = await zoe.page(`/requests/${id}/change`);
    const sent = await zoe.send(`/requests/${id}/change`, {
      ...filledForm(html, 'request-form'),
      text: 'Nein, wir brauchen beides.',
      step: 'send',
    });
    expect(sent.status).toBe(303);
    const zoeSees = await office.views.view(await office.as('zoe.plan'), id);
    expect(zoeSees.thread.at(-1)).toMatchObject({ kind: 'ANSWER', changed: [], changes: [] });
  });
});
