import { emptyOf, type FormField } from '#lib/kernel';
import { all, type FormBody, given, one, ticked, wholeNumber } from './form-body';

export const YES = 'ja';
export const NO = 'nein';

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
    case 'manyOf':
      return all(body, name);
    case 'lines':
      return one(body, name)
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);
    case 'line':
    case 'text':
    case 'date':
    case 'oneOf':
      return given(body, name) === undefined ? emptyOf(field) : one(body, name);
    case 'widget':
      throw new Error(`the widget \`${name}\` reads itself`);
  }
}

/** A value as somebody would have filled it in. */
export function filledIn(field: FormField, value: unknown): string | string[] {
  switch (field.kind) {
    case 'tick':
      return value === true ? YES : '';
    case 'yesNo':
      return typeof value === 'boolean' ? (value ? YES : NO) : '';
    case 'manyOf':
      return Array.isArray(value) ? value.map(String) : [];
    case 'lines':
      return Array.isArray(value) ? value.join('\n') : '';
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
