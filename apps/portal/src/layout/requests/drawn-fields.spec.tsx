import { INFORMATION_ONLY, informsOnly } from '#lib/kernel';
import { REQUEST_FIELDS, type RequestField } from '#lib/requests';
import { renderToStaticMarkup } from 'react-dom/server';
import { DrawnFields, type NamedField } from './drawn-fields';

const fields: NamedField[] = Object.entries<RequestField>(REQUEST_FIELDS).filter(
  ([, { section }]) => section !== 'given',
);
/** What a form of before says and a new one does not ask for: drawn only where it stands. */
const before = { evidence: 'DSFA', 'attachments-0-kind': 'DSFA', 'attachments-0-title': 'Akte' };
const drawn = (field: NamedField): string =>
  renderToStaticMarkup(<DrawnFields fields={[field]} body={before} choices={{ options: {}, coarser: [] }} />);

test('every field nothing follows from says so, however it is drawn', () => {
  const marked = fields.filter((one) => drawn(one).includes(INFORMATION_ONLY)).map(([name]) => name);
  expect(marked).toContain('attachments');
  expect(marked).toEqual(fields.filter(([, field]) => informsOnly(field)).map(([name]) => name));
});
