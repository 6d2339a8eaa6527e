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
  { name: `${HERE} (fixed)`, text: classification(table) },
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

/**
 * Everything that is decided on, as one value in the words of the table, and whether two states of a product are the same
 * in it. Two objects, as a function takes a hundred arguments and no more.
 */
function classification(table: MetadataTable): string {
  const fixed = Object.entries(table).filter(([, one]) => one.fixed);
  const members = (inCard: boolean, value: (name: string) => string) =>
    fixed
      .filter(([, { in: home }]) => (home === 'card') === inCard)
      .map(([name]) => `${literal(name)}, ${value(name)}`)
      .join(', ');
  return `CREATE OR REPLACE FUNCTION catalogue.classification_of(p catalogue.product)
RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object(${members(false, (name) => `p.${columnName(name)}`)})
      || jsonb_build_object('card', jsonb_strip_nulls(jsonb_build_object(${members(true, (name) => `p.card -> ${literal(name)}`)})))
$$;
CREATE OR REPLACE FUNCTION catalogue.same_classification(was catalogue.product, becomes catalogue.product)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT catalogue.classification_of(was) = catalogue.classification_of(becomes)
$$;
`;
}

/** Names and codes of the program, never of a person. */
function literal(word: string): string {
  if (!/^\w+$/.test(word)) throw new Error(`\`${word}\` can not stand in SQL`);
  return `'${word}'`;
}

export const catalogueSql: RepeatableSql[] = metadataSql(METADATA);
