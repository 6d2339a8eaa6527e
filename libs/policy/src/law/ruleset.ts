// Above the usual size on purpose: reading the law book is one procedure, and every check stands where its file is read.
import type { z } from 'zod';
import { canonical } from './canonical';
import { type Codes, readCondition } from './conditions';
import type { Reason } from '../engine/decision';
import { Engine } from '../engine/engine';
import * as facts from '../facts/facts';
import type { FieldClass } from '../facts/facts';
import * as schema from './law.schema';
import type { Effects, LegalBasis, ObligationText, Purpose, RuleText, StepText } from './law.schema';
import { type Cell, readMatrix } from './matrix';
import { readBinding } from './obligations';
import { setAside } from '../engine/set-aside';
import { type ChainParts, type Variant, withChainSteps } from './variants';
import { COLUMN_OR_NONE, EMERGENCY, RETENTION, VOCABULARY } from '../facts/vocabulary';

/** One file of the law book, parsed. `file` is its path inside the folder, e.g. `rules/general.yaml`. */
export interface Source {
  file: string;
  content: unknown;
}

/** What the program can do today: the approval steps that are built, and the parts that keep obligations. */
export interface Capabilities {
  steps: readonly string[];
  enforcers: readonly string[];
}

export interface Fault {
  file: string;
  /** rule, cell or entry; null when the fault is the file's */
  id: string | null;
  text: string;
}

/** The law book cannot be used. All faults at once. */
export class RulesetFault extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super(
      `the ruleset has ${faults.length} fault(s):\n${faults.map(({ file, id, text }) => `- ${file}${id ? ` ${id}` : ''}: ${text}`).join('\n')}`,
    );
    this.name = 'RulesetFault';
  }
}

/** A rule as people read it. */
export interface Rule extends RuleText {
  chapter: string;
  file: string;
}

export type LabelList = keyof typeof ENUMS | 'evidence' | 'changeGrounds' | 'themes';

/** Enumerations whose values must have a German name. */
const ENUMS = {
  openness: facts.OPENNESS,
  personalRef: facts.PERSONAL_REF,
  secrecy: facts.SECRECY,
  consumer: COLUMN_OR_NONE,
  provider: facts.PROVIDER,
  purposeRel: facts.PURPOSE_REL,
  form: facts.FORM,
  level: facts.LEVEL,
  fieldClass: facts.FIELD_CLASS,
  phase: facts.PHASE,
  danger: facts.DANGER,
  emergency: EMERGENCY,
  contract: facts.CONTRACT,
  contractKind: facts.CONTRACT_KIND,
  review: facts.REVIEW,
  task: facts.TASK,
  retention: RETENTION,
  outcome: ['PERMIT', 'PERMIT_OBL', 'APPROVAL', 'FORBID'],
  enforcement: ['ENFORCED', 'CHECKED', 'PROMISED'],
  mark: ['V', 'K', 'U', 'D'],
} as const;

/** The law book in force or in draft: readable by people, asked by `decide` and `explain`. Immutable. */
export class Ruleset {
  constructor(
    /** of the content, not of the bytes: order of files and entries, comments and layout mean nothing */
    readonly hash: string,
    readonly rules: readonly Rule[],
    readonly cells: readonly Cell[],
    readonly purposes: readonly Purpose[],
    readonly legalBases: readonly LegalBasis[],
    readonly obligations: readonly ObligationText[],
    readonly steps: readonly StepText[],
    readonly chains: schema.Approvals['chains'],
    readonly vocabulary: schema.Vocabulary,
    /** @internal */
    readonly engine: Engine,
  ) {}

  /** Field classes a purpose needs. An unknown purpose needs none but plain data. */
  neededClasses(purpose: string | null): readonly FieldClass[] {
    return this.purposes.find(({ code }) => code === purpose)?.needs ?? ['NONE'];
  }

  /** Codes worth offering for a purpose. */
  suggestedLegalBases(purpose: string | null): readonly string[] {
    return this.purposes.find(({ code }) => code === purpose)?.legalBases ?? [];
  }

  /** The German name of a value; the value itself where there is none. */
  label(list: LabelList, value: string): string {
    if (list === 'evidence' || list === 'changeGrounds' || list === 'themes') {
      return this.vocabulary[list].find(({ code }) => code === value)?.name ?? value;
    }
    return this.vocabulary.labels[list]?.[value] ?? value;
  }

  obligation(id: string): ObligationText | undefined {
    return this.obligations.find((text) => text.id === id);
  }
}

/**
 * Reads and compiles a law book. Throws RulesetFault naming every fault: unknown facts, values, roles, purposes, legal
 * bases, obligations and chains, obligations without enforcer, duplicate ids, empty sets.
 * `hash` turns the canonical text into the ruleset's name (this stage has no crypto of its own).
 */
export function readRuleset(
  sources: readonly Source[],
  capabilities: Capabilities,
  hash: (text: string) => string,
): Ruleset {
  const faults: Fault[] = [];
  const report = (file: string, id: string | null, text: string) => void faults.push({ file, id, text });
  const stop = () => {
    if (faults.length > 0)
      throw new RulesetFault(faults.sort((a, b) => (`${a.file} ${a.id}` < `${b.file} ${b.id}` ? -1 : 1)));
  };
  const file = <T>(name: string, shape: z.ZodType<T>): T | null => {
    const found = sources.filter((source) => source.file === name);
    if (found.length !== 1) return report(name, null, found.length === 0 ? 'is missing' : 'is there twice') ?? null;
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
  if (rules.length === 0) report('rules', null, 'there is no rule');
  // without their lists nothing below could be judged
  if (!roles || !vocabulary || !purposes || !legalBases || !approvals || !obligations || !matrix) {
    stop();
    throw new RulesetFault([{ file: 'rules', id: null, text: 'incomplete' }]);
  }

  const distinct = (name: string, ids: readonly string[]) => {
    ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => report(name, id, 'is there twice'));
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
  checkLabels(vocabulary, report);
  checkWords(obligations, report);
  for (const { code, legalBases: suggested } of purposes.purposes) {
    for (const basis of suggested)
      if (!codes.legalBases.has(basis)) report('purposes.yaml', code, `unknown legal basis \`${basis}\``);
  }

  const roleCodes = codesIn('roles.yaml', roles.roles);
  const stepIds = distinct(
    'approvals.yaml',
    approvals.steps.map(({ id }) => id),
  );
  for (const { id, role, roleAt = {}, replaces } of approvals.steps) {
    for (const code of [role, ...Object.values(roleAt)])
      if (!roleCodes.has(code)) report('approvals.yaml', id, `unknown role \`${code}\``);
    if (replaces && !stepIds.has(replaces)) report('approvals.yaml', id, `unknown step \`${replaces}\``);
  }
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
        : [{ step: item.step, when: readCondition(item.when, codes, (text) => report('approvals.yaml', id, text)) }],
    );
    for (const step of [...always, ...sometimes.map(({ step }) => step)]) {
      if (!stepIds.has(step)) report('approvals.yaml', id, `unknown step \`${step}\``);
    }
    chains.set(id, { always, sometimes });
  }

  distinct(
    'obligations.yaml',
    obligations.obligations.map(({ id }) => id),
  );
  const known = new Map(obligations.obligations.map((text) => [text.id, text]));
  const cells = readMatrix({
    matrix,
    codes,
    chains: chainIds,
    steps: stepIds,
    obligations: known,
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
        readVariants(rule, codes, chainIds, stepIds, known, (text) => report(rule.file, rule.id, text)),
      ),
    ],
    (rule, text) => report(rule.file, rule.id, text),
  );
  // a rule whose obligation nobody keeps cannot come into force
  for (const variant of variants) {
    for (const { id } of variant.obligations) {
      const enforcer = known.get(id)?.enforcer;
      if (enforcer && !capabilities.enforcers.includes(enforcer))
        report('rules', variant.id, `nobody keeps \`${id}\`: there is no enforcer \`${enforcer}\``);
    }
  }
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
  const engine = new Engine(
    variants.flatMap((variant) => withChainSteps(variant, chains)),
    {
      hash: digest,
      steps: approvals.steps,
      built: new Set(capabilities.steps),
      obligations: known,
      limits: obligations,
      codes: codes,
    },
  );
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

function readRules(
  sources: readonly Source[],
  report: (file: string, id: string | null, text: string) => void,
): Rule[] {
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

function readVariants(
  rule: Rule,
  codes: Codes,
  chains: ReadonlySet<string>,
  steps: ReadonlySet<string>,
  obligations: ReadonlyMap<string, ObligationText>,
  report: (text: string) => void,
): Variant[] {
  if (rule.mark === 'U' && !rule.note) report('a rule marked U says in `note` what is contested');
  const { variants = [{}], ...base } = rule;
  return (variants as Effects[]).map((own): Variant => {
    const effect = own.effect ?? base.effect;
    const { chain = base.chain, requires = base.requires ?? [], obligations: bound = base.obligations ?? [] } = own;
    const conditions = [base.when, own.when].filter((when) => when !== undefined);
    if (conditions.length === 0) report('needs a condition (`when`)');
    if (!effect) report('needs an effect');
    if (effect === 'approve' && !chain && requires.length === 0)
      report('an approval needs a chain or a step (`chain`, `requires`)');
    if (effect !== 'approve' && (own.chain ?? own.requires)) report(`\`${effect}\` takes no chain`);
    if (effect === 'oblige' && bound.length === 0) report('needs an obligation');
    if ((effect === 'forbid' || effect === 'note') && own.obligations) report(`\`${effect}\` takes no obligations`);
    if (chain && !chains.has(chain)) report(`unknown chain \`${chain}\``);
    for (const step of requires) if (!steps.has(step)) report(`unknown step \`${step}\``);
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
      when: { all: conditions.map((when) => readCondition(when, codes, report)) },
      chains: chain && effect === 'approve' ? [chain] : [],
      steps: effect === 'approve' ? requires : [],
      obligations: binds ? bound.map((item) => readBinding(item, obligations, report)) : [],
      reason,
    };
  });
}

function checkLabels(vocabulary: schema.Vocabulary, report: (file: string, id: string | null, text: string) => void) {
  for (const [list, values] of Object.entries(ENUMS)) {
    const labels = vocabulary.labels[list] ?? {};
    for (const value of values)
      if (!Object.hasOwn(labels, value)) report('vocabulary.yaml', list, `\`${value}\` has no German name`);
    for (const value of Object.keys(labels))
      if (!(values as readonly string[]).includes(value)) report('vocabulary.yaml', list, `unknown value \`${value}\``);
  }
  for (const list of Object.keys(vocabulary.labels))
    if (!Object.hasOwn(ENUMS, list)) report('vocabulary.yaml', list, 'no such list');
  for (const path of Object.keys(VOCABULARY))
    if (!Object.hasOwn(vocabulary.facts, path)) report('vocabulary.yaml', path, 'has no meaning in German');
  for (const path of Object.keys(vocabulary.facts))
    if (!Object.hasOwn(VOCABULARY, path)) report('vocabulary.yaml', path, 'unknown fact');
}

/** A parameter that is one of a list of words shows people its German name. */
function checkWords(
  { obligations }: schema.Obligations,
  report: (file: string, id: string | null, text: string) => void,
) {
  for (const { id, params = [] } of obligations) {
    for (const { order = [], beside = [], words = {} } of params) {
      for (const word of [...order, ...beside])
        if (!Object.hasOwn(words, word)) report('obligations.yaml', id, `\`${word}\` has no German name`);
      for (const word of Object.keys(words))
        if (![...order, ...beside].includes(word)) report('obligations.yaml', id, `unknown value \`${word}\``);
    }
  }
}

function parsed<T>(shape: z.ZodType<T>, content: unknown, report: (text: string, id: string | null) => void): T | null {
  const result = shape.safeParse(content);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const path = issue.path.map(String).join('.');
    report(`${path ? `\`${path}\`: ` : ''}${issue.message}`, null);
  }
  return null;
}
