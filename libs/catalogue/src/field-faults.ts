import { type InputFault, quoted } from '#lib/kernel';
import { planFaults } from '#lib/sources';
import { CLASS_RANK } from './field-classes';
import { maskOf } from './field-input';
import type { FieldInput } from './field-statements';
import type { FieldRow } from './product-version.entity';

/** What can not be said of a field of this version: `class_below_scan` where the lower class only lacks its reason. */
export function fieldFaults(field: FieldInput, held: readonly FieldRow[], at: number): InputFault[] {
  const row = held.find(({ name }) => name === field.name);
  if (!row)
    return [
      {
        pointer: `/${at}/name`,
        code: 'field_unknown',
        detail: `Das Feld ${quoted(field.name)} gibt es in diesem Datenstand nicht.`,
      },
    ];
  const masks = [field.mask, ...(field.generalisations ?? []).map(maskOf)].filter((mask) => mask != null);
  const unfit = masks
    .flatMap((mask) => planFaults({ objectKey: '', format: 'csv', columns: [{ name: row.name, mask }] }, [row]))
    .filter(({ code }) => code === 'mask_not_applicable')
    .map(({ code, detail }) => ({ pointer: `/${at}/mask`, code, detail }));
  const higher = (field.generalisations ?? []).flatMap((one, i) =>
    one.class && CLASS_RANK[one.class] > CLASS_RANK[field.class]
      ? [
          {
            pointer: `/${at}/generalisations/${i}/class`,
            code: 'class_above_field',
            detail: `Feld ${quoted(row.name)}: Eine Vergröberung darf nicht schutzwürdiger sein als das Feld selbst.`,
          },
        ]
      : [],
  );
  const below = CLASS_RANK[field.class] < CLASS_RANK[row.suggestedClass] && !field.reason;
  const why = `Feld ${quoted(row.name)}: ${row.suggestedBecause ?? ''}. Bitte begründen Sie die niedrigere Klasse.`;
  return [...unfit, ...higher, ...(below ? [{ pointer: `/${at}/class`, code: 'class_below_scan', detail: why }] : [])];
}
