import type { Field, FieldInput } from '#lib/catalogue';
import type { FieldClass } from '#lib/policy';
import type { ColumnType, Mask } from '#lib/sources';
import { type FormBody, given, one } from '../../layout/form-body';
import type { Option } from '../../layout/forms';
import { maskText } from '../../layout/words';

const NUMERIC: readonly ColumnType[] = ['INTEGER', 'DECIMAL'];
const TIMES: readonly ColumnType[] = ['DATE', 'TIMESTAMP'];

/** Masks worth offering for a field. The chosen one stays on offer, whatever it is. */
export function masksFor(type: ColumnType, productId: string, chosen: Mask | null): Option[] {
  const masks: Mask[] = [
    { kind: 'drop' },
    { kind: 'null' },
    ...(type === 'TEXT' ? ([{ kind: 'redact', with: '***' }] as Mask[]) : []),
    ...(TIMES.includes(type) ? ([{ kind: 'year' }] as Mask[]) : []),
    ...(NUMERIC.includes(type) ? ([{ kind: 'round', to: 10 }, { kind: 'round', to: 100 }, { kind: 'round', to: 1000 }, { kind: 'grid', metres: 100 }, { kind: 'grid', metres: 1000 }] as Mask[]) : []),
    { kind: 'pseudonym', keyRef: `produkt-${productId}` },
  ];
  const values = masks.map((mask) => JSON.stringify(mask));
  if (chosen && !values.includes(JSON.stringify(chosen))) masks.unshift(chosen);
  return masks.map((mask) => ({ value: JSON.stringify(mask), text: maskText(mask) }));
}

export const maskValue = (mask: Mask | null): string => (mask ? JSON.stringify(mask) : '');

/** What somebody said of the fields of a version, in their order. */
export function fieldsOf(body: FormBody, fields: readonly Pick<Field, 'name' | 'generalisations'>[]): FieldInput[] {
  return fields.map(({ name, generalisations }, at) => ({
    name,
    class: one(body, `class-${at}`) as FieldClass,
    meaning: one(body, `meaning-${at}`),
    unit: given(body, `unit-${at}`) ?? null,
    mask: maskOf(one(body, `mask-${at}`)),
    reason: given(body, `reason-${at}`) ?? null,
    generalisations: [...generalisations],
  }));
}

/** The options carry their mask as JSON; what is no mask the use case refuses. */
function maskOf(text: string): Mask | null {
  if (text === '') return null;
  try {
    return JSON.parse(text) as Mask;
  } catch {
    return { kind: 'redact', with: '' };
  }
}

/** `/3/meaning` is the field `meaning-3` of our form. */
export const fieldPointer = (pointer: string): string => pointer.replace(/^\/(\d+)\/([a-z]+)(?:\/.*)?$/, '/$2-$1');
