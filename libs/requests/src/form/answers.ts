import type { InputFault } from '#lib/kernel';
import type { Consumer, Facts } from '#lib/policy';
import {
  type AboutProduct,
  type AnyForm,
  type RequestField,
  type RequestFieldTable,
  valueIn,
  type YesNoFact,
} from './request-field';

/** The answer as the rules see it: what was said, else yes where it must be said. */
export function answerOf(
  name: string,
  field: Pick<RequestField, 'in' | 'must'>,
  form: AnyForm,
  product: AboutProduct,
  consumer: Consumer,
): boolean {
  const said = valueIn(form, name, field);
  return typeof said === 'boolean' ? said : (field.must?.(product, consumer) ?? false);
}

/** One fault for each field of this product that must be answered and is not. */
export function unanswered(
  fields: RequestFieldTable,
  form: AnyForm,
  product: AboutProduct,
  consumer: Consumer,
): InputFault[] {
  return Object.entries(fields)
    .filter(([name, field]) => field.must?.(product, consumer) && isOpen(valueIn(form, name, field)))
    .map(([name, field]) => ({
      pointer: `/${field.in ? `${field.in}/` : ''}${name}`,
      code: 'missing',
      detail: `Bitte beantworten Sie: ${field.label}`,
    }));
}
const isOpen = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Paths of the facts that fields of a table give as they were answered. */
export type StatedFact<T extends RequestFieldTable> = Extract<T[keyof T], { fact: string }>['fact'];
/** Facts without those: what is gathered elsewhere. */
export type GatheredFacts<Stated extends string> = {
  [K in keyof Facts as K extends Stated ? never : K]: [Extract<Stated, `${K & string}.${string}`>] extends [never]
    ? Facts[K]
    : { [M in keyof Facts[K] as `${K & string}.${M & string}` extends Stated ? never : M]: Facts[K][M] };
};

/** The facts that yes-or-no fields give, by their path. */
export function statedFacts(
  fields: RequestFieldTable,
  form: AnyForm,
  product: AboutProduct,
  consumer: Consumer,
): Map<YesNoFact, boolean> {
  return new Map(
    Object.entries(fields).flatMap(([name, field]) =>
      field.fact ? [[field.fact, answerOf(name, field, form, product, consumer)] as const] : [],
    ),
  );
}

/** The facts with what was stated put in its place. */
export function withStated<T extends object>(gathered: T, stated: ReadonlyMap<string, boolean>): T {
  const facts: Record<string, unknown> = { ...(gathered as Record<string, unknown>) };
  for (const [path, value] of stated) {
    const [group, member] = path.split('.') as [string, string?];
    facts[group] = member ? { ...(facts[group] as object | undefined), [member]: value } : value;
  }
  return facts as T;
}

/** Everything asked with yes or no answered with no: the plainest request one can make. */
export const plainestAnswers = (fields: RequestFieldTable): Record<string, false> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, { kind, in: home }]) => kind === 'yesNo' && home === 'declarations')
      .map(([name]) => [name, false]),
  );

/** Clear texts of people, which go beside the event of a form and can be erased there. */
export const clearTexts = (fields: RequestFieldTable, form: AnyForm): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]): [string, string][] => {
      const value = valueIn(form, name, field);
      return field.erasable && typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }),
  );
