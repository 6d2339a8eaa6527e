import type { LabelList, Ruleset } from '#lib/policy';
import { type AnyForm, type Names, type RequestField, type RequestFieldTable, valueIn } from './request-field';

/** What a filled-in form says, statement by statement, in the order of its table. */
export function whatWasAskedFor(
  fields: RequestFieldTable,
  form: AnyForm,
  names: Names,
): [label: string, words: string][] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const words = [inWords(name, field, form, names)].flat().filter((one) => one !== null && one !== '');
    const told = words.length === 0 && field.unsaid !== undefined && !tellsNothing(field) ? [field.unsaid] : words;
    return told.map((one): [string, string] => [calledAs(field), one!]);
  });
}
const tellsNothing = (field: RequestField): boolean => field.section === 'given';

/** One statement of a form in words; what was not said reads as its entry says. */
export function statementInWords(fields: RequestFieldTable, name: string, form: AnyForm, names: Names): string {
  const field = fields[name]!;
  const words = [inWords(name, field, form, names)].flat().filter((one) => one !== null && one !== '');
  return words.length > 0 ? words.join('; ') : (field.unsaid ?? 'nichts gesagt');
}

/** What a field is called where it is read. */
export const calledAs = (field: Pick<RequestField, 'said' | 'label'>): string => field.said ?? field.label;

/** What an agreement takes from the form as it is. */
export interface FormClause {
  /** section of the agreement it stands under */
  under: string;
  /** what it answers */
  about: string;
  words: string;
  /** somebody's own words, no choice, day or number */
  own: boolean;
}

/** What the agreement takes from the form as it is, statement by statement. */
export function clausesOf(fields: RequestFieldTable, form: AnyForm, names: Names): FormClause[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const { binds, clause = { under: 'Weitere Angaben', about: undefined } } = field;
    if (!binds.includes('term') || clause === 'narrowed') return [];
    // a no that a rule relied on is a statement as well
    const declined = field.in === 'declarations' && field.kind === 'tick' && valueIn(form, name, field) === false;
    const said = declined ? 'nein' : inWords(name, field, form, names);
    const words = [said].flat().filter((one) => one !== null && one !== '');
    const about = (clause.about ?? calledAs(field)).replace(/[?.]$/, '');
    return words.map((one) => ({ under: clause.under, about, words: one!, own: WRITTEN.includes(field.kind) }));
  });
}

/** Kinds of fields that hold what somebody wrote. */
const WRITTEN: readonly RequestField['kind'][] = ['line', 'text', 'lines', 'widget'];

/** Null when nothing was said, or when another field tells it. */
function inWords(name: string, field: RequestField, form: AnyForm, names: Names): string | readonly string[] | null {
  if (field.words) return field.words(form as never, names);
  const value = valueIn(form, name, field);
  if (value === undefined || value === null || value === '') return null;
  const { choices } = field;
  const named = (one: unknown): string =>
    typeof choices === 'object' ? (choices[String(one)] ?? String(one)) : names(choices ?? name, String(one));
  switch (field.kind) {
    case 'tick':
      return value === true ? 'ja' : null;
    case 'yesNo':
      return value === true ? 'ja' : 'nein';
    case 'oneOf':
      return named(value);
    case 'manyOf':
      return (value as unknown[]).map(named).join(', ');
    case 'lines':
      return (value as string[]).join(', ');
    case 'date':
      return String(value).split('-').reverse().join('.');
    case 'number':
      return [String(value).replace('.', ','), field.unit].filter(Boolean).join(' ');
    case 'line':
    case 'text':
      return String(value);
    case 'widget':
      throw new Error(`the widget \`${name}\` needs words of its own`);
  }
}

/** Words for the codes and ids of a form: by a law book, and the names of units, documents and duties. */
export const namesOf =
  (ruleset: Pick<Ruleset, 'purposes' | 'legalBases' | 'label'>, units: ReadonlyMap<string, string>): Names =>
  (list, code) => {
    switch (list) {
      case 'ownUnits':
      case 'otherUnits':
        return units.get(code) ?? 'unbekannte Stelle';
      case 'duties':
        return units.get(code) ?? code;
      case 'evidenceFiles':
        return units.get(code) ?? 'Dokument';
      case 'purposes':
      case 'legalBases':
        return ruleset[list].find((one) => one.code === code)?.name ?? code;
      default:
        return ruleset.label(list as LabelList, code);
    }
  };
