import { renderToStaticMarkup } from 'react-dom/server';
import { VerificationView } from './verification.view';
import { EntryView } from './entry.view';

const report = { ok: true, origin: 'o', size: 12, root: 'r', checked: 12, fault: null };

test('a log that holds says up to which number', () => {
  expect(renderToStaticMarkup(<VerificationView year={2026} api="http://api" report={report} />)).toContain(
    'Lückenlos bis Nummer 11',
  );
});

test('a log that does not hold names the first entry', () => {
  const html = renderToStaticMarkup(
    <VerificationView
      year={2026}
      api="http://api"
      report={{ ...report, ok: false, fault: { code: 'leaf_mismatch', index: 7, detail: 'x' } }}
    />,
  );
  expect(html).toContain('Erste Abweichung bei Nummer 7');
  expect(html).not.toContain('Lückenlos');
});

test('an entry that is not the sealed one is an alarm, and hidden characters are shown', () => {
  const entry = {
    eventId: 'e',
    type: 'x\u202e',
    time: '2026-01-01T00:00:00Z',
    actor: 'a',
    unitId: null,
    facts: { note: 'a\u0000' },
    year: 2026,
    index: 1,
    state: 'MISMATCH' as const,
    leaf: '{}',
    clear: [],
    proof: null,
  };
  const html = renderToStaticMarkup(<EntryView entry={entry} />);
  expect(html).toContain('Der gespeicherte Eintrag ist nicht der versiegelte');
  expect(html).toContain('⟨U+202E⟩');
  expect(html).not.toContain('\u202e');
});

test('an event is told in a sentence beside the name under which it is sealed', () => {
  const entry = {
    eventId: 'e',
    type: 'agreement.revoked.v1',
    time: '2026-01-01T00:00:00Z',
    actor: 'a',
    unitId: null,
    facts: {},
    year: 2026,
    index: 1,
    state: 'MATCHES' as const,
    leaf: '{}',
    clear: [],
    proof: null,
  };
  expect(renderToStaticMarkup(<EntryView entry={entry} />)).toContain(
    'Eine Vereinbarung wurde widerrufen. <code>agreement.revoked.v1</code>',
  );
});
