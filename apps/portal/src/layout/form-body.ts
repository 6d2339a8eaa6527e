import { createHash } from 'node:crypto';
import type { Actor } from '#lib/organisation';

/** A form as it came: a field that stands once is a text, one that stands several times a list. */
export type FormBody = Record<string, string | string[] | undefined>;

/** One value; the first where somebody sent several. Windows line ends become plain ones. */
export function one(body: FormBody, name: string): string {
  const value = body[name];
  return ((Array.isArray(value) ? value[0] : value) ?? '').replaceAll('\r\n', '\n');
}

/** The value, or undefined when nothing was filled in. */
export const given = (body: FormBody, name: string): string | undefined => one(body, name).trim() || undefined;

export const all = (body: FormBody, name: string): string[] =>
  [body[name] ?? []].flat().filter((value) => value !== '');

export const ticked = (body: FormBody, name: string): boolean => one(body, name) !== '';

/** A whole number, the text itself when it is none (so that the schema can say what is wrong), undefined when empty. */
export function wholeNumber(body: FormBody, name: string): number | undefined {
  const text = given(body, name);
  if (text === undefined) return undefined;
  return /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

/** The number of the state the form was read with; 0, which is older than anything, where the form has none. */
export const revisionOf = (body: FormBody): number => wholeNumber(body, 'revision') ?? 0;

/** Hidden field that names this act, so that sending a form twice has one effect and the same answer. */
export const ONCE_FIELD = '_operation';

/** The actor with the key of this form, which the transaction of the use case keeps with its answer. */
export function once(actor: Actor, url: string, body: FormBody): Actor {
  const key = one(body, ONCE_FIELD);
  if (!/^[\w-]{20,64}$/.test(key)) return actor;
  const { _csrf: _, ...said } = body;
  const fingerprint = createHash('sha256')
    .update(`POST\n${url}\n${JSON.stringify(Object.entries(said).sort())}`)
    .digest('hex');
  return { ...actor, acting: { ...actor.acting, idempotency: { key: `portal:${key}`, fingerprint } } };
}
