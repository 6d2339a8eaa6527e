import { canonicalJson } from '#lib/kernel';
import type { PrinciplesText, Ruleset } from '#lib/policy';

type Content = Pick<Ruleset, 'content'>;

/** A principle that a law book has and another changes or leaves out. */
export interface ChangedPrinciple {
  id: string;
  before: string[];
  after: string[];
}

/** What stands for what is assumed of all facts: fewer facts, less proved. */
const ASSUMED = 'Annahmen';

export const principlesOf = ({ content }: Content): PrinciplesText | undefined =>
  content.principles as PrinciplesText | undefined;

/** The principles of a law book that another changes in any word or leaves out. New ones take nothing away. */
export function changedPrinciples(before: Content, after: Content): ChangedPrinciple[] {
  const [old, now] = [entries(before), entries(after)];
  return [...old].flatMap(([id, was]): ChangedPrinciple[] => {
    const is = now.get(id);
    if (is && canonicalJson(is.entry) === canonicalJson(was.entry)) return [];
    return [{ id, before: was.told, after: is?.told ?? [] }];
  });
}

/** What a reason says of one principle: the line that begins with its name. Null: nothing worth reading. */
export function reasonFor(id: string, reason: string): string | null {
  const line = reason.split(/\r?\n/).find((one) => one.trimStart().startsWith(`${id}:`));
  const said =
    line
      ?.trimStart()
      .slice(id.length + 1)
      .trim() ?? '';
  return said.length >= 10 ? said : null;
}

function entries(law: Content): Map<string, { entry: unknown; told: string[] }> {
  const text = principlesOf(law);
  if (!text) return new Map();
  const all = text.principles.map((one): [string, { entry: unknown; told: string[] }] => [
    one.id,
    { entry: one, told: [one.sentence, ...(one.except ?? []).map(({ because }) => `Ausnahme: ${because}`)] },
  ]);
  const { assume } = text;
  return new Map([...all, [ASSUMED, { entry: assume, told: assume.map(({ because }) => because) }]]);
}
