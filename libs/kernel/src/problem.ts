/** One fault of an input: where (JSON pointer, RFC 6901), which kind, and a sentence for people. */
export interface InputFault {
  pointer: string;
  code: string;
  detail: string;
}

export interface ProblemKind {
  status: number;
  /** German, for people */
  title: string;
  /** German: what to do now */
  remedy: string;
}

export interface ProblemDetails {
  /** German, safe to show; never the inner cause */
  detail?: string;
  because?: string[];
  errors?: InputFault[];
  /** when it makes sense to try again; sent as Retry-After with 429 and 503 */
  retryAfterSeconds?: number;
  cause?: unknown;
}

/**
 * Everything that went wrong and is not an expected outcome (RFC 9457). `code` is stable and unique in the product;
 * the page behind `type` explains it. The cause is kept for the log and never shown.
 */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly remedy: string;
  readonly detail?: string;
  readonly because?: string[];
  readonly errors?: InputFault[];
  readonly retryAfterSeconds?: number;

  constructor(
    readonly code: string,
    kind: ProblemKind,
    details: ProblemDetails = {},
  ) {
    super(`${code}: ${details.detail ?? kind.title}`, { cause: details.cause });
    this.name = 'Problem';
    this.status = kind.status;
    this.title = kind.title;
    this.remedy = kind.remedy;
    this.detail = details.detail;
    this.because = details.because;
    this.errors = details.errors;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

const known = new Map<string, ProblemKind & { stage: string }>();

/** All problems of the product by code, for their pages and for the test that each has one. */
export const problemKinds = (): ReadonlyMap<string, ProblemKind & { stage: string }> => known;

/** Makes one kind of problem; `code` is its literal, so that who compares codes is checked by the compiler. */
export type ProblemFactory<K extends string = string> = ((details?: ProblemDetails) => Problem) & { readonly code: K };
type Problems<K extends string> = { readonly [code in K]: ProblemFactory<code> };
/** The union of the codes of one or more stages: `CodeOf<typeof agreementProblems>`. */
export type CodeOf<P> = keyof P & string;

/** Declares a stage's problems. A code belongs to one stage only. */
export function defineProblems<K extends string>(stage: string, kinds: Record<K, ProblemKind>): Problems<K> {
  const made: Partial<Record<K, ProblemFactory>> = {};
  for (const [code, kind] of Object.entries(kinds) as [K, ProblemKind][]) {
    const other = known.get(code);
    if (other && other.stage !== stage)
      throw new Error(`problem code \`${code}\` is declared by ${other.stage} and ${stage}`);
    known.set(code, { ...kind, stage });
    made[code] = Object.assign((details?: ProblemDetails) => new Problem(code, kind, details), { code });
  }
  return made as Problems<K>;
}
