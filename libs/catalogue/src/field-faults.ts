import { type InputFault, quoted } from '#lib/kernel';
import { type Mask, planFaults, stricterMask } from '#lib/sources';
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
  const crossing = crossingSteps(masks).map(([a, b]) => ({
    pointer: `/${at}/generalisations`,
    code: 'steps_crossing',
    detail: `Feld ${quoted(row.name)}: Die Stufen ${a} und ${b} ergeben zusammen eine feinere. Jede muss aus ganzen Schritten der nächst feineren bestehen, beim Runden aus einer ungeraden Zahl davon.`,
  }));
  const below = CLASS_RANK[field.class] < CLASS_RANK[row.suggestedClass] && !field.reason;
  const why = `Feld ${quoted(row.name)}: ${row.suggestedBecause ?? ''}. Bitte begründen Sie die niedrigere Klasse.`;
  return [
    ...unfit,
    ...higher,
    ...crossing,
    ...(below ? [{ pointer: `/${at}/class`, code: 'class_below_scan', detail: why }] : []),
  ];
}

/** Steps of one kind, two by two, whose edges cross: who has the field in both knows it finer than either says. */
const crossingSteps = (masks: readonly Mask[]): [number, number][] =>
  masks.flatMap((a, i) =>
    masks.slice(i + 1).flatMap((b): [number, number][] => {
      const [one, other] = [stepOf(a), stepOf(b)];
      const compared = one !== null && other !== null && a.kind === b.kind;
      return compared && stricterMask(a, b).kind === 'drop' ? [[one, other]] : [];
    }),
  );
const stepOf = (mask: Mask): number | null =>
  mask.kind === 'grid' ? mask.metres : mask.kind === 'round' ? mask.to : null;
