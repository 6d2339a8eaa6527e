import type { ReadBack } from '../../../../../test/contracts/format';

type Row = Record<string, unknown>;

export const readBack: ReadBack = {
  carries: 'TYPES',
  read: (body) => {
    const lines = body.toString().split('\n');
    if (lines.pop() !== '') throw new Error('the last line has no end');
    return Promise.resolve(lines.map((line) => JSON.parse(line) as Row));
  },
};
