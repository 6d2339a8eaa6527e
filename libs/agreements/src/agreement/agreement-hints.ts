import { quoted } from '#lib/kernel';
import { conditionsOf } from '#lib/requests';
import type { Terms } from './agreement.entity';

/** What agreements of before say that holds no longer; both sides read it with the agreement. */
export function hintsOf({ masks, rows }: Pick<Terms, 'masks' | 'rows'>): string[] {
  const hints: string[] = [];
  // a mask that names a key is of before: since then keys are derived, and the pseudonyms are others
  if (Object.values(masks).some((mask) => mask.kind === 'pseudonym' && 'keyRef' in mask))
    hints.push(
      'Die Pseudonyme dieser Vereinbarung haben sich einmal geändert: Seit der Umstellung gelten sie nur noch hier. Mit früheren Lieferungen lassen sie sich nicht verbinden.',
    );
  const told = (rows ? conditionsOf(rows) : []).map(({ condition }) => condition.column).filter((name) => masks[name]);
  if (told.length > 0)
    hints.push(
      `Es wird nichts geliefert, weil Zeilen nach ${[...new Set(told)].map(quoted).join(' und ')} ausgewählt werden: Das Feld kommt gröber oder verdeckt, und die Auswahl verriete seinen Wert. Bitte stellen Sie einen neuen Antrag ohne diese Bedingung.`,
    );
  return hints;
}
