import { emptyOf, type FormField } from '#lib/kernel';
import { all, type FormBody, given, one, ticked, wholeNumber } from './form-body';

export const YES = 'ja';
export const NO = 'nein';
/** The choice „none of them“ of a list where that is a statement. */
export const NONE = '-';

/**
 * What somebody filled in, as the schema of the field takes it. Nothing is checked here: a number that is none stays
 * one that no schema takes, a required text that is empty stays empty. Not for widgets, which read themselves.
 */
export function valueOf(field: FormField, name: string, body: FormBody): unknown {
  switch (field.kind) {
    case 'number':
      return wholeNumber(body, name) ?? emptyOf(field);
    case 'tick':
      return ticked(body, name);
    case 'yesNo':
      return { [YES]: true, [NO]: false }[one(body, name)] ?? emptyOf(field);
    case 'manyOf': {
      const chosen = all(body, name);
      return field.none !== undefined && chosen.includes(NONE) ? [] : listOf(field, chosen);
    }
    case 'lines': {
      const lines = one(body, name)
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);
      return lines.length === 1 && lines[0]!.toLowerCase() === field.none ? [] : listOf(field, lines);
    }
    case 'line':
    case 'text':
    case 'date':
    case 'oneOf':
      return given(body, name) === undefined ? emptyOf(field) : one(body, name);
    case 'widget':
      throw new Error(`the widget \`${name}\` reads itself`);
  }
}

/** Nothing named is „not stated“ where the field knows that. */
const listOf = (field: FormField, named: string[]): string[] | null =>
  named.length === 0 && emptyOf(field) === null ? null : named;

/** A value as somebody would have filled it in. */
export function filledIn(field: FormField, value: unknown): string | string[] {
  switch (field.kind) {
    case 'tick':
      return value === true ? YES : '';
    case 'yesNo':
      return typeof value === 'boolean' ? (value ? YES : NO) : '';
    case 'manyOf':
      if (!Array.isArray(value)) return [];
      return value.length === 0 && field.none !== undefined ? [NONE] : value.map(String);
    case 'lines':
      if (!Array.isArray(value)) return '';
      return value.length === 0 && field.none !== undefined ? field.none : value.join('\n');
    case 'line':
    case 'text':
    case 'date':
    case 'number':
    case 'oneOf':
      return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    case 'widget':
      throw new Error('a widget fills itself in');
  }
}
