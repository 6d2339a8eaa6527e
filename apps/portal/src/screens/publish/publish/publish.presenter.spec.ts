import { type ProductState, productStates } from '#lib/catalogue';
import { stepsAt } from './publish.presenter';

test('the steward is offered editing steps only, the owner releasing ones only', () => {
  const steps = (state: ProductState, edit: boolean, release: boolean) =>
    stepsAt(state, { edit, release }).map(({ step }) => step);
  expect(steps('DRAFT', true, false)).toEqual(['submit']);
  expect(steps('IN_REVIEW', true, false)).toEqual([]);
  expect(steps('IN_REVIEW', false, true)).toEqual(['sendBack', 'release']);
  expect(steps('VISIBLE', false, true)).toEqual(['offer', 'revise', 'withdraw']);
});

test('who has no part in a product is offered nothing, in any state', () => {
  for (const state of productStates.stored) expect(stepsAt(state, { edit: false, release: false })).toEqual([]);
});
