import { quoted } from '#text';
import type { Shape } from './cell-shapes';
import { chooseType, ShapeTally } from './column-type';
import type {
  CellFault,
  ColumnType,
  CommonSettings,
  ReadingLimits,
  Recognition,
  RecognisedColumn,
} from './recognition';

const PREVIEW_ROWS = 20;
const PREVIEW_COLUMNS = 200;

/** How the connector's files write numbers, and where a row stands for people. */
export interface TableWriting {
  decimal?: ',' | '.';
  /** a comma between cells makes a comma inside numbers unlikely */
  delimiter: string;
  /** `row` as given to `cell`, as people find it in the file, and words to put before the fault */
  place?(row: number): { row: number; words: string };
}

/** What the cells of any table say, gathered while they stream by. */
export class TableFindings {
  readonly faults: CellFault[] = [];
  readonly preview: string[][] = [];
  faultCount = 0;
  rowCount = 0;
  readonly names: string[] = [];
  private readonly headers: string[] = [];
  private readonly nameFor = columnNamer();
  private readonly tally: ShapeTally;
  private readonly nulls: Set<string>;
  private readonly filled: number[] = [];
  private readonly samples: string[][] = [];

  constructor(
    private readonly settings: CommonSettings,
    private readonly limits: ReadingLimits,
    private readonly writing: TableWriting,
    expectedColumns = 16,
  ) {
    this.tally = new ShapeTally(expectedColumns);
    this.nulls = new Set(settings.nullValues ?? []);
  }

  /** Adds a column under the header of the file; `wish` is the name it should carry. Gives its index. */
  addColumn(header: string, wish = header): number {
    this.headers.push(header);
    this.filled.push(0);
    this.samples.push([]);
    return this.names.push(this.nameFor(wish)) - 1;
  }

  /** whether the preview takes another row */
  get showsMore(): boolean {
    return this.preview.length < PREVIEW_ROWS;
  }

  /** Counts a row; its first cells are shown in the preview. */
  row(preview: () => readonly string[]): void {
    this.rowCount++;
    if (this.showsMore) {
      this.preview.push(
        preview()
          .slice(0, PREVIEW_COLUMNS)
          .map((cell) => shown(cell, 200)),
      );
    }
  }

  /** Counts a cell. True when its row is kept, to be named if the cell turns out a fault. */
  cell(column: number, raw: string, row: number, shape?: number): boolean {
    const cell = raw.trim();
    if (cell === '' || this.nulls.has(cell)) return false;
    this.filled[column] = (this.filled[column] ?? 0) + 1;
    const samples = this.samples[column];
    if (samples && samples.length < 3 && !samples.includes(shown(cell, 80))) samples.push(shown(cell, 80));
    return this.tally.add(column, cell, row, shape);
  }

  fault(fault: CellFault): void {
    this.faultCount++;
    // the faults of cell types come last: keep more than are shown, and cut after sorting
    if (this.faults.length < this.limits.faults * 4) this.faults.push(fault);
  }

  /** The common part of the recognition; after the last row. */
  result(): Omit<Recognition, 'format'> {
    const { columns, notes } = this.columns();
    const width = Math.min(columns.length, PREVIEW_COLUMNS);
    return {
      nullValues: this.settings.nullValues ?? [],
      columns,
      rowCount: this.rowCount,
      faults: this.faults.sort((a, b) => a.row - b.row || a.column - b.column).slice(0, this.limits.faults),
      faultCount: this.faultCount,
      notes,
      preview: this.preview.map((cells) => Array.from({ length: width }, (_, at) => cells[at] ?? '')),
    };
  }

  private columns(): { columns: RecognisedColumn[]; notes: Recognition['notes'] } {
    const notes: Recognition['notes'] = [];
    const { decimal, delimiter, place } = this.writing;
    const decimalOfFile = decimal ?? this.tally.decimalOfFile();
    const types = new Map<string, ColumnType>(Object.entries(this.settings.types ?? {}));
    const columns = this.names.map((name, index) => {
      const given = { type: types.get(name), decimal, delimiter, decimalOfFile };
      const { misfits, misfitCount, ambiguous, ...chosen } = chooseType(this.tally, index, given);
      this.faultCount += Math.max(0, misfitCount - misfits.length);
      for (const { row, shape } of misfits) {
        const found = place?.(row) ?? { row, words: '' };
        const detail = `${found.words}${misfit(name, chosen.type, shape)}`;
        this.fault({ row: found.row, column: index + 1, code: 'cell_type', detail });
      }
      if (ambiguous) {
        const detail = `In ${quoted(name)} kann der Punkt oder das Komma Tausender oder Nachkommastellen trennen.`;
        notes.push({ column: index + 1, code: 'number_ambiguous', detail });
      }
      const nullable = (this.filled[index] ?? 0) < this.rowCount;
      const header = shown(this.headers[index] ?? '', 500);
      return { name, header, ...chosen, nullable, samples: this.samples[index] ?? [] };
    });
    return { columns, notes };
  }
}

/** The beginning of a text, so that it can be kept and shown: no database takes NUL, nor the half of a sign cut in two. */
export const shown = (text: string, most: number): string =>
  text.slice(0, most).toWellFormed().replaceAll('\0', '\u{FFFD}');

const TYPE_WORDS: Record<ColumnType, string> = {
  TEXT: 'Text',
  INTEGER: 'ganze Zahl',
  DECIMAL: 'Dezimalzahl',
  DATE: 'Datum',
  TIMESTAMP: 'Zeitpunkt',
  BOOLEAN: 'ja/nein',
};

export function misfit(name: string, type: ColumnType, shape?: Shape): string {
  const day = shape === 'DATE_IMPOSSIBLE' ? ' Diesen Tag gibt es nicht.' : '';
  return `Die Zelle passt nicht zur Spalte ${quoted(name)} (${TYPE_WORDS[type]}).${day}`;
}

/** Names that are filled, one line, and different even without regard to case, as the engine compares them. */
export function columnNamer(): (raw: string) => string {
  const taken = new Set<string>();
  const next = new Map<string, number>(); // where to go on, or thousands of columns of one name take minutes
  let index = 0;
  return (raw) => {
    index++;
    // control and format characters (bidi overrides, zero width) would let two names look alike
    const clean = raw
      .normalize('NFC')
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim();
    const base = [...clean].slice(0, 60).join('') || `spalte_${index}`;
    const key = base.toLowerCase();
    let n = next.get(key) ?? 2;
    let name = base;
    for (; taken.has(name.toLowerCase()); n++) name = `${base}_${n}`;
    next.set(key, n);
    taken.add(name.toLowerCase());
    return name;
  };
}
