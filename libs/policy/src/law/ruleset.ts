import type { Obligation } from '../engine/decision';
import type { Engine } from '../engine/engine';
import type { FactKind } from '../facts/fact';
import type { FieldClass } from '../facts/facts';
import type { LabelList } from './check-words';
import type { Approvals, LegalBasis, ObligationText, Purpose, RuleText, StepText, Vocabulary } from './law.schema';
import type { Cell } from './matrix';
import { type ObligationWords, parametersInWords } from './obligation-words';

/** One file of the law book, parsed. `file` is its path inside the folder, e.g. `rules/general.yaml`. */
export interface Source {
  file: string;
  content: unknown;
}

/** What the program can do: the parts that keep obligations. Every step that a law book can describe can be carried out. */
export interface Capabilities {
  enforcers: readonly string[];
  /** the only steps that a program of before could carry out; one of today is never short of any */
  steps?: readonly string[] | null;
}

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
    return this.labels(list).find(({ code }) => code === value)?.name ?? value;
  }

  /** The values of a list with their German names. */
  labels(list: LabelList): readonly { code: string; name: string }[] {
    if (list === 'purposes' || list === 'legalBases') return this[list];
    if (list === 'evidence' || list === 'changeGrounds' || list === 'themes') return this.vocabulary[list];
    return Object.entries(this.vocabulary.labels[list] ?? {}).map(([code, name]) => ({ code, name }));
  }

  /** What a fact holds, by its path; undefined for a path that is no fact. */
  fact(path: string): FactKind | undefined {
    return this.engine.law.model.known.get(path) ?? undefined;
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
