import type { z } from 'zod';
import { Engine } from '../engine/engine';
import { setAside } from '../engine/set-aside';
import { type FactModel, MODEL } from '../facts/fact-model';
import type { Codes } from '../facts/lists';
import { canonical } from './canonical';
import { checkOwnerSteps } from './check-owner-steps';
import { checkLabels, checkWords } from './check-words';
import { type Nameable, readCondition } from './conditions';
import * as schema from './law.schema';
import { readMatrix } from './matrix';
import { parsed, readRules, readVariants } from './read-rules';
import { type Capabilities, type Fault, Ruleset, RulesetFault, type Source } from './ruleset';
import { type ChainParts, withChainSteps } from './variants';

/**
 * Reads and compiles a law book. Throws RulesetFault naming every fault: unknown facts, values, roles, purposes, legal
 * bases, obligations and chains, obligations without enforcer, duplicate ids, empty sets. `model`: the facts it may ask.
 * `hash` turns the canonical text into the ruleset's name (this stage has no crypto of its own).
 */
export function readRuleset(
  sources: readonly Source[],
  capabilities: Capabilities,
  hash: (text: string) => string,
  model: FactModel = MODEL,
): Ruleset {
  const faults: Fault[] = [];
  const report = (file: string, id: string | null, text: string) => void faults.push({ file, id, text });
  const stop = () => {
    if (faults.length > 0)
      throw new RulesetFault(faults.sort((a, b) => (`${a.file} ${a.id}` < `${b.file} ${b.id}` ? -1 : 1)));
  };
  const file = <T>(name: string, shape: z.ZodType<T>): T | null => {
    const found = sources.filter((source) => source.file === name);
    if (found.length !== 1)
      return report(name, null, found.length === 0 ? 'die Datei fehlt' : 'die Datei steht doppelt da') ?? null;
    return parsed(shape, found[0]!.content, (text, id) => report(name, id, text));
  };
  const roles = file('roles.yaml', schema.rolesSchema);
  const vocabulary = file('vocabulary.yaml', schema.vocabularySchema);
  const purposes = file('purposes.yaml', schema.purposesSchema);
  const legalBases = file('legal-bases.yaml', schema.legalBasesSchema);
  const approvals = file('approvals.yaml', schema.approvalsSchema);
  const obligations = file('obligations.yaml', schema.obligationsSchema);
  const matrix = file('matrix.yaml', schema.matrixSchema);
  const rules = readRules(sources, report);
  if (rules.length === 0) report('rules', null, 'es gibt keine Regel');
  // without their lists nothing below could be judged
  if (!roles || !vocabulary || !purposes || !legalBases || !approvals || !obligations || !matrix) {
    stop();
    throw new RulesetFault([{ file: 'rules', id: null, text: 'das Regelwerk ist unvollständig' }]);
  }

  const distinct = (name: string, ids: readonly string[]) => {
    ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => report(name, id, 'steht doppelt da'));
    return new Set(ids);
  };
  const codesIn = (name: string, list: readonly { code: string }[]) =>
    distinct(
      name,
      list.map(({ code }) => code),
    );
  const codes: Codes = {
    purposes: codesIn('purposes.yaml', purposes.purposes),
    legalBases: codesIn('legal-bases.yaml', legalBases.legalBases),
    evidence: codesIn('vocabulary.yaml', vocabulary.evidence),
    changeGrounds: codesIn('vocabulary.yaml', vocabulary.changeGrounds),
    themes: codesIn('vocabulary.yaml', vocabulary.themes),
  };
  const known: Nameable = { paths: model.paths, codes };
  checkWords(obligations, report);
  for (const { code, legalBases: suggested } of purposes.purposes) {
    for (const basis of suggested)
      if (!codes.legalBases.has(basis)) report('purposes.yaml', code, `die Rechtsgrundlage \`${basis}\` gibt es nicht`);
  }

  const roleCodes = codesIn('roles.yaml', roles.roles);
  const stepIds = distinct(
    'approvals.yaml',
    approvals.steps.map(({ id }) => id),
  );
  for (const { id, role, roleAt = {}, replaces } of approvals.steps) {
    for (const code of [role, ...Object.values(roleAt)])
      if (!roleCodes.has(code)) report('approvals.yaml', id, `die Rolle \`${code}\` gibt es nicht`);
    if (replaces && !stepIds.has(replaces)) report('approvals.yaml', id, `den Schritt \`${replaces}\` gibt es nicht`);
  }
  checkOwnerSteps(approvals, roles, report);
  const chainIds = distinct(
    'approvals.yaml',
    approvals.chains.map(({ id }) => id),
  );
  const chains = new Map<string, ChainParts>();
  for (const { id, steps } of approvals.chains) {
    const always = steps.flatMap((item) => (typeof item === 'string' ? [item] : []));
    const sometimes = steps.flatMap((item) =>
      typeof item === 'string'
        ? []
        : [{ step: item.step, when: readCondition(item.when, known, (text) => report('approvals.yaml', id, text)) }],
    );
    for (const step of [...always, ...sometimes.map(({ step }) => step)]) {
      if (!stepIds.has(step)) report('approvals.yaml', id, `den Schritt \`${step}\` gibt es nicht`);
    }
    chains.set(id, { always, sometimes });
  }

  distinct(
    'obligations.yaml',
    obligations.obligations.map(({ id }) => id),
  );
  const texts = new Map(obligations.obligations.map((text) => [text.id, text]));
  const cells = readMatrix({
    matrix,
    known,
    chains: chainIds,
    steps: stepIds,
    obligations: texts,
    report: (id, text) => report('matrix.yaml', id, text),
  });
  distinct(
    'matrix.yaml',
    cells.cells.map(({ id }) => id),
  );
  distinct(
    'rules',
    rules.map(({ id }) => id),
  );
  const variants = setAside(
    rules,
    [
      ...cells.variants,
      ...rules.flatMap((rule) =>
        readVariants(rule, known, chainIds, stepIds, texts, (text) => report(rule.file, rule.id, text)),
      ),
    ],
    (rule, text) => report(rule.file, rule.id, text),
  );
  // a rule whose obligation nobody keeps cannot come into force
  for (const variant of variants) {
    for (const { id } of variant.obligations) {
      const enforcer = texts.get(id)?.enforcer;
      if (enforcer && !capabilities.enforcers.includes(enforcer))
        report(
          'rules',
          variant.id,
          `die Auflage \`${id}\` setzt niemand um: den Teil \`${enforcer}\` hat das Programm nicht`,
        );
    }
  }
  const compiled = variants.flatMap((variant) => withChainSteps(variant, chains));
  checkLabels(
    vocabulary,
    model,
    compiled.map(({ when }) => when),
    report,
  );
  stop();

  const content = {
    vocabulary,
    purposes,
    legalBases,
    approvals,
    obligations,
    matrix,
    rules: rules.map(({ file: _, ...rule }) => rule),
  };
  const digest = hash(canonical(content));
  const engine = new Engine(compiled, {
    hash: digest,
    steps: approvals.steps,
    built: new Set(capabilities.steps ?? stepIds),
    obligations: texts,
    limits: obligations,
    codes,
    model,
  });
  return new Ruleset(
    digest,
    rules,
    cells.cells,
    purposes.purposes,
    legalBases.legalBases,
    obligations.obligations,
    approvals.steps,
    approvals.chains,
    vocabulary,
    engine,
  );
}
