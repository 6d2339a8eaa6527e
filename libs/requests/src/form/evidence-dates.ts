import type { InputFault } from '#lib/kernel';
import type { PartialRequestForm } from './request-form';

/** Permits whose end is the end of the use: SGB X § 75(4) makes the Land authority name it. */
const NAMES_ITS_END: readonly string[] = ['GENEHMIGUNG_LANDESBEHOERDE'];

type Shown = Pick<PartialRequestForm, 'evidence' | 'attachments'>;

/** Last day on which evidence of this kind can be shown, `2026-12-31`; null while a document of the kind has no end, or none is dated. */
export function lastDayOf(kind: string, { attachments = [] }: Shown): string | null {
  const days = attachments.filter((one) => one.kind === kind).map(({ validUntil }) => validUntil ?? null);
  return days.length === 0 || days.includes(null) ? null : (days as string[]).sort().at(-1)!;
}

/** Kinds of evidence that hold on a day of Wiesbaden. What has expired counts as not there. */
export const holding = (form: Shown, today: string): string[] =>
  (form.evidence ?? []).filter((kind) => (lastDayOf(kind, form) ?? today) >= today);

/** A use that would outlive its evidence, and a permit that does not say when it ends. */
export function evidenceFaults(form: Shown & { until: string }): InputFault[] {
  return (form.evidence ?? []).flatMap((kind): InputFault[] => {
    const last = lastDayOf(kind, form);
    if (last === null && NAMES_ITS_END.includes(kind)) {
      return [
        {
          pointer: '/attachments',
          code: 'evidence_end_missing',
          detail: 'Bitte nennen Sie die Genehmigung als Anlage und bis wann sie gilt.',
        },
      ];
    }
    if (last === null || form.until <= last) return [];
    return [
      {
        pointer: '/until',
        code: 'beyond_evidence',
        detail: `Ein Nachweis gilt nur bis ${last.split('-').reverse().join('.')}. Länger ist die Nutzung nicht möglich.`,
      },
    ];
  });
}
