import { type DescribedField, missingOf } from './field-statements';
import { METADATA } from './metadata';
import {
  type AnyProduct,
  type Classified,
  isDemanded,
  type MetadataTable,
  type Metadatum,
  type Rung,
  statedIn,
} from './metadatum';
import type { Product } from './product.entity';
import type { Missing } from './product.view';

export interface Described {
  product: Product;
  /** of the current version; null when there is none */
  fields: DescribedField[] | null;
  accountable: { holder: boolean; deputy: boolean };
}

/** One statement demanded of a product from a rung on. */
export interface Must {
  pointer: string;
  rung: Rung;
  /** German, as on the form */
  label: string;
  applies: (product: Classified) => boolean;
  given: (product: AnyProduct) => boolean;
}

/** What a table of metadata demands, in its order. */
export const mustsOf = (table: MetadataTable): Must[] =>
  Object.entries(table).flatMap(([name, one]): Must[] =>
    one.must
      ? [
          {
            pointer: one.in === 'card' ? `/card/${name}` : `/${name}`,
            rung: one.must.rung,
            label: one.label,
            applies: (product) => isDemanded(one, product),
            given: (product) => isGiven(name, one, product),
          },
        ]
      : [],
  );

/** An empty list in a column says nothing, unless „none“ is a statement there. */
function isGiven(name: string, one: Metadatum, product: AnyProduct): boolean {
  const value = statedIn(product, name, one);
  if (value === undefined || value === null) return false;
  return one.in === 'card' || one.none !== undefined || !Array.isArray(value) || value.length > 0;
}

/** By an upload, not by a statement. */
const DATA: Must = {
  pointer: '/currentVersionId',
  rung: 'REQUESTABLE',
  label: 'Daten (mindestens ein Stand)',
  applies: () => true,
  given: (product) => 'currentVersionId' in product && product.currentVersionId !== null,
};

/** The musts of both rungs. The database holds the same ones by itself (`must-constraints.ts`). */
export const MUSTS: readonly Must[] = [...mustsOf(METADATA), DATA];

/** What a product does not say and must say on a rung. */
export const missingStatements = (musts: readonly Must[], product: AnyProduct & Classified, rung: Rung): Missing[] =>
  musts
    .filter((must) => must.rung === 'VISIBLE' || rung === 'REQUESTABLE')
    .filter(({ applies, given }) => applies(product) && !given(product))
    .map(({ pointer, rung: at, label }): Missing => ({ pointer, rung: at, label, detail: `Es fehlt: ${label}.` }));

/** Everything that stands between a product and a rung, named in German. Empty means: it may climb. */
export function completeness({ product, fields, accountable }: Described, rung: Rung): Missing[] {
  const missing = missingStatements(MUSTS, product, rung);
  if (!accountable.holder) missing.push(vacant('holder', 'Datenverantwortung'));
  if (!accountable.deputy) missing.push(vacant('deputy', 'Vertretung der Datenverantwortung'));
  return rung === 'REQUESTABLE'
    ? [...missing, ...(fields ?? []).flatMap((field) => missingOf(field, product))]
    : missing;
}

function vacant(pointer: string, label: string): Missing {
  return {
    pointer: `/accountable/${pointer}`,
    rung: 'VISIBLE',
    label,
    detail: `Es fehlt: ${label}. Bitte lassen Sie eine Person bestellen.`,
  };
}
