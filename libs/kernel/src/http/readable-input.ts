import { kernelProblems } from '../kernel.problems';
import type { InputFault } from '../problem';

const DEPTH = 32;
const MEMBERS = 100_000;
const LONELY_OR_NUL = /\0|\p{Surrogate}/u;

const escaped = (step: string): string =>
  step.toWellFormed().replaceAll('\0', '\u{FFFD}').slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * Looks through what a call has sent (query, body) before anything else does, without recursion.
 * Nested too deeply, too many members, or a member that reaches into a prototype: `request_malformed` (400). A text
 * with NUL or half a character, which no database keeps, or a number that is not the one that was sent:
 * `validation_failed` (422) with its place.
 */
export function readable<T>(input: T): T {
  const errors: InputFault[] = [];
  const open: { value: unknown; at: string; depth: number }[] = [{ value: input, at: '', depth: 0 }];
  let members = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, at, depth } = next;
    if (typeof value === 'string' && LONELY_OR_NUL.test(value)) {
      errors.push({
        pointer: at,
        code: 'unreadable_text',
        detail: 'Der Text enthält Zeichen, die sich nicht speichern lassen.',
      });
    } else if (
      typeof value === 'number' &&
      (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    ) {
      errors.push({ pointer: at, code: 'number_too_large', detail: 'Die Zahl ist zu groß.' });
    } else if (typeof value === 'object' && value !== null && !Buffer.isBuffer(value)) {
      if (depth >= DEPTH)
        throw kernelProblems.request_malformed({ detail: `Die Eingabe ist tiefer als ${DEPTH} Ebenen geschachtelt.` });
      for (const [key, member] of Object.entries(value)) {
        if ((members += 1) > MEMBERS)
          throw kernelProblems.request_malformed({ detail: `Die Eingabe hat mehr als ${MEMBERS} Angaben.` });
        if (
          key === '__proto__' ||
          (key === 'constructor' && typeof member === 'object' && member !== null && Object.hasOwn(member, 'prototype'))
        ) {
          throw kernelProblems.request_malformed({ detail: 'Die Eingabe hat einen Namen, der nicht erlaubt ist.' });
        }
        const place = `${at}/${escaped(key)}`;
        if (LONELY_OR_NUL.test(key))
          errors.push({
            pointer: place,
            code: 'unreadable_text',
            detail: 'Der Name enthält Zeichen, die sich nicht speichern lassen.',
          });
        open.push({ value: member, at: place, depth: depth + 1 });
      }
    }
  }
  if (errors.length > 0) throw kernelProblems.validation_failed({ errors: errors.slice(0, 100) });
  return input;
}
