import { parse } from 'csv-parse/sync';
import type { ReadBack } from '../../../../../test/contracts/format';

export const readBack: ReadBack = {
  carries: 'TEXT',
  read: (body) => Promise.resolve(parse(body, { columns: true, bom: false, delimiter: '\t' })),
};
