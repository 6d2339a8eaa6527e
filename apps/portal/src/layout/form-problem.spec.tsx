import { Problem } from '#lib/kernel';
import { contractUseCases } from '#lib/organisation';
import { renderToStaticMarkup } from 'react-dom/server';
import { FormProblem } from './form-problem';

test('the summary names the field before what is wrong, once', () => {
  const problem = Object.assign(Object.create(Problem.prototype) as Problem, {
    title: 'Bitte prüfen',
    remedy: '',
    errors: [
      { pointer: '/maxDays', code: 'too_small', detail: 'Hier müssen es mindestens 1 sein.' },
      { pointer: '/maxDays', code: 'out_of_range', detail: 'Höchstdauer: zu lang.' },
    ],
  });
  const html = renderToStaticMarkup(<FormProblem problem={problem} table={{ maxDays: { label: 'Höchstdauer' } }} />);
  expect(html).toContain('>Höchstdauer: Hier müssen es mindestens 1 sein.<');
  expect(html).toContain('>Höchstdauer: zu lang.<');
});

test('an empty form of a contract is answered in words of the form', () => {
  const empty = { unitA: '', unitB: '', kind: '', reference: '', validFrom: '', validTo: '' };
  const { error } = contractUseCases.register.input.safeParse(empty);
  const said = error!.issues.map(({ message }) => message);
  expect(said).toHaveLength(7);
  expect(said.filter((message) => !message.startsWith('Bitte '))).toEqual([]);
});
