import type { Generalisation } from '#lib/catalogue';
import { maskOf } from '#lib/catalogue';
import { type InputFault, quoted } from '#lib/kernel';
import { FIELD_CLASS, type FieldClass } from '#lib/policy';
import type { Mask } from '#lib/sources';
import { sameText } from './form-check';

/** A field asked for in a coarser form than it is stored in. */
export interface CoarserField {
  field: string;
  /** one of the forms the product declares for the field */
  mask: Mask;
}

/** What has to be known of a field to coarsen it. */
export interface Coarsenable {
  name: string;
  class: string;
  generalisations?: readonly Generalisation[];
}

/** The declared form a mask stands for; null when the product declares none like it for the field. */
export function declaredForm(field: Coarsenable, mask: Mask): Generalisation | null {
  const wanted = sameText(maskOf(mask));
  return field.generalisations?.find((one) => sameText(maskOf(one)) === wanted) ?? null;
}

/** Only forms the product declares, each for a field that is asked for, none twice. */
export function checkCoarser(
  coarser: readonly CoarserField[] | undefined,
  asked: readonly string[],
  held: readonly Coarsenable[],
): InputFault[] {
  return (coarser ?? []).flatMap(({ field: name, mask }, at): InputFault[] => {
    const fault = (code: string, detail: string) => [{ pointer: `/coarser/${at}`, code, detail }];
    const field = held.find((one) => one.name === name);
    if (!field || !asked.includes(name))
      return fault('field_not_asked', `Das Feld ${quoted(name)} ist nicht angefragt.`);
    if (coarser!.findIndex((one) => one.field === name) !== at)
      return fault('field_twice', `Für das Feld ${quoted(name)} ist zweimal eine Vergröberung genannt.`);
    return declaredForm(field, mask)
      ? []
      : fault('form_not_declared', `Für das Feld ${quoted(name)} bietet das Datenprodukt diese Vergröberung nicht an.`);
  });
}

/** The class a field has as it is asked for; what nobody declared lowers nothing. */
export function classAsked(
  field: Coarsenable,
  coarser: readonly CoarserField[] | undefined,
): { class: FieldClass; coarse?: true } {
  const asked = coarser?.find((one) => one.field === field.name);
  const form = asked ? declaredForm(field, asked.mask) : null;
  const own = field.class as FieldClass;
  return form
    ? { class: FIELD_CLASS.includes(form.class ?? own) ? (form.class ?? own) : own, coarse: true }
    : { class: own };
}

/** `nur das Jahr`, `gerundet auf 10`; the words of the product where it gives some. */
export const formInWords = (form: Generalisation): string => form.name ?? maskInWords(maskOf(form));

/** What a mask leaves of a field, in words that fit after its name. */
export function maskInWords(mask: Mask): string {
  switch (mask.kind) {
    case 'drop':
      return 'wird nicht geliefert';
    case 'null':
      return 'wird leer geliefert';
    case 'redact':
      return `wird durch ${quoted(mask.with)} ersetzt`;
    case 'year':
      return 'nur das Jahr';
    case 'round':
      return `gerundet auf ${mask.to}`;
    case 'grid':
      return `Lage im Raster von ${mask.metres} m`;
    case 'pseudonym':
      return 'durch ein Pseudonym ersetzt';
  }
}
