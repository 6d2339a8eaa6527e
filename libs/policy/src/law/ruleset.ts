import { wouldCarry } from '../facts/carrying-bases';
import type { Obligation } from '../engine/decision';
import type { Engine } from '../engine/engine';
import type { FactKind } from '../facts/fact';
import type { Facts, FieldClass, Form, PurposeRel } from '../facts/facts';
import type { LabelList } from './check-words';
import { type Instruments, SITUATION } from './instruments';
import type {
  Approvals,
  DeliveryLimit,
  EvidenceKind,
  LegalBasis,
  ObligationText,
  Purpose,
  RuleText,
  StepText,
  Vocabulary,
} from './law.schema';
import type { Cell } from './matrix';
import type { Standing } from './standing-refusals';
import { type ObligationWords, parametersInWords } from './obligation-words';
import type { RoleCatalogue } from './roles';

/** One file of the law book, parsed. `file` is its path inside the folder, e.g. `rules/general.yaml`. */
export interface Source {
  file: string;
  content: unknown;
}

/**
 * What the program can carry out. What a law allows and the program can not carry out is refused (`not_enforceable_yet`);
 * null: whatever a law names. Every step that a law book can describe can be carried out.
 */
export interface Capabilities {
  /** parts that keep obligations, by the name in `obligations.yaml` */
  enforcers: readonly string[] | null;
  /** forms in which data is delivered; absent and null: any */
  forms?: readonly Form[] | null;
  /** what it asks of every law book beside what the book says; absent: all there is */
  standing?: readonly Standing[];
  /** the only steps that a program of before could carry out; one of today is never short of any */
  steps?: readonly string[] | null;
}

/** A program that carries out whatever a law names: what the law says, apart from what is built. */
export const EVERYTHING: Capabilities = { enforcers: null, forms: null };

/** Where a law says nothing: single rows now and then. Who needs them again and again asks for the form that says so. */
const UNSAID_DELIVERIES: Partial<Record<Form, DeliveryLimit>> = { ROWLEVEL: { times: 10, days: 30 } };

export interface Fault {
  file: string;
  /** rule, cell or entry; null when the fault is the file's */
  id: string | null;
  text: string;
}

/** A fault as one line: file, rule or entry, what is wrong. */
export const faultText = ({ file, id, text }: Fault): string => `${file}${id ? ` ${id}` : ''}: ${text}`;

/** The law book cannot be used. All faults at once. */
export class RulesetFault extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super(`das Regelwerk hat ${faults.length} Fehler:\n${faults.map((fault) => `- ${faultText(fault)}`).join('\n')}`);
    this.name = 'RulesetFault';
  }
}

/** Data asked for, by whom and for which purpose. */
export interface AskedTransfer {
  product: Facts['product'];
  purpose: Pick<Facts['purpose'], 'code'>;
  recipient: Facts['consumer']['kind'];
}

/** A purpose, what is shown for it, and the product it is asked of. */
export interface AskedPurpose {
  code: string | null;
  evidence: readonly string[];
  product: Pick<Facts['product'], 'allowedPurposes' | 'collectedForDuties'>;
  /** the named duty of whose purpose it is; null and absent: none is named */
  duty?: string | null | undefined;
  /** whose purpose it is: of a processor, the office it works for */
  consumer: Pick<Facts['consumer'], 'kind' | 'worksFor'>;
}

/** A rule as people read it. */
export interface Rule extends RuleText {
  chapter: string;
  file: string;
}

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
    readonly chains: Approvals['chains'],
    readonly vocabulary: Vocabulary,
    readonly roles: RoleCatalogue,
    readonly instruments: Instruments,
    /** all that is law, as data, by part; what a book of before left to the program stands in it as it was meant */
    readonly content: Readonly<Record<string, unknown>>,
    /** @internal */
    readonly engine: Engine,
  ) {}

  /** Field classes a purpose needs. An unknown purpose needs none but plain data. */
  neededClasses(purpose: string | null): readonly FieldClass[] {
    return this.purposes.find(({ code }) => code === purpose)?.needs ?? ['NONE'];
  }

  /** Purposes that data can be asked for; publishing is an act of its own. */
  get deliveryPurposes(): readonly Purpose[] {
    const { publications } = this.engine.law.codes;
    return this.purposes.filter(({ code }) => !publications?.has(code));
  }

  /** Whether the purpose means one duty of one office, which a request must name. */
  meansDuty(purpose: string | null): boolean {
    return purpose !== null && (this.engine.law.codes.duties?.has(purpose) ?? false);
  }

  /** Whether the purpose is a use by artificial intelligence. */
  meansAi(purpose: string | null): boolean {
    return purpose !== null && (this.engine.law.codes.usingAi?.has(purpose) ?? false);
  }

  /**
   * How a purpose stands to what the product was collected for. A word alone makes no purpose compatible: a duty is the
   * same only where the giving office itself names the very duty it collected for.
   */
  purposeRelation({ code, duty, evidence, product, consumer }: AskedPurpose): PurposeRel {
    if (code === null) return 'CHANGED';
    const own = (consumer.kind === 'PROCESSOR' ? consumer.worksFor : consumer.kind) === 'SAME_OFFICE';
    const collectedFor = duty != null && (product.collectedForDuties ?? []).includes(duty);
    if (product.allowedPurposes.includes(code) && (!this.meansDuty(code) || (own && collectedFor))) return 'SAME';
    const privileged = this.purposes.find((one) => one.code === code)?.privileged;
    const { lookedAt } = this.engine.law.codes;
    const counts = (kind: string): boolean => evidence.includes(kind) && (lookedAt?.has(kind) ?? true);
    return privileged?.evidence.every(counts) ? 'PRIVILEGED' : 'CHANGED';
  }

  /** Codes worth offering for a purpose. */
  suggestedLegalBases(purpose: string | null): readonly string[] {
    return this.purposes.find(({ code }) => code === purpose)?.legalBases ?? [];
  }

  /** What the law says of a kind of evidence. */
  evidenceKind(code: string): EvidenceKind | undefined {
    return this.vocabulary.evidence.find((one) => one.code === code);
  }

  /** Codes that can carry what these facts ask for, or lift a ban beside what carries it, with the evidence each asks. */
  fittingBases(facts: Facts): ReadonlySet<string> {
    const { model, codes } = this.engine.law;
    const { column, personalRef } = model.evaluate(facts, codes).calc;
    if (!codes.carrying) return new Set();
    return new Set(Object.values(wouldCarry(facts, { column, personalRef }, codes.carrying)).flat() as string[]);
  }

  /**
   * By code, why a basis can not carry data about persons for this recipient and purpose, as an applicant reads it. What can
   * carry, or lift a ban beside what carries, is not in it; nor is anything where no persons are concerned.
   */
  whyNotCarried({ product, purpose, recipient }: AskedTransfer): ReadonlyMap<string, string> {
    const { carrying } = this.engine.law.codes;
    const { personalRef } = product;
    if (personalRef === 'NONE' || personalRef === 'AGGREGATED' || !carrying) return new Map();
    const would = wouldCarry({ product, purpose, evidence: [] }, { column: recipient, personalRef }, carrying);
    const fitting = new Set(Object.values(would).flat() as string[]);
    return new Map(
      this.legalBases.flatMap(({ code, kind }): [string, string][] => {
        if (fitting.has(code)) return [];
        if (kind === 'CHANGE') return [[code, 'öffnet nur einen anderen Zweck und trägt die Daten nicht']];
        if (kind === 'NONE' || kind === undefined) return [[code, 'trägt keine Daten über Personen']];
        return [[code, 'gilt nicht für diese Daten, Ihre Stelle oder diesen Zweck']];
      }),
    );
  }

  /** A legal basis in words; one that this law book does not name stands under its code. */
  legalBasis(code: string): { code: string; name: string; norm: string } {
    const { name = code, norm = '' } = this.legalBases.find((one) => one.code === code) ?? {};
    return { code, name, norm };
  }

  /** The German name of a value; the value itself where there is none. */
  label(list: LabelList, value: string): string {
    return this.labels(list).find(({ code }) => code === value)?.name ?? value;
  }

  /** The values of a list with their German names. */
  labels(list: LabelList): readonly { code: string; name: string }[] {
    if (list === 'purposes' || list === 'legalBases') return this[list];
    if (list === 'evidence' || list === 'changeGrounds' || list === 'themes') return this.vocabulary[list];
    return Object.entries(this.vocabulary.labels[list] ?? {}).map(([code, name]) => ({ code, name }));
  }

  /** What a fact holds, by its path, and what the choice of an instrument asks; undefined for any other path. */
  fact(path: string): FactKind | undefined {
    return this.engine.law.model.known.get(path) ?? SITUATION[path];
  }

  /** What a fact means in German, and what it counts as where it can be left out. */
  meaning(path: string): string | undefined {
    const { facts } = this.vocabulary;
    const answer = this.engine.law.model.answers.find((one) => one.path === path);
    if (!answer) return facts[path];
    const text = facts[path] ?? facts[`calc.${answer.name}`];
    return text && `${text}; fehlt: ${answer.absent ? 'ja' : 'nein'}`;
  }

  /** JSON Schema of the facts as they may be written by hand, described by `words`. */
  factsSchema(words: (path: string) => string | undefined): Record<string, unknown> {
    return this.engine.law.model.jsonSchema(words);
  }

  obligation(id: string): ObligationText | undefined {
    return this.obligations.find((text) => text.id === id);
  }

  /** Whether the program can deliver data in this form. */
  deliversAs(form: Form): boolean {
    return this.engine.law.carries.form(form);
  }

  /**
   * How often the data of one agreement may be fetched in this form; null: as often as wanted. A law that is older than
   * this limit leaves it to `UNSAID_DELIVERIES`.
   */
  deliveries(form: Form): DeliveryLimit | null {
    return (this.engine.law.limits.limits.deliveries ?? UNSAID_DELIVERIES)[form] ?? null;
  }

  /** false in a law that is older than the limit */
  get saysDeliveries(): boolean {
    return this.engine.law.limits.limits.deliveries !== undefined;
  }

  /** Obligations that the program can not carry out yet: what rests on one of them is refused. */
  get unbuilt(): readonly ObligationText[] {
    return this.obligations.filter(({ enforcer }) => !this.engine.law.carries.enforcer(enforcer));
  }

  /** An obligation of a decision as people read it. One that this law book does not name stands under its id. */
  obligationInWords(obligation: Obligation): ObligationWords {
    const text = this.obligation(obligation.id);
    return {
      name: text?.name ?? obligation.id,
      meaning: text?.meaning ?? '',
      parameters: parametersInWords(obligation, text),
      label: this.label('enforcement', obligation.enforcement),
    };
  }
}
