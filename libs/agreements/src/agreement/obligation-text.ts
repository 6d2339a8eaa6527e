import type { Obligation, ObligationText } from '#lib/policy';

/** Enforcers of `obligations.yaml` that are this stage's: the recipient promises in the agreement, whose text says it. */
export const AGREEMENT_ENFORCERS: readonly string[] = ['agreements.terms'];

const CONTRACT_STATUS: Readonly<Record<string, string>> = {
  VALID: 'liegt vor',
  MISSING: 'fehlt noch',
  EXPIRED: 'abgelaufen',
};

/** `Löschen nach Frist (90 Tage): Die Daten müssen nach der Frist gelöscht werden.` */
export function obligationText({ id, params }: Obligation, text: ObligationText | undefined): string {
  const values = Object.entries(params).map(([name, value]) => {
    const unit = text?.params?.find((param) => param.name === name)?.unit;
    const words = [value]
      .flat()
      .map((one) => CONTRACT_STATUS[String(one)] ?? String(one))
      .join(', ');
    return unit && typeof value === 'number' ? `${words} ${unit}` : words;
  });
  return `${text?.name ?? id}${values.length > 0 ? ` (${values.join('; ')})` : ''}${text ? `: ${text.meaning}` : ''}`;
}
