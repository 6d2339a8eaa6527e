import type { Rule, Ruleset } from '#lib/policy';

/** What a parameter that is worked out from the request stands for. */
const COMPUTED: Record<string, string> = {
  $masked: 'die Felder, die Personen nennen oder besonders geschützt sind',
  $needed: 'die Felder, die der Zweck braucht',
  $retention: 'die beantragte Frist, höchstens die erlaubte',
  $minGroup: 'so viele, wie die datenverantwortliche Stelle festlegt,',
  $licence: 'die Lizenz des Datenprodukts',
  $licenceUntil: 'der letzte Tag, an dem Rechte Dritter es erlauben',
  $contract: '',
  $onward: 'die genannten Empfänger',
  $profile: 'das Profil für die anfragende Stelle',
};

/** An obligation as a rule or the matrix binds it: `Löschen nach Frist (90 Tage)`. */
export function bindingInWords(ruleset: Ruleset, binding: NonNullable<Rule['obligations']>[number]): string {
  if (typeof binding === 'string') return ruleset.obligation(binding)?.name ?? binding;
  const [[id, given]] = Object.entries(binding) as [[string, unknown]];
  const text = ruleset.obligation(id);
  const first = text?.params?.[0]?.name ?? '';
  const values =
    typeof given === 'object' && given !== null && !Array.isArray(given)
      ? (given as Record<string, unknown>)
      : { [first]: given };
  const words = (text?.params ?? [])
    .flatMap(({ name, unit, words: names = {} }) =>
      [values[name]]
        .flat()
        .filter((value) => value !== undefined)
        .map(
          (value) => COMPUTED[String(value)] ?? names[String(value)] ?? [String(value), unit].filter(Boolean).join(' '),
        ),
    )
    .filter(Boolean);
  return `${text?.name ?? id}${words.length > 0 ? ` (${words.join(', ')})` : ''}`;
}
