import type { UnitChangeView } from '#lib/organisation';
import type { PartName, Touched, UnitChangePreview } from './unit-change-preview.view';

/** What follows from a change and does not keep it from being confirmed, in sentences. */
export function hintsOf({ kind }: UnitChangeView, sources: UnitChangePreview['sources']): string[] {
  const hints: string[] = [];
  const sum = (part: PartName, wanted: (one: Touched) => boolean): number =>
    sources.flatMap((source) => source[part].items).filter(wanted).length;
  const say = (count: number, one: string, many: string): void =>
    void (count > 0 && hints.push(count === 1 ? one : `${count} ${many}`));
  if (kind === 'RENAME') return ['Nur der Name ändert sich. Der alte Name wird weiter gefunden.'];
  const own =
    sum('agreements', ({ becomesOwn }) => becomesOwn === true) +
    sum('requests', ({ becomesOwn }) => becomesOwn === true);
  say(
    own,
    'Ein Antrag oder eine Vereinbarung besteht danach innerhalb derselben Stelle und wird neu entschieden.',
    'Anträge und Vereinbarungen bestehen danach innerhalb derselben Stelle und werden neu entschieden.',
  );
  if (kind === 'DISSOLVE')
    say(
      sum('agreements', ({ toUnitId }) => toUnitId === null),
      'Eine Vereinbarung ruht, weil eine Seite wegfällt.',
      'Vereinbarungen ruhen, weil eine Seite wegfällt.',
    );
  if (kind === 'SPLIT')
    say(
      sum('contracts', () => true),
      'Ein eingetragener Vertrag bindet danach niemanden. Bitte schließen Sie ihn neu.',
      'eingetragene Verträge binden danach niemanden. Bitte schließen Sie sie neu.',
    );
  if (kind === 'SPLIT' || kind === 'DISSOLVE')
    say(
      sum('duties', () => true),
      'Eine Pflichtaufgabe hat danach niemand mehr. Die Geschäftsstelle trägt sie bei einer anderen Stelle neu ein.',
      'Pflichtaufgaben hat danach niemand mehr. Die Geschäftsstelle trägt sie bei anderen Stellen neu ein.',
    );
  if (kind !== 'MOVE') {
    say(
      sum('appointments', () => true),
      'Eine Rolle endet mit der Stelle.',
      'Rollen enden mit der Stelle.',
    );
    say(
      sum('machineClients', ({ toUnitId }) => toUnitId === null),
      'Eine Anwendung wird abgeschaltet.',
      'Anwendungen werden abgeschaltet.',
    );
  }
  return hints;
}
