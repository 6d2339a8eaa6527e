import type { EvaluatedFacts, KnownCodes } from '../facts/derived-facts';
import type { FactModel } from '../facts/fact-model';
import { FORM, type Form } from '../facts/lists';
import { mergeChains } from '../law/chains';
import { wantsBasis } from './missing-basis';
import type { Chain, Decision, Obligation, Reason } from './decision';
import type { ObligationText, StepText } from '../law/law.schema';
import { type Binding, type Computed, computedKey, fill, type Limits } from '../law/obligations';
import type { Variant } from '../law/variants';

/** What the law book says beside its variants. */
export interface CompiledRules {
  hash: string;
  steps: readonly StepText[];
  /** ids of steps that the program can carry out */
  built: ReadonlySet<string>;
  /** whether the program can carry out what an obligation or a form asks for */
  carries: { enforcer(name: string): boolean; form(form: Form): boolean };
  formName(form: Form): string;
  /** `Aufgabe einer öffentlichen Stelle (HDSIG § 3)` */
  basisName(code: string): string;
  obligations: ReadonlyMap<string, ObligationText>;
  limits: Limits;
  codes: KnownCodes;
  model: FactModel;
}

const MOST_FILLED = 1_000;

/** What follows from one set of matching variants, one kind of provider and one form, whatever the other facts: worked out once. */
export interface Conclusion {
  outcome: Decision['outcome'];
  rules: string[];
  because: Reason[];
  /** a refusal because no named basis carries it: the reasons go on with those that would */
  wantsBasis: boolean;
  chain: Chain | null;
  /** obligations without computed parameters, ready; the others as bindings */
  obligations: readonly { text: ObligationText; bindings: readonly Binding[] }[];
  /** computed parameters in use; the obligations of each combination of their values are kept */
  computed: readonly Computed['from'][];
  filled: Map<string, Obligation[]> | null;
  /** the obligations when nothing is computed */
  fixed: Obligation[];
}

/** What follows from the matching variants. Of the evaluated only what all such facts share is looked at. */
export function conclude(all: readonly Variant[], law: CompiledRules, evaluated: EvaluatedFacts): Conclusion {
  const variants = all.filter(({ kind }) => kind !== 'NOTE');
  const notes = all.filter(({ kind }) => kind === 'NOTE').map(({ reason }) => reason);
  const forbids = variants.filter(({ kind }) => kind === 'FORBID');
  if (variants.length === 0) return refusal([UNCLASSIFIED], notes);
  if (forbids.length > 0)
    return refusal(
      forbids.map(({ reason }) => reason),
      notes,
    );
  // while an emergency access runs nobody is waited for: the chain is set aside, the obligations are not (R-EMG-01)
  const wanted = new Set(evaluated.calc.emergency === 'RUNNING' ? [] : variants.flatMap(({ steps }) => steps));
  const missing = law.steps.filter(({ id }) => wanted.has(id) && !law.built.has(id));
  if (missing.length > 0) {
    const causes = variants.filter(({ steps }) => steps.some((step) => missing.some(({ id }) => id === step)));
    return refusal(
      [...causes.map(({ reason }) => reason), ...missing.map((step) => notAvailable(step, causes[0]!.id))],
      notes,
    );
  }
  const obligations = bound(variants, law);
  const unkept = obligations
    .filter(({ text }) => !law.carries.enforcer(text.enforcer))
    .flatMap(({ text }) => {
      const causes = variants.filter((one) => one.obligations.some(({ id }) => id === text.id));
      return [...causes.map(({ reason }) => reason), notEnforceable(text, causes[0]!.id)];
    });
  if (!law.carries.form(evaluated.form)) unkept.push(notDelivered(evaluated.form, law));
  if (unkept.length > 0) return refusal(unkept, notes);
  const chain =
    wanted.size === 0
      ? null
      : mergeChains(
          variants.flatMap(({ chains }) => chains),
          wanted,
          law.steps,
          evaluated.product.provider,
        );
  const { openness } = evaluated.product;
  const asking = obligations.filter(({ text }) => openness === null || !text.asksNothingOn?.includes(openness));
  const outcome = chain ? 'APPROVAL' : asking.length > 0 ? 'PERMIT_OBL' : 'PERMIT';
  const computed = obligations.flatMap(({ bindings }) =>
    bindings.flatMap(({ params }) =>
      params.flatMap(({ value }) => (typeof value === 'object' && 'from' in value ? [value.from] : [])),
    ),
  );
  return {
    outcome,
    rules: idsOf(variants.map(({ reason }) => reason)),
    because: reasonsOf([...variants.map(({ reason }) => reason), ...notes]),
    wantsBasis: false,
    chain: chain && deepFreeze(chain),
    obligations,
    computed: [...new Set(computed)].sort(),
    filled: computed.length > 0 ? new Map() : null,
    fixed: computed.length > 0 ? [] : fillAll(obligations, law, evaluated),
  };
}

function bound(variants: readonly Variant[], law: CompiledRules): { text: ObligationText; bindings: Binding[] }[] {
  const byId = new Map<string, Binding[]>();
  for (const { obligations } of variants) {
    for (const binding of obligations) byId.set(binding.id, [...(byId.get(binding.id) ?? []), binding]);
  }
  return [...byId]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, bindings]) => ({ text: law.obligations.get(id)!, bindings }));
}

/** The obligations of a conclusion for these facts. */
export function obligationsOf(conclusion: Conclusion, law: CompiledRules, evaluated: EvaluatedFacts): Obligation[] {
  const { filled } = conclusion;
  if (filled === null) return conclusion.fixed;
  const key = computedKey(conclusion.computed, evaluated, law.limits);
  let list = filled.get(key);
  if (!list) {
    list = fillAll(conclusion.obligations, law, evaluated);
    if (filled.size >= MOST_FILLED) filled.clear();
    filled.set(key, list);
  }
  return list;
}

function fillAll(obligations: Conclusion['obligations'], law: CompiledRules, evaluated: EvaluatedFacts): Obligation[] {
  return deepFreeze(obligations.map(({ text, bindings }) => fill(bindings, text, evaluated, law.limits)));
}

/** Nothing speaks for it, so it is not allowed (default deny). */
export const UNCLASSIFIED: Reason = {
  rule: 'UNCLASSIFIED',
  text: 'Keine Regel erlaubt diesen Austausch. Was nicht erlaubt ist, ist nicht zulässig.',
  source: 'Rollenkonzept §2.1',
  mark: 'D',
  code: 'unclassified',
};

/** Cited for what the law allows in a form that the program can not deliver. */
export const FORM_NOT_BUILT = 'FORM';

function notDelivered(form: Form, { carries, formName }: CompiledRules): Reason {
  const others = FORM.filter((one) => carries.form(one)).map((one) => `„${formName(one)}“`);
  return {
    rule: FORM_NOT_BUILT,
    text: `In der Form „${formName(form)}“ kann das Programm noch nichts liefern. ${
      others.length > 0
        ? `Umsetzbar ist zurzeit: ${others.join(', ')}. Ob das Regelwerk eine dieser Formen hier erlaubt, zeigt die Vorprüfung.`
        : 'Auch keine andere Form ist zurzeit umsetzbar.'
    }`,
    source: 'Stand des Programms',
    mark: 'D',
    code: 'not_enforceable_yet',
  };
}

function notEnforceable({ name, source }: ObligationText, rule: string): Reason {
  return {
    rule,
    text: `Verlangt ist die Auflage „${name}“. Das Programm kann sie noch nicht umsetzen, deshalb wird nichts freigegeben, was von ihr abhängt. Möglich ist nur eine Anfrage, die diese Auflage nicht braucht; die Vorprüfung zeigt, ob es so einen Weg gibt.`,
    source,
    mark: 'D',
    code: 'not_enforceable_yet',
  };
}

function notAvailable(step: StepText, rule: string): Reason {
  return {
    rule,
    text: `Für die Freigabe fehlt der Schritt „${step.name}“. Er ist noch nicht eingerichtet. Ohne ihn wird nicht freigegeben.`,
    source: step.source,
    mark: 'D',
    code: 'chain_not_available',
  };
}

const NONE = Object.freeze([]) as unknown as Obligation[];

/**
 * The refusal of an exchange whose obligations leave no field that could be delivered (Art. 5(1)(c) GDPR), or whose rows
 * are chosen by a field that tells of people and that the obligations mask or leave out; else null. Facts that do not say
 * which fields can be masked are of a decision from before this was looked at.
 */
export function undeliverable(
  { rules, because }: Conclusion,
  obligations: readonly Obligation[],
  fields: EvaluatedFacts['fields'],
): Pick<Decision, 'outcome' | 'rules' | 'because' | 'obligations' | 'chain'> | null {
  if (fields.length === 0 || fields[0]!.maskable === undefined) return null;
  const named = (id: string) => obligations.find((one) => one.id === id)?.params.fields;
  const [least, masked] = [named('O-MINFIELDS'), named('O-MASK')];
  if (!Array.isArray(least) && !Array.isArray(masked)) return null;
  const left = (name: string) => Array.isArray(least) && !least.includes(name);
  const hidden = (name: string) => Array.isArray(masked) && masked.includes(name);
  const text = fields.every(({ name, maskable }) => left(name) || (hidden(name) && !maskable))
    ? NOTHING_LEFT
    : fields.some(({ name, chosen, class: kind }) => chosen && kind !== 'NONE' && (left(name) || hidden(name)))
      ? TOLD_BY_CHOICE
      : null;
  if (!text) return null;
  return {
    outcome: 'FORBID',
    rules,
    because: [{ ...text, rule: rules[0]! }, ...because],
    obligations: NONE,
    chain: null,
  };
}
const NOTHING_LEFT = {
  text: 'Von den angefragten Feldern bliebe keines übrig: Der Zweck braucht sie nicht, oder sie dürfen nur verdeckt geliefert werden, und das Datenprodukt sagt nicht wie. Wählen Sie Felder, die der Zweck braucht.',
  source: 'DSGVO Art. 5 Abs. 1 Buchst. c',
  mark: 'K',
  code: 'nothing_left',
} as const;
const TOLD_BY_CHOICE = {
  text: 'Nach einem Feld, das nach den Auflagen verdeckt oder nicht geliefert wird, darf nicht ausgewählt werden: Die Auswahl würde seinen Wert verraten. Wählen Sie die Zeilen nach einem anderen Feld aus, oder fragen Sie alle Zeilen an.',
  source: 'DSGVO Art. 5 Abs. 1 Buchst. c',
  mark: 'K',
  code: 'told_by_choice',
} as const;

function refusal(reasons: readonly Reason[], notes: readonly Reason[]): Conclusion {
  return {
    outcome: 'FORBID',
    rules: idsOf(reasons),
    because: reasonsOf([...reasons, ...notes]),
    wantsBasis: wantsBasis(reasons),
    chain: null,
    obligations: [],
    computed: [],
    filled: null,
    fixed: NONE,
  };
}

/** A processor has no purpose of its own: without a word of whose purpose it is nothing goes to it (Art. 28(3)(a), 29 GDPR). */
export const NOBODY_INSTRUCTS = refusal(
  [
    {
      rule: 'UNCLASSIFIED',
      text: 'Wer im Auftrag verarbeitet, hat keinen eigenen Zweck. Das geltende Regelwerk fragt die Stelle nicht, für die er arbeitet. Sie kann den Antrag selbst stellen und den Auftragsverarbeiter darin nennen.',
      source: 'DSGVO Art. 28 Abs. 3 Buchst. a und Art. 29',
      mark: 'K',
      code: 'controller_not_asked',
    },
  ],
  [],
);

function idsOf(reasons: readonly Reason[]): string[] {
  return Object.freeze([...new Set(reasons.map(({ rule }) => rule))].sort()) as string[];
}

/** Each reason once, in the order of ids. */
function reasonsOf(reasons: readonly Reason[]): Reason[] {
  const seen = new Map(reasons.map((reason) => [`${reason.rule} ${reason.code ?? ''} ${reason.text}`, reason]));
  return deepFreeze([...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reason]) => ({ ...reason })));
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
