import type { z } from 'zod';
import type { Reason } from '../engine/decision';
import { type Nameable, readCondition, type ReportFault } from './conditions';
import type { Effects, ObligationText } from './law.schema';
import * as schema from './law.schema';
import { readBinding } from './obligations';
import type { Rule, Source } from './ruleset';
import type { Variant } from './variants';

export function readRules(sources: readonly Source[], report: ReportFault): Rule[] {
  return sources
    .filter(({ file }) => file.startsWith('rules/'))
    .flatMap(({ file, content }) => {
      const chapter = parsed(schema.rulesFileSchema, content, (text, id) => report(file, id, text));
      return (chapter?.rules ?? []).flatMap((entry) => {
        const id = typeof entry === 'object' && entry !== null && 'id' in entry ? String(entry.id) : null;
        const rule = parsed(schema.ruleSchema, entry, (text) => report(file, id, text));
        return rule ? [{ ...rule, chapter: chapter!.chapter, file }] : [];
      });
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

const KIND_OF = { permit: 'PERMIT', approve: 'REQUIRE', oblige: 'REQUIRE', forbid: 'FORBID', note: 'NOTE' } as const;

export function readVariants(
  rule: Rule,
  known: Nameable,
  chains: ReadonlySet<string>,
  steps: ReadonlySet<string>,
  obligations: ReadonlyMap<string, ObligationText>,
  report: (text: string) => void,
): Variant[] {
  if (rule.mark === 'U' && !rule.note) report('eine Regel mit dem Vermerk U muss in `note` sagen, was umstritten ist');
  const { variants = [{}], ...base } = rule;
  return (variants as Effects[]).map((own): Variant => {
    const effect = own.effect ?? base.effect;
    const { chain = base.chain, requires = base.requires ?? [], obligations: bound = base.obligations ?? [] } = own;
    const conditions = [base.when, own.when].filter((when) => when !== undefined);
    if (conditions.length === 0) report('es fehlt eine Bedingung (`when`)');
    if (!effect) report('es fehlt eine Wirkung (`effect`)');
    if (effect === 'approve' && !chain && requires.length === 0)
      report('eine Freigabe braucht eine Kette oder einen Schritt (`chain`, `requires`)');
    if (effect && effect !== 'approve' && (own.chain ?? own.requires))
      report(`\`${effect}\` nimmt keine Kette und keinen Schritt`);
    if (effect === 'oblige' && bound.length === 0) report('es fehlt eine Auflage (`obligations`)');
    if ((effect === 'forbid' || effect === 'note') && own.obligations) report(`\`${effect}\` nimmt keine Auflagen`);
    if (chain && !chains.has(chain)) report(`die Kette \`${chain}\` gibt es nicht`);
    for (const step of requires) if (!steps.has(step)) report(`den Schritt \`${step}\` gibt es nicht`);
    const code = own.code ?? base.code;
    const reason: Reason = {
      rule: rule.id,
      text: own.because ?? base.because,
      source: base.source,
      mark: base.mark,
      ...(base.note && { note: base.note }),
      ...(code && { code }),
    };
    const binds = effect !== 'forbid' && effect !== 'note';
    return {
      id: rule.id,
      kind: effect ? KIND_OF[effect] : 'NOTE',
      when: { all: conditions.map((when) => readCondition(when, known, report)) },
      chains: chain && effect === 'approve' ? [chain] : [],
      steps: effect === 'approve' ? requires : [],
      obligations: binds ? bound.map((item) => readBinding(item, obligations, report)) : [],
      reason,
    };
  });
}

export function parsed<T>(
  shape: z.ZodType<T>,
  content: unknown,
  report: (text: string, id: string | null) => void,
): T | null {
  const result = shape.safeParse(content);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const path = issue.path.map(String).join('.');
    report(`${path ? `\`${path}\`: ` : ''}${issue.message}`, null);
  }
  return null;
}
