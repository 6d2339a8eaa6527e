import { formatFor } from './media-types';

describe('which format an Accept field asks for', () => {
  it.each([
    [undefined, 'csv'],
    ['*/*', 'csv'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'csv'],
    ['application/json', 'json'],
    ['application/x-ndjson, application/json;q=0.5', 'ndjson'],
    ['text/csv;q=0, */*', 'ndjson'],
    ['text/*', 'csv'],
    ['application/vnd.apache.parquet', 'parquet'],
    ['text/tab-separated-values', 'tsv'],
    ['image/png', null],
    ['text/csv;q=0', null],
    ['text/csv;q=nonsense', null],
  ])('%s gives %s', (accept, format) => expect(formatFor(accept)).toBe(format));
});
