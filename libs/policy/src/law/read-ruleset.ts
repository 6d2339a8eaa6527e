import type { z } from 'zod';
import type { CompiledRules } from '../engine/conclusion';
import { Engine } from '../engine/engine';
import { setAside } from '../engine/set-aside';
import { type FactModel, MODEL } from '../facts/fact-model';
import type { Codes, Form } from '../facts/lists';
import { canonical } from './canonical';
import { checkOwnerSteps } from './check-owner-steps';
import { carryingLaw, checkCarries } from './carrying-law';
import { checkLabels, checkWords } from './check-words';
import { type Nameable, readCondition } from './conditions';
import * as schema from './law.schema';
import {
  basisDesks,
  checkCarried,
  checkEvidence,
  codesLookedAt,
  kindsOf,
  onlyLookedAt,
  purposeDesks,
  withDesks,
} from './evidence';
import { instrumentsSchema, readInstruments } from './instruments';
import { INSTRUMENTS_OF_BEFORE, withLicenceOfBefore, withSeatsOfBefore } from './law-of-before';
import type { Purpose } from './law.schema';
import { readMatrix } from './matrix';
import { parsed, readRules, readVariants } from './read-rules';
import { checkRoles, RoleCatalogue, rolesSchema } from './roles';
import { type Capabilities, type Fault, Ruleset, RulesetFault, type Source } from './ruleset';
import { BASIS_DOCUMENT, DESKS, PRIVILEGED, STANDING, standingRefusals } from './standing-refusals';
import { type ChainParts, withChainSteps } from './variants';

const INSTRUMENTS = 'instruments.yaml';

/**
 * Reads and compiles a law book. Throws RulesetFault naming every fault: unknown facts, values, roles, purposes, legal
 * bases, obligations and chains, duplicate ids, empty sets. What the program can not carry out loads, and is refused when
 * it is decided. `model`: the facts it may ask. `hash` turns the canonical text into the ruleset's name (this stage has no crypto of its own).
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
  const file = <T>(
    name: string,
    shape: z.ZodType<T>,
    asMeant: (content: unknown) => unknown = (content) => content,
  ): T | null => {
    const found = sources.filter((source) => source.file === name);
    if (found.length !== 1)
      return report(name, null, found.length === 0 ? 'die Datei fehlt' : 'die Datei steht doppelt da') ?? null;
    return parsed(shape, asMeant(found[0]!.content), (text, id) => report(name, id, text));
  };
  const roles = file('roles.yaml', rolesSchema, withSeatsOfBefore);
  const vocabulary = file('vocabulary.yaml', schema.vocabularySchema);
  const purposes = file('purposes.yaml', schema.purposesSchema);
  const legalBases = file('legal-bases.yaml', schema.legalBasesSchema);
  const approvals = file('approvals.yaml', schema.approvalsSchema);
  const bound = file('obligations.yaml', schema.obligationsSchema);
  const matrix = file('matrix.yaml', schema.matrixSchema);
  // a book from before instruments were law means what the program held then, and is called what it was called
  const ofBefore = !sources.some(({ file: name }) => name === INSTRUMENTS);
  const given = ofBefore ? INSTRUMENTS_OF_BEFORE : file(INSTRUMENTS, instrumentsSchema);
  const obligations = bound && ofBefore ? withLicenceOfBefore(bound) : bound;
  const rules = readRules(sources, report);
  if (rules.length === 0) report('rules', null, 'es gibt keine Regel');
  // without their lists nothing below could be judged
  if (!roles || !vocabulary || !purposes || !legalBases || !approvals || !obligations || !matrix || !given) {
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

  checkCarries(legalBases, codes, (id, text) => report('legal-bases.yaml', id, text));
  checkRoles(roles, (id, text) => report('roles.yaml', id, text));
  const roleCodes = new Set<string>(roles.roles.map(({ code }) => code));
  const stepIds = distinct(
    'approvals.yaml',
    approvals.steps.map(({ id }) => id),
  );
  for (const { id, role, roleAt = {}, replaces } of approvals.steps) {
    for (const code of [role, ...Object.values(roleAt)])
      if (!roleCodes.has(code)) report('approvals.yaml', id, `die Rolle \`${code}\` gibt es nicht`);
    if (replaces && !stepIds.has(replaces)) report('approvals.yaml', id, `den Schritt \`${replaces}\` gibt es nicht`);
  }
  const instruments = readInstruments(given, codes, (id, text) => report(INSTRUMENTS, id, text));
  checkOwnerSteps(approvals, roles.roles, report);
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
  checkCarried(vocabulary, known, (code, text) => report('vocabulary.yaml', code, text));
  checkEvidence(vocabulary, variants, approvals, report);
  const kinds = kindsOf(vocabulary);
  const asked = capabilities.standing ?? STANDING;
  const desks = [
    ...(asked.includes(PRIVILEGED) ? purposeDesks(purposes.purposes, kinds) : []),
    ...(asked.includes(BASIS_DOCUMENT) ? basisDesks(legalBases.legalBases, kinds) : []),
  ];
  const usingAi = marked(purposes.purposes, 'usesAi', ['KI_TRAINING', 'KI_AUSWERTUNG', 'KI_ASSISTENZ']);
  const lookedAt = asked.includes(DESKS) ? onlyLookedAt(variants, kinds) : variants;
  const compiled = [...withDesks(lookedAt, kinds), ...desks].flatMap((variant) => withChainSteps(variant, chains));
  checkLabels(
    vocabulary,
    model,
    [...compiled.map(({ when }) => when), ...(ofBefore ? [] : instruments.conditions)],
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
    roles,
    instruments: given,
  };
  const { roles: _roles, instruments: _instruments, ...named } = content;
  const digest = hash(canonical(ofBefore ? { ...named, obligations: bound } : content));
  const standing = standingRefusals(lookedAt, asked, usingAi);
  const engine = new Engine([...compiled, ...standing], {
    hash: digest,
    steps: approvals.steps,
    built: new Set(capabilities.steps ?? stepIds),
    carries: carriesOf(capabilities),
    basisName: (code) => {
      const { name, norm } = legalBases.legalBases.find((basis) => basis.code === code)!;
      return `„${name}“ (${norm})`;
    },
    formName: (form) => vocabulary.labels.form?.[form] ?? form,
    obligations: texts,
    limits: obligations,
    codes: {
      ...codes,
      publications: marked(purposes.purposes, 'publication', ['OPEN_DATA']),
      duties: marked(purposes.purposes, 'duty', ['PFLICHTAUFGABE']),
      usingAi,
      lookedAt: asked.includes(DESKS) ? codesLookedAt(kinds) : codes.evidence,
      carrying: carryingLaw(legalBases),
    },
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
    new RoleCatalogue(roles),
    instruments,
    content,
    engine,
  );
}

function carriesOf({ enforcers, forms }: Capabilities): CompiledRules['carries'] {
  const [parts, shapes] = [enforcers && new Set(enforcers), forms && new Set<Form>(forms)];
  return {
    enforcer: (name) => !parts || parts.has(name),
    form: (form) => !shapes || shapes.has(form),
  };
}

/** Purposes with a mark. A book that is older than the mark had these. */
function marked(
  purposes: readonly Purpose[],
  mark: 'publication' | 'duty' | 'usesAi',
  ofBefore: readonly string[],
): ReadonlySet<string> {
  const said = purposes.filter((purpose) => purpose[mark]).map(({ code }) => code);
  return new Set(said.length > 0 ? said : ofBefore);
}
