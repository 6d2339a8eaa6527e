import type { RepeatableSql } from '#lib/kernel';
import { METADATA } from './metadata';
import { columnName, isList, type MetadataTable, type Metadatum, type ProductCondition, type Rung } from './metadatum';

/**
 * What the table of metadata says, for the database to hold by itself: no service and no script makes a product visible
 * that nobody has classified, and none changes what is decided on under those it was released to. Runs again whenever
 * the table has changed. A new must is asked of what was released before at its next change, never at once (`NOT VALID`).
 */
export const metadataSql = (table: MetadataTable): RepeatableSql[] => [
  { name: `${HERE} (musts)`, text: mustConstraints(table) },
  { name: `${HERE} (fixed)`, text: sameClassification(table) },
];
const HERE = 'catalogue/src/must-constraints.ts';

function mustConstraints(table: MetadataTable): string {
  const rung = (name: string, states: string, demands: readonly string[]) =>
    `DROP CONSTRAINT IF EXISTS ${name},
  ADD CONSTRAINT ${name} CHECK (state NOT IN (${states}) OR (
    ${demands.join('\n    AND ')}) IS TRUE) NOT VALID`;
  return `ALTER TABLE catalogue.product
  ${rung('product_visible_musts', `'VISIBLE', 'REQUESTABLE'`, ['released_by IS NOT NULL', ...demandsOf(table, 'VISIBLE')])},
  ${rung('product_requestable_musts', `'REQUESTABLE'`, ['current_version_id IS NOT NULL', ...demandsOf(table, 'REQUESTABLE')])};
`;
}

const demandsOf = (table: MetadataTable, rung: Rung): string[] =>
  Object.entries(table)
    .filter(([, { must }]) => must?.rung === rung)
    .map(([name, one]) => {
      const given = isGiven(name, one);
      return one.must?.of ? `(${given} OR NOT (${condition(one.must.of)}))` : given;
    });

function isGiven(name: string, one: Metadatum): string {
  if (one.in === 'card') return `card ? ${literal(name)}`;
  const column = columnName(name);
  // an empty list says nothing, unless „none“ is a statement
  return isList(one) && one.none === undefined ? `cardinality(${column}) > 0` : `${column} IS NOT NULL`;
}

/** What a condition asks of a list. */
const LISTS: readonly string[] = ['secrecy', 'allowedPurposes'] satisfies (keyof ProductCondition)[];
const condition = (of: ProductCondition): string =>
  Object.entries(of)
    .map(([name, wanted]) => {
      const words = `ARRAY[${('in' in wanted ? wanted.in : wanted.not).map(literal).join(', ')}]`;
      const column = columnName(name);
      const held = LISTS.includes(name) ? `${column} && ${words}` : `${column} = ANY (${words})`;
      return `(${held}) IS ${'in' in wanted ? 'TRUE' : 'NOT TRUE'}`;
    })
    .join(' AND ');

/** Whether two states of a product are the same in everything that is decided on. */
function sameClassification(table: MetadataTable): string {
  const columns = Object.entries(table)
    .filter(([, { fixed }]) => fixed)
    .map(([name, { in: home }]) => (home === 'card' ? `card -> ${literal(name)}` : columnName(name)));
  const row = (of: string) => `ROW(${columns.map((column) => `(${of}).${column}`).join(', ')})`;
  return `CREATE OR REPLACE FUNCTION catalogue.same_classification(was catalogue.product, becomes catalogue.product)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT ${row('was')} IS NOT DISTINCT FROM ${row('becomes')}
$$;
`;
}

/** Names and codes of the program, never of a person. */
function literal(word: string): string {
  if (!/^\w+$/.test(word)) throw new Error(`\`${word}\` can not stand in SQL`);
  return `'${word}'`;
}

export const catalogueSql: RepeatableSql[] = metadataSql(METADATA);
