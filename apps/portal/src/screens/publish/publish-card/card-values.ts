import {
  type AnyProduct,
  asAsked,
  METADATA,
  METADATA_SECTIONS,
  type MetadataTable,
  type Metadatum,
  type ProductPatch,
  statedIn,
} from '#lib/catalogue';
import { filledIn, valueOf } from '../../../layout/field-values';
import type { FormBody } from '../../../layout/form-body';

export type NamedMetadatum = readonly [name: string, metadatum: Metadatum];

/** What the form asks for, as it asks, by parts with their headings. */
export const cardParts = (table: MetadataTable = METADATA): { title: string; entries: NamedMetadatum[] }[] =>
  Object.entries(METADATA_SECTIONS)
    .filter(([section]) => section !== 'given')
    .map(([section, title]) => ({
      title,
      entries: Object.entries(table).flatMap(([name, one]): NamedMetadatum[] =>
        one.section === section ? [[name, asAsked(one)]] : [],
      ),
    }));

/** What is stated now, as a form. */
export const bodyOf = (product: AnyProduct, table: MetadataTable = METADATA): FormBody =>
  Object.fromEntries(
    asked(table).map(([name, metadatum]) => [name, filledIn(metadatum, statedIn(product, name, metadatum))]),
  );

/** The statements that differ from what is kept. Fixed ones are left out where they can not change. */
export function patchOf(
  body: FormBody,
  product: AnyProduct,
  inWork: boolean,
  table: MetadataTable = METADATA,
): ProductPatch {
  const before = bodyOf(product, table);
  const patch: Record<string, unknown> = {};
  const card: Record<string, unknown> = {};
  for (const [name, metadatum] of asked(table)) {
    if (metadatum.fixed && !inWork) continue;
    const value = valueIn(metadatum, name, body);
    if (JSON.stringify(value) === JSON.stringify(valueIn(metadatum, name, before))) continue;
    (metadatum.in === 'card' ? card : patch)[name] = value;
  }
  return { ...patch, ...(Object.keys(card).length > 0 && { card }) };
}

const asked = (table: MetadataTable): NamedMetadatum[] => cardParts(table).flatMap(({ entries }) => entries);

/** A column that always holds yes or no holds no while nobody says yes. */
function valueIn(metadatum: Metadatum, name: string, body: FormBody): unknown {
  const value = valueOf(metadatum, name, body);
  return metadatum.kind === 'yesNo' && value === '' ? false : value;
}
