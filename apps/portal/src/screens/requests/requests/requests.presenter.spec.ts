import { type RequestState, requestStates } from '#lib/requests';
import { nextStep, STATE_TONE } from './requests.presenter';
import { conditionsInWords } from '../../../layout/requests/request-words';
import { verdictOf } from './requests.view';

const at = (state: RequestState) => ({ state, validUntil: '2026-12-31T23:00:00Z' });
const step = (state: 'OPEN' | 'WAITING') => ({
  state,
  roleName: 'Rechtsamt',
  kind: 'APPROVE' as const,
  dueAt: '2026-12-01T11:00:00Z',
});

test('every state says in one sentence what comes next', () => {
  for (const state of requestStates.stored) {
    expect(nextStep(at(state), [], null, true)).toMatch(/^[A-ZÄÖÜ].*\.$/);
    expect(STATE_TONE[state]).toBeDefined();
  }
});

test('a request in review names who decides now and until when, and not who comes later', () => {
  const text = nextStep(at('IN_REVIEW'), [step('OPEN'), { ...step('WAITING'), roleName: 'Hochbauamt' }], null, true);
  expect(text).toContain('Rechtsamt (Entscheidung bis 01.12.2026)');
  expect(text).not.toContain('Hochbauamt');
});

test('what follows by event is said to be on its way until it is there', () => {
  expect(nextStep(at('IN_REVIEW'), [], null, true)).toContain('vorbereitet');
  expect(nextStep(at('APPROVED'), [], null, true)).toContain('vorbereitet');
  expect(nextStep(at('APPROVED'), [], { state: 'OFFERED', number: '1' }, true)).toContain('bestätigen');
});

test('only the office that asks is told to answer, to confirm or to ask again', () => {
  for (const state of requestStates.stored)
    expect(nextStep(at(state), [], { state: 'OFFERED', number: '1' }, false)).not.toMatch(/Bitte (?!laden)|Sie können/);
});

test('the letter tells what people decided after the rules', () => {
  const decision = { outcome: 'APPROVAL', outcomeName: 'Genehmigung nötig', summary: '…' } as never;
  expect(verdictOf({ state: 'IN_REVIEW', decision, refusal: null }).title).toBe('Genehmigung nötig');
  expect(verdictOf({ state: 'APPROVED', decision, refusal: null }).tone).toBe('success');
  expect(
    verdictOf({ state: 'REFUSED', decision, refusal: { by: 'PERSON', reasonCode: 'X', text: 'nein' } }).title,
  ).toBe('Abgelehnt');
});

test('conditions are sentences', () => {
  expect(conditionsInWords({ until: '2026-12-01', retentionDays: 30, fields: ['a', 'b'] })).toEqual([
    ['Nur diese Felder', 'a, b'],
    ['Nur bis', '01.12.2026'],
    ['Löschen nach', '30 Tagen'],
  ]);
  expect(conditionsInWords(null)).toEqual([]);
});
