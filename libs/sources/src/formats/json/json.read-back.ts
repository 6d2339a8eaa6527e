import type { ReadBack } from '../../../../../test/contracts/format';

export const readBack: ReadBack = {
  carries: 'TYPES',
  read: (body) => Promise.resolve(JSON.parse(body.toString()) as Record<string, unknown>[]),
};
