import { z } from 'zod';
import { citationsIn } from './citations';

/*
 * Legal texts (sources.yaml): of each text of law that the law book names, which norms of it somebody has read, in which
 * version, on which day and in which function, and which nobody has read.
 */

/** Who reads texts of law beside the roles: whoever builds the data space. */
export const DEVELOPMENT = 'ENTWICKLUNG';

const norm = z
  .string()
  .regex(
    /^(?:§ \d+[a-z]?|Art\. \d+[a-z]?|Erwägungsgrund \d+|Kapitel [IVX]+)$/,
    'Hier muss eine Norm stehen, zum Beispiel `§ 34`, `Art. 6`, `Erwägungsgrund 26` oder `Kapitel II`.',
  );
const day = z.iso.date('Hier muss ein Tag stehen, zum Beispiel `2026-11-30`.');
const reading = z.strictObject({
  /** absent: the text as a whole, where nobody tells its norms apart */
  norms: z.array(norm).min(1).optional(),
  /** which version was read, or the wording of which day; absent: it was read, and nobody noted in which version */
  version: z.string().min(1).optional(),
  /** last day of that version, where another one holds now */
  until: day.optional(),
  on: day,
  /** role of roles.yaml, or ENTWICKLUNG; a function, never a person */
  by: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/, 'Hier muss eine Rolle stehen oder `ENTWICKLUNG`, nie der Name einer Person.'),
});
export const sourcesSchema = z.strictObject({
  texts: z
    .array(
      z.strictObject({
        /** as sentences cite it: `BMG`, `SGB X` */
        id: z.string().min(2),
        title: z.string().min(1),
        /** where its wording is published */
        published: z.string().min(1),
        /** what the city itself has laid down: no sentence is checked against it */
        own: z.literal(true).optional(),
        read: z.array(reading).min(1).optional(),
        /** norms that are cited and that nobody has read */
        unread: z.array(norm).min(1).optional(),
      }),
    )
    .min(1),
});
export type LegalTextsText = z.infer<typeof sourcesSchema>;
type Reading = z.infer<typeof reading>;

/** What is known of one norm, or of a text as a whole. */
export interface SourceRecord {
  /** `BMG § 34` */
  norm: string;
  /** `BMG` */
  text: string;
  title: string;
  published: string;
  own: boolean;
  /** null: nobody has read it */
  read: { version: string | null; until: string | null; on: string; by: string } | null;
}

/** Whether a sentence was compared with a wording that holds: read, in a known version, and that version has not ended. */
export const carriesV = ({ own, read }: SourceRecord): boolean =>
  !own && read !== null && read.version !== null && read.until === null;

/** What a sentence rests on. */
export interface Grounds {
  /** a record for each norm that is cited, in their order */
  records: readonly SourceRecord[];
  /** norms of known texts without a record: `BMG § 99` */
  missing: readonly string[];
  /** what names no text of sources.yaml */
  unknown: readonly string[];
}

/** The legal texts of one law book. A book from before there were records knows none. */
export class LegalTexts {
  /** by text and norm; a text as a whole under its id alone */
  private readonly byNorm = new Map<string, SourceRecord>();
  private readonly names: readonly string[];
  /** texts whose norms are told apart */
  private readonly divided: ReadonlySet<string>;

  constructor(private readonly text: LegalTextsText | null) {
    const texts = text?.texts ?? [];
    this.names = texts.map(({ id }) => id);
    this.divided = new Set(texts.filter((one) => normsOf(one).length > 0).map(({ id }) => id));
    for (const { id, title, published, own = false, read = [], unread = [] } of texts) {
      const add = (norm: string, one: Reading | null) =>
        this.byNorm.set(norm, { norm, text: id, title, published, own, read: one && asRead(one) });
      // one that is cited without its norms was read only where somebody read it as a whole
      add(id, read.find(({ norms }) => !norms) ?? null);
      for (const name of unread) add(`${id} ${name}`, null);
      for (const one of read) for (const name of one.norms ?? []) add(`${id} ${name}`, one);
    }
  }

  /** Whether the law book keeps records at all; without them nothing in it counts as read. */
  get kept(): boolean {
    return this.text !== null;
  }

  /** Every norm on record, by text; a text as a whole only where its norms are not told apart. */
  get records(): readonly SourceRecord[] {
    return [...this.byNorm.values()].filter(({ norm }) => !this.divided.has(norm));
  }

  /** What a sentence like `BMG §§ 34 Abs. 1, 37 Abs. 1` rests on. */
  grounds(sentence: string): Grounds {
    const { citations, unknown } = citationsIn(sentence, this.names);
    const keys = citations.flatMap(({ text, norms }) =>
      norms.length > 0 && this.divided.has(text) ? norms.map((norm) => `${text} ${norm}`) : [text],
    );
    return {
      records: [...new Set(keys)].flatMap((key) => this.byNorm.get(key) ?? []),
      missing: keys.filter((key) => !this.byNorm.has(key)),
      unknown,
    };
  }
}

const normsOf = ({ read = [], unread = [] }: LegalTextsText['texts'][number]): string[] => [
  ...read.flatMap(({ norms = [] }) => norms),
  ...unread,
];
const asRead = ({ version, until, on, by }: Reading): SourceRecord['read'] => ({
  version: version ?? null,
  until: until ?? null,
  on,
  by,
});

/** What is wrong with records that have the right shape. */
export function checkTexts(
  { texts }: LegalTextsText,
  roles: ReadonlySet<string>,
  report: (id: string, text: string) => void,
) {
  const twice = (list: readonly string[]): string[] => list.filter((one, at) => list.indexOf(one) !== at);
  for (const id of twice(texts.map((one) => one.id))) report(id, 'steht doppelt da');
  for (const one of texts) {
    for (const name of twice(normsOf(one))) report(one.id, `\`${name}\` steht doppelt da`);
    for (const { by } of one.read ?? [])
      if (by !== DEVELOPMENT && !roles.has(by)) report(one.id, `\`by\`: die Rolle \`${by}\` gibt es nicht`);
  }
}
