import type { Ruleset } from '../law/ruleset';
import type { Burden } from './burden';
import type { Change } from './changes';

/** What an applicant reads of a suggestion; names nothing but what the applicant wrote or may choose. */
export function sentence(ruleset: Ruleset, changes: readonly Change[], before: Burden, [level, days]: Burden): string {
  const chain = `${days} ${days === 1 ? 'Arbeitstag' : 'Arbeitstage'}`;
  const begin =
    level === 0
      ? 'So ginge es sofort'
      : before[0] === 2
        ? `So wäre es mit Genehmigung möglich (höchstens ${chain})`
        : `So wäre die Prüfung kürzer (höchstens ${chain})`;
  return `${begin}: ${changes.map((change) => inWords(ruleset, change)).join(', ')}.`;
}

const quoted = (names: readonly string[]): string => {
  const all = names.map((name) => `„${name}“`);
  return all.length === 1 ? all[0]! : `${all.slice(0, -1).join(', ')} und ${all.at(-1)!}`;
};
function inWords(ruleset: Ruleset, change: Change): string {
  const basis = (code: string): string => quoted([ruleset.legalBases.find((one) => one.code === code)?.name ?? code]);
  switch (change.kind) {
    case 'DROP_FIELDS':
      return `ohne ${change.fields.length === 1 ? 'das Feld' : 'die Felder'} ${quoted(change.fields)}`;
    case 'COARSEN_FIELDS':
      return `mit gröberen Angaben: ${change.fields.map(({ name, text }) => `${quoted([name])} (${text})`).join(', ')}`;
    case 'FORM':
      return `in der Form ${quoted([ruleset.label('form', change.form)])}`;
    case 'RETENTION':
      return `mit Löschung nach spätestens ${change.days} Tagen`;
    case 'PERIOD':
      return `für höchstens ${change.months} Monate`;
    case 'DAYS':
      return `für höchstens ${change.days} ${change.days === 1 ? 'Tag' : 'Tage'}`;
    case 'GROUND':
      return `mit einem Grund für die Zweckänderung, zum Beispiel ${quoted([ruleset.label('changeGrounds', change.code)])}, wenn er bei Ihnen zutrifft`;
    case 'ADD_EVIDENCE':
      return `mit dem Nachweis ${quoted([ruleset.label('evidence', change.code)])}, wenn Sie ihn vorlegen können`;
    case 'RECIPIENT':
      return `wenn Ihre Stelle ${quoted([change.name])} den Antrag stellt`;
    case 'NOT_INSIST':
      return 'ohne auf Feldern zu bestehen, die der Zweck nicht braucht';
    case 'NO_ONWARD':
      return 'ohne Weitergabe an andere Stellen';
    case 'NO_PROCESSOR':
      return 'ohne Auftragsverarbeiter';
    case 'NOT':
      return withdrawnInWords(ruleset, change.what);
    case 'ADD_BASIS':
      return `gestützt auf ${basis(change.code)}, wenn diese Rechtsgrundlage bei Ihnen zutrifft`;
    case 'DROP_BASIS':
      return `ohne die Rechtsgrundlage ${basis(change.code)}`;
    case 'PRODUCT':
      return `mit dem zusammengefassten Datenprodukt ${quoted([change.title])}`;
  }
}

function withdrawnInWords({ vocabulary, engine }: Ruleset, path: string): string {
  const asked = engine.law.model.withdrawable.find((one) => one.path === path)?.asked ?? path;
  return vocabulary.withdrawn?.[path] ?? `ohne ${quoted([vocabulary.facts[asked] ?? path])}`;
}
