/**
 * A form in which data leave. One object per format says everything the product asks of it: the plan and its SQL, the
 * gateway's negotiation, the API's schema and the choice in the portal derive from the list in `formats/index.ts`.
 */
export interface OutputFormat<Name extends string = string> {
  /** as in `format=csv`, in tickets, records and the log; `[a-z][a-z0-9]{0,15}`, and never another meaning later */
  readonly name: Name;
  /** without parameters, as `Accept` fields name it */
  readonly mediaType: string;
  /** parameters of the answer's `Content-Type` */
  readonly parameters?: string;
  /** of the file name, without dot */
  readonly extension: string;
  /** German, for people */
  readonly title: string;
  /** German: what it is good for */
  readonly hint?: string;
  /** options of the engine's COPY … TO */
  readonly copy: string;
  /** written backwards (its index comes last), so it needs a file that can be sought in and not a pipe */
  readonly needsFile?: true;
  /** people open it in a spreadsheet, so cells that would run as formulas are defused for them */
  readonly spreadsheet?: true;
}

/** The answer's `Content-Type`. */
export const contentType = ({ mediaType, parameters }: OutputFormat): string =>
  parameters ? `${mediaType}; ${parameters}` : mediaType;
