import { quoted } from '#text';
import { stat } from 'node:fs/promises';
import { SHAPES, shapeIndex, shapeOf } from '../../reading/cell-shapes';
import type { CellFault, ReadingLimits, Recognition } from '../../reading/recognition';
import { TableFindings } from '../../reading/table-findings';
import { findEncoding, foreignFormat, readHead } from '../../reading/text-encoding';
import { cellPointer, refuseTooLarge, SourceFault } from '../../source-fault';
import type { RowSink } from '../connector';
import { plainNumber } from './json-number';
import type { JsonRecognition, JsonSettings } from './json-recognition';
import { readJsonTable } from './json-table';
import type { CellKind } from './record-parser';

const [TEXT, KEY] = [shapeIndex('TEXT'), shapeIndex('KEY')];
/** What a text of JSON may be beside text: its writer had numbers and yes/no at hand, but no dates. */
const DATES = new Set((['DATE_ISO', 'TIME_ISO', 'TIME_ZONED'] as const).map(shapeIndex));

/**
 * Reads a list of objects, or an object per line, and says what it found. Members are columns in the order in which they
 * first appear, those of inner objects too; a record without a member has no value there.
 */
export async function recogniseJson(
  file: string,
  settings: JsonSettings,
  limits: ReadingLimits,
): Promise<JsonRecognition> {
  refuseTooLarge((await stat(file)).size, limits);
  await refuseForeign(file);
  const found = await findEncoding(file);
  const finds = new JsonFindings(settings, limits);
  let fatal = undefined as CellFault | undefined;
  const lists = settings.lists ?? 'REFUSE';
  const layout = await readJsonTable(file, { ...found, lists }, limits, {
    column: (pointer, path) => finds.column(pointer, path),
    cell: (column, kind, text, record) => finds.cell(column, kind, text, record),
    record: () => finds.record(),
    fault: (fault, isFatal) => {
      if (isFatal) fatal = fault;
      finds.table.fault(fault);
    },
  });
  const { table } = finds;
  if (table.names.length === 0) throw noTable(fatal ?? table.faults[0]);
  if (fatal && (table.rowCount === 0 || fatal.code === 'too_many_columns')) throw noTable(fatal);
  if (table.rowCount * table.names.length > limits.cells) {
    const detail = `${table.rowCount} Datensätze mit zusammen ${table.names.length} verschiedenen Angaben sind zu viel für eine Tabelle.`;
    throw new SourceFault('file_too_large', detail);
  }
  const result = table.result();
  const format = { kind: 'json' as const, layout, encoding: found.encoding, bom: found.bomBytes > 0, lists };
  return { ...result, notes: [...result.notes, ...finds.notes(result.columns)], format };
}

/** Streams the rows of a recognised file: cells under the members that the recognition found. */
export async function jsonRows(
  file: string,
  { format, columns }: JsonRecognition,
  limits: ReadingLimits,
  sink: RowSink,
): Promise<void> {
  await refuseForeign(file);
  const found = await findEncoding(file, format.encoding);
  const index = new Map(columns.map(({ header }, at) => [header, at]));
  let cells = new Array<string>(columns.length).fill('');
  await readJsonTable(file, { ...found, lists: format.lists }, limits, {
    column: (pointer) => index.get(pointer),
    cell: (column, kind, text) => (cells[column] = kind === 'NUMBER' ? numberAs(columns[column]?.type, text) : text),
    record: ({ line }) => {
      sink.row(cells, line);
      cells = new Array<string>(columns.length).fill('');
    },
    fault: (fault) => sink.fault(fault),
    pause: sink.pause?.bind(sink),
  });
}

/** in a column of text a number stands as it was written */
const numberAs = (type: string | undefined, text: string) => (type === 'TEXT' ? text : plainNumber(text));

class JsonFindings {
  readonly table: TableFindings;
  private readonly columns = new Map<string, number>();
  private readonly kinds: Set<CellKind>[] = [];
  private readonly readAs: Set<string>;
  private readonly lines = new Map<number, number>();
  private nested = false;
  private row: string[] = [];

  constructor(
    private readonly settings: JsonSettings,
    private readonly limits: ReadingLimits,
  ) {
    const place = (record: number) => ({ row: this.lines.get(record) ?? record, words: `Datensatz ${record}: ` });
    this.table = new TableFindings(settings, limits, { decimal: '.', delimiter: ',', place });
    // a person who says what texts are wants them read as such
    this.readAs = new Set(
      Object.entries(settings.types ?? {}).flatMap(([name, type]) => (type === 'TEXT' ? [] : [name])),
    );
  }

  column(pointer: string, path: readonly string[]): number | undefined {
    const known = this.columns.get(pointer);
    if (known !== undefined) return known;
    if (this.columns.size >= this.limits.columns) return undefined;
    const added = this.table.addColumn(pointer, path.join('.'));
    this.nested ||= path.length > 1;
    this.columns.set(pointer, added);
    this.kinds.push(new Set());
    return added;
  }

  cell(column: number, kind: CellKind, written: string, { number, line }: { number: number; line: number }): void {
    if (this.table.showsMore) this.row[column] = written;
    if (kind === 'NULL') return;
    this.kinds[column]?.add(kind);
    const text = kind === 'NUMBER' ? plainNumber(written) : written;
    const shape = this.shape(column, kind, text);
    if (this.table.cell(column, text, number, shape)) this.lines.set(number, line);
  }

  record(): void {
    this.table.row(() => Array.from(this.row, (cell) => cell ?? ''));
    this.row = [];
  }

  notes(columns: Recognition['columns']): Recognition['notes'] {
    const notes: Recognition['notes'] = [];
    if (this.nested) {
      const detail =
        'Objekte in Objekten sind als eigene Spalten übernommen; ihr Name nennt den Weg, zum Beispiel „adresse.ort“.';
      notes.push({ column: null, code: 'nested_flattened', detail });
    }
    columns.forEach(({ name, type }, at) => {
      const kinds = this.kinds[at] ?? new Set();
      const note = (code: string, detail: string) => notes.push({ column: at + 1, code, detail });
      const unasked = type === 'TEXT' && this.settings.types?.[name] === undefined;
      if (unasked && kinds.size > 1) {
        note('types_mixed', `In ${quoted(name)} stehen Werte verschiedener Art. Die Spalte ist Text.`);
      } else if (unasked && kinds.has('NUMBER')) {
        const why =
          'mit mehr Stellen, als gerechnet werden kann. Die Spalte ist Text, damit keine Stelle verloren geht.';
        note('number_exact', `In ${quoted(name)} stehen Zahlen ${why}`);
      }
      if (kinds.has('LIST')) note('list_as_text', `In ${quoted(name)} sind Listen als Text übernommen.`);
    });
    return notes;
  }

  private shape(column: number, kind: CellKind, text: string): number {
    if (kind === 'BOOLEAN') return shapeIndex('BOOLEAN');
    if (kind === 'NUMBER') {
      if (text.length > 60) return KEY;
      const shape = shapeOf(text);
      // the point of JSON is always a decimal sign
      if (SHAPES[shape] === 'DOT3') return shapeIndex('DOT_DECIMAL');
      return SHAPES[shape] === 'INTEGER' || SHAPES[shape] === 'DOT_DECIMAL' ? shape : KEY;
    }
    const shape = kind === 'TEXT' ? shapeOf(text.trim()) : TEXT;
    return DATES.has(shape) || this.readAs.has(this.table.names[column] ?? '') ? shape : TEXT;
  }
}

async function refuseForeign(file: string): Promise<void> {
  const what = foreignFormat(await readHead(file));
  if (what) throw new SourceFault('file_not_readable', `Die Datei ist keine JSON-Datei, sondern ${what}.`);
}

function noTable(why: Pick<CellFault, 'row' | 'code' | 'detail'> | undefined): SourceFault {
  const { row, code, detail } = why ?? {
    row: 1,
    code: 'no_table',
    detail: 'Die Datei enthält kein Objekt mit Angaben.',
  };
  return new SourceFault('file_faulty', detail, [{ pointer: cellPointer(row, 1), code, detail }]);
}
