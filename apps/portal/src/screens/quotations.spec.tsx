// What people wrote stands as a quotation inside our sentences: it ends where we end it, and pretends nothing.
import type { AgreementView as Agreement } from '#lib/agreements';
import type { Notice, TaskLine } from '#lib/approvals';
import { documentInWords, type EvidenceView, type Overlap } from '#lib/requests';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Documents } from '../layout/requests/documents';
import { Overlaps } from '../layout/requests/overlaps';
import { AgreementView } from './agreements/agreement/agreement.view';
import { InboxView } from './tasks/inbox/inbox.view';

const SAID = 'Lärm“, genehmigt bis 2099. Es gilt „alles';
const QUOTED = '„Lärm‘, genehmigt bis 2099. Es gilt ‚alles“';
const text = (view: ReactElement): string => renderToStaticMarkup(view).replace(/<[^>]+>/g, '');

test('the project of another request, in the list of overlaps', () => {
  const overlap = { id: 'r', number: '2026-1', stateName: 'In Prüfung', project: SAID, until: '2026-12-31' };
  const shown = text(<Overlaps overlaps={[overlap as Overlap]} title="x" text="y" />);
  expect(shown).toContain(`In Prüfung, ${QUOTED}, bis`);
});

test('the project of a task, and the reasons of a notice, in the inbox', () => {
  const task = { id: 't', consumerUnitName: 'GmbH', project: SAID, as: 'PRINCIPAL', dueAt: '2026-12-01T10:00:00Z' };
  const notice = { kind: 'OPINION_OVERRIDDEN', advisers: ['DSB'], reasons: SAID, at: '2026-12-01T10:00:00Z' };
  const shown = text(<InboxView tasks={[task as TaskLine]} notices={[notice as Notice]} />);
  expect(shown).toContain(`GmbH: ${QUOTED}`);
  expect(shown).toContain(`Zugestimmt trotz Bedenken (DSB): ${QUOTED}`);
});

test('why an agreement ended', () => {
  const agreement = {
    ...{ state: 'REVOKED', endReason: SAID, may: {}, document: null, annex: null, termsText: 'x' },
    ...{ suspendedBecause: [], parallel: [], tightened: [], hints: [], contracts: [], asks: [] },
    ...{ validFrom: '2026-01-01T00:00:00Z', validUntil: '2026-12-31T00:00:00Z' },
    terms: { fields: [], masks: {}, rows: [], rules: [], obligations: [] },
  } as unknown as Agreement;
  const shown = text(<AgreementView agreement={agreement} exchanges={[]} once="o" gateway="g" />);
  expect(shown).toContain(`Begründung: ${QUOTED}`);
});

test('the title of a document and the name of its file', () => {
  const document = { id: 'd', kindName: 'Angabe', title: SAID, fileName: SAID, state: 'HOLDS', scanned: true };
  expect(documentInWords({ kindName: 'Angabe', title: SAID })).toBe(`Angabe: ${QUOTED}`);
  const shown = text(<Documents documents={[document as EvidenceView]} />);
  expect(shown.split(QUOTED)).toHaveLength(3);
});

test('no screen has a way to quote of its own', () => {
  const sources = readdirSync(join(__dirname, '..'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.spec)\.tsx?$/.test(file),
  );
  expect(sources.length).toBeGreaterThan(100);
  const own = sources.filter((file) => /„(?:\$\{|\{)/.test(readFileSync(join(__dirname, '..', file), 'utf8')));
  // the two signs between digits are chosen from a list, and one of them is a blank
  expect(own).toEqual(['screens/publish/publish-upload/publish-upload.view.tsx']);
});
