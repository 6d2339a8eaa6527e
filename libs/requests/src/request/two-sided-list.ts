import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/**
 * CONSUMER: rows of one's own units, and those a processor asked for on their instructions; PROVIDER: rows towards them;
 * ALL: whatever row-level security lets through.
 */
export interface TwoSidedFilter {
  side?: 'CONSUMER' | 'PROVIDER' | 'ALL';
  states?: readonly string[];
  page?: number;
  pageSize?: number;
}

const LARGEST_PAGE = 200;

/**
 * A page of rows with a consumer and a provider, newest first, and how many there are. What a unit took over from one
 * that was split counts as its own; that is asked row by row, and only for units that took over any.
 */
export async function onePage<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  units: readonly string[],
  { side = 'ALL', states, page = 1, pageSize = 50 }: TwoSidedFilter,
  /** the column that names the request */
  request: 'id' | 'requestId',
): Promise<{ rows: T[]; total: number }> {
  const row = query.alias;
  const [unit, subject] = side === 'PROVIDER' ? ['providerUnitId', 'productId'] : ['consumerUnitId', request];
  if (side !== 'ALL') {
    const takenOver = `(SELECT organisation.has_taken_over_rows()) AND organisation.successor_of(${row}.${unit}, ${row}.${subject}) = ANY(:units)`;
    const instructed = side === 'CONSUMER' ? ` OR ${row}.controllerUnitId = ANY(:units)` : '';
    query.andWhere(`(${row}.${unit} = ANY(:units)${instructed} OR (${takenOver}))`, { units });
  }
  if (states) query.andWhere(`${row}.state = ANY(:states)`, { states });
  const size = Math.min(Math.max(pageSize, 1), LARGEST_PAGE);
  const [rows, total] = await query
    .orderBy(`${row}.createdAt`, 'DESC')
    .addOrderBy(`${row}.id`, 'DESC')
    .skip((Math.max(page, 1) - 1) * size)
    .take(size)
    .getManyAndCount();
  return { rows, total };
}
