import type { TaskView } from '#lib/approvals';
import { renderToStaticMarkup } from 'react-dom/server';
import type { TaskProps } from './act';
import { DecisionPage } from './task.view';

const NOBODY = {
  approve: false,
  advise: false,
  ask: false,
  refuse: false,
  confirmContract: false,
  confirmEvidence: false,
  admit: false,
  vote: false,
  veto: false,
  because: null,
};
const task = (may: Partial<TaskView['may']>, more: Partial<TaskView> = {}): TaskView =>
  ({
    id: 't',
    requestId: 'r',
    requestNumber: '2026-000001',
    productTitle: 'Gebäude',
    consumerUnitName: 'GmbH',
    providerUnitName: 'Hochbauamt',
    project: 'x',
    role: 'OWNER',
    roleName: 'Datenverantwortliche/r',
    kind: 'APPROVE',
    state: 'OPEN',
    stateName: 'Offen',
    openedAt: null,
    dueAt: '2026-12-01T10:00:00Z',
    overdue: false,
    questionOpen: false,
    revision: 7,
    request: {
      productId: 'p',
      form: { retentionDays: 90 },
      decision: { because: [], obligations: [] },
      thread: [],
      overlaps: [],
      evidence: [],
      now: null,
    },
    asked: {
      fields: ['strasse', 'hausmeister'],
      unneededFields: ['hausmeister'],
      leastFields: ['strasse'],
      until: '2026-12-31',
    },
    steps: [],
    similar: { approved: 1, refused: 0 },
    contract: { status: 'VALID', kinds: [], needed: false },
    refusalReasons: [{ code: 'SONSTIGES', text: 'Anderer Grund' }],
    reasonsRequired: false,
    may: { ...NOBODY, ...may },
    ...more,
  }) as unknown as TaskView;
const shown = (one: TaskView, coarser: TaskProps['coarser'] = []) =>
  renderToStaticMarkup(<DecisionPage task={one} coarser={coarser} said={[]} body={{}} once="key" />);

test('who may not decide finds no button, and reads why', () => {
  const html = shown(task({ because: 'Über den eigenen Antrag entscheidet niemand selbst.' }));
  expect(html).not.toContain('<form');
  expect(html).not.toContain('<button');
  expect(html).toContain('Über den eigenen Antrag entscheidet niemand selbst.');
});

test('every act names the revision that was read', () => {
  const html = shown(task({ approve: true, ask: true, refuse: true }));
  const forms = html.split('<form').slice(1);
  expect(forms).toHaveLength(3);
  for (const form of forms) expect(form).toContain('name="revision" value="7"');
});

test('what the purpose does not need is told beside what is asked', () => {
  expect(shown(task({ approve: true }))).toContain('für den Zweck nicht nötig');
});

test('who advises can not approve or refuse', () => {
  const html = shown(task({ advise: true, ask: true }, { kind: 'CONSULT' }));
  expect(html).toContain('/tasks/t/opinion');
  expect(html).not.toContain('/tasks/t/approve');
  expect(html).not.toContain('/tasks/t/refuse');
});

test('going on against doubts asks for reasons', () => {
  expect(shown(task({ approve: true }, { reasonsRequired: true }))).toContain(
    'Bitte begründen Sie, warum Sie trotzdem zustimmen.',
  );
});

test('who approves may give a field in a coarser form the product declares', () => {
  const html = shown(task({ approve: true }), [
    { name: 'strasse', at: 0, options: [{ value: '{"kind":"null"}', text: 'wird leer geliefert' }] },
  ]);
  expect(html).toMatch(/<label[^>]*>strasse<\/label>.*name="coarser-0"/s);
  expect(html).toContain('so genau wie beantragt');
  expect(shown(task({ approve: true }))).not.toContain('coarser');
});
