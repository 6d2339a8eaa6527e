import {
  type AnyProduct,
  type ListNames,
  METADATA,
  type MetadataTable,
  type Metadatum,
  type PagePart,
  statedIn,
} from '#lib/catalogue';
import { INFORMATION_ONLY, informsOnly } from '#lib/kernel';
import { day } from '../../../layout/format';

/**
 * What a product states in a part of its page, in the order of the table: names and values, „–“ where nothing is stated. What
 * nothing rests on says so beside its name, so that nobody takes it for a promise.
 */
export const statementsIn = (
  part: PagePart,
  product: AnyProduct,
  names: ListNames,
  table: MetadataTable = METADATA,
): [name: string, value: string][] =>
  Object.entries(table)
    .filter(([, { page }]) => page === part)
    .map(([name, one]) => [
      informsOnly(one) ? `${one.said ?? one.label} (${INFORMATION_ONLY})` : (one.said ?? one.label),
      wordsOf(name, one, product, names) || '–',
    ]);

function wordsOf(name: string, one: Metadatum, product: AnyProduct, names: ListNames): string {
  if (one.words) return one.words({ ...product, ...product.card } as never, names) ?? '';
  const value = statedIn(product, name, one);
  if (value === undefined || value === null) return '';
  switch (one.kind) {
    case 'tick':
    case 'yesNo':
      return value === true ? 'ja' : 'nein';
    case 'date':
      return day(String(value));
    case 'number':
      return [String(value), one.unit].filter(Boolean).join(' ');
    case 'oneOf':
      return nameOf(one, String(value), names);
    case 'manyOf':
    case 'lines': {
      const list = [value].flat().map((code) => nameOf(one, String(code), names));
      return list.length === 0 && one.none !== undefined ? 'keine' : list.join(', ');
    }
    case 'line':
    case 'text':
    case 'widget':
      return String(value);
  }
}

const nameOf = ({ choices }: Metadatum, code: string, names: ListNames): string =>
  typeof choices === 'string' ? names(choices, code) : (choices?.[code] ?? code);
