import { defineProblems, defineUseCase, type InputFault, Problem } from '#lib/kernel';
import type { Actor, HttpRequest } from '#lib/organisation';
import { z } from 'zod';
import { ONCE_FIELD } from './form-body';
import { atField, readFields } from './form-fields';
import { Page, Redirect, render } from './page';
import { type SubmittedCall, type SubmittedForm, submitForm } from './submit-form';

const problems = defineProblems('test-form', {
  form_test_gone: { status: 409, title: 'Das ist vorbei', remedy: 'Laden Sie die Seite neu.' },
  form_test_down: { status: 503, title: 'Gerade nicht', remedy: 'Versuchen Sie es gleich noch einmal.' },
});
const answer = defineUseCase({
  may: 'public',
  audit: 'none: made up',
  input: z.strictObject({
    revision: z.int(),
    text: z.string().trim().min(1, 'Bitte schreiben Sie etwas.'),
    note: z.string().max(3, 'Zu lang.').optional(),
    copy: z.boolean(),
    fields: z.array(z.string()).min(1, 'Bitte wählen Sie ein Feld.'),
    answers: z.record(z.string(), z.string().max(3, 'Bitte kürzer.')).optional(),
  }),
});
const names = { text: 'answerText', 'answers/*': 'answers-$1' };
const form = (body: SubmittedForm['body']): SubmittedForm & { call: SubmittedCall } => ({
  call: { url: '/things/1/answer', session: {} } as unknown as HttpRequest,
  actor: { acting: {} } as Actor,
  body,
  title: 'Antworten',
});
const filled = { revision: '4', answerText: ' Ja. ', fields: ['a', 'b'], 'answers-TOM': 'ja' };
const view = () => null;

/** Runs it; gives what the use case was sent, or where the faults stand in the form that is shown again. */
async function sent(body: SubmittedForm['body']) {
  const one = form(body);
  let input: unknown;
  let faults: readonly InputFault[] = [];
  await submitForm(one, {
    useCase: answer,
    fields: names,
    run: (_, given) => Promise.resolve((input = given)),
    next: '/things/1',
    again: (problem) => {
      faults = problem.errors ?? [];
      return render(view, {});
    },
  }).catch((thrown: unknown) => {
    if (!(thrown instanceof Problem)) throw thrown;
  });
  return { input, faults: faults.map(({ pointer, detail }) => [pointer, detail]), again: one.call.formAgain };
}

test('a form is read in the shape of the use case', async () => {
  expect((await sent({ ...filled, copy: 'ja' })).input).toEqual({
    revision: 4,
    text: 'Ja.',
    copy: true,
    fields: ['a', 'b'],
    answers: { TOM: 'ja' },
  });
});

test('a field the use case does not know is not read, whoever sends it', async () => {
  const { input, faults } = await sent({
    ...filled,
    ownerId: 'me',
    text: 'not the field of the text',
    state: 'APPROVED',
  });
  expect(faults).toEqual([]);
  expect(input).not.toHaveProperty('ownerId');
  expect(input).not.toHaveProperty('state');
  expect(input).toMatchObject({ text: 'Ja.' });
});

test('faults stand at the fields of the form, also of those with another name and of one among many', async () => {
  const { input, faults, again } = await sent({
    revision: '4',
    answerText: '',
    note: 'zu viel',
    'answers-TOM': 'zu lang',
  });
  expect(input).toBeUndefined();
  expect(faults).toEqual([
    ['/answerText', 'Bitte schreiben Sie etwas.'],
    ['/note', 'Zu lang.'],
    ['/fields', 'Bitte wählen Sie ein Feld.'],
    ['/answers-TOM', 'Bitte kürzer.'],
  ]);
  expect(again).toMatchObject({ title: 'Antworten' });
});

test('pointers of the use case find their fields by their steps', () => {
  const at = (pointer: string, places: Record<string, string>) =>
    atField({ pointer, code: 'wrong', detail: '' }, places).pointer;
  expect(at('/conditions/fields/2', { 'conditions/*': '$1' })).toBe('/fields');
  expect(at('/3/meaning', { '*/generalisations': 'coarser-$1', '*/*': '$2-$1' })).toBe('/meaning-3');
  expect(at('', { '': 'reason' })).toBe('/reason');
  expect(at('/other', { '': 'reason', text: 'reason' })).toBe('/other');
});

test('a form without its number was read before anything', () => {
  expect(readFields(answer.input, {})).toMatchObject({ revision: 0, copy: false, fields: [] });
});

test('what worked leads on and is said on the next page', async () => {
  const one = form(filled);
  const result = await submitForm(one, {
    run: () => Promise.resolve({ number: 7 }),
    done: ({ number }) => ({ kind: 'info', title: `Nr. ${number}` }),
    next: ({ number }) => `/things/${number}`,
  });
  expect(result).toEqual(new Redirect('/things/7'));
  expect((one.call as unknown as { session: object }).session).toEqual({ notice: { kind: 'info', title: 'Nr. 7' } });
});

test('the form carries its key to the transaction, and the same content gives the same fingerprint', async () => {
  const key = 'a'.repeat(24);
  const keys: unknown[] = [];
  const send = (body: SubmittedForm['body']) =>
    submitForm(form(body), { run: (by) => Promise.resolve(keys.push(by.acting.idempotency)), next: '/' });
  await send({ ...filled, [ONCE_FIELD]: key, _csrf: 'one' });
  await send({ ...filled, [ONCE_FIELD]: key, _csrf: 'two' });
  await send({ ...filled, [ONCE_FIELD]: key, answerText: 'Nein.' });
  await send(filled);
  expect(keys[0]).toMatchObject({ key: `portal:${key}` });
  expect(keys[1]).toEqual(keys[0]);
  expect(keys[2]).not.toEqual(keys[0]);
  expect(keys[3]).toBeUndefined();
});

test('a page instead of a result is shown, and nothing is said to be done', async () => {
  const one = form(filled);
  const preview = render(view, {});
  expect(await submitForm(one, { run: () => Promise.resolve<Page>(preview), done: 'Fertig', next: '/' })).toBe(preview);
  expect((one.call as unknown as { session: object }).session).toEqual({});
});

test.each([
  ['a problem of the act shows the form again', problems.form_test_gone(), true],
  ['a service that is down is no fault of the form', problems.form_test_down(), false],
  ['an unknown exception is none either', new Error('boom'), false],
])('%s, and goes its usual way', async (_, thrown, shown) => {
  const one = form(filled);
  const run = () => Promise.reject(thrown);
  await expect(submitForm(one, { run, next: '/', again: () => render(view, {}) })).rejects.toBe(thrown);
  expect(one.call.formAgain !== undefined).toBe(shown);
});
