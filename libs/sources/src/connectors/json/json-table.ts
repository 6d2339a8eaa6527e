import { quoted } from '#text';
import { createReadStream } from 'node:fs';
import type { CellFault, Encoding, ReadingLimits } from '../../reading/recognition';
import { shown } from '../../reading/table-findings';
import { textDecoder } from '../../reading/text-encoding';
import { JSON_FAULTS, type JsonFaultCode, RecordFault } from './json-faults';
import { type CellKind, parseRecord } from './record-parser';
import { type RawRecord, RecordSplitter } from './record-splitter';

export interface JsonTableSink {
  /** index of the column of a member, from 0; undefined when there are no more columns to have */
  column(pointer: string, path: readonly string[]): number | undefined;
  cell(column: number, kind: CellKind, text: string, record: RawRecord): void;
  /** after the cells of a record that could be read to its end */
  record(record: RawRecord): void;
  /** `fatal`: nothing was read after it */
  fault(fault: CellFault, fatal: boolean): void;
  pause?(): Promise<void> | undefined;
}

/** Streams the records of a JSON file; the same walk for the preview and for the ingest, so that both see the same rows. */
export async function readJsonTable(
  file: string,
  frame: { encoding: Encoding; bomBytes: number; damaged: boolean; lists: 'REFUSE' | 'TEXT' },
  limits: ReadingLimits,
  sink: JsonTableSink,
): Promise<'ARRAY' | 'LINES'> {
  const stop = (code: JsonFaultCode, row: number) => {
    splitter.stopped = true;
    sink.fault({ row, column: 1, code, detail: JSON_FAULTS[code] }, true);
  };
  const splitter = new RecordSplitter(limits.recordChars, (record) => readRecord(record), stop);

  const readRecord = (record: RawRecord): void => {
    const lineAt = lineCounter(record);
    const fault = (code: JsonFaultCode, at: number, member: string | undefined, column = 0) => {
      const row = lineAt(at);
      const where = `Datensatz ${record.number}${member === undefined ? '' : `, Angabe ${quoted(shown(member, 100))}`}`;
      sink.fault({ row, column: column + 1, code, detail: `${where}: ${JSON_FAULTS[code]}` }, false);
    };
    try {
      parseRecord(record.text, {
        cell(pointer, path, kind, text, at) {
          const column = sink.column(pointer, path);
          if (column === undefined) {
            if (!splitter.stopped) stop('too_many_columns', record.line);
            return;
          }
          const wrong = wrongIn(kind, text, frame, limits);
          if (wrong) fault(wrong, at, path.join('.'), column);
          else sink.cell(column, kind, text, record);
        },
      });
      sink.record(record);
    } catch (cause) {
      if (!(cause instanceof RecordFault)) throw cause;
      fault(cause.code, cause.at, cause.member);
    }
  };

  const decoder = textDecoder(frame.encoding);
  for await (const chunk of createReadStream(file, { start: frame.bomBytes, highWaterMark: 1 << 18 })) {
    splitter.write(decoder.write(chunk as Buffer));
    if (splitter.stopped) break; // leaving the loop closes the file
    const wait = sink.pause?.();
    if (wait) await wait;
  }
  if (!splitter.stopped) {
    splitter.write(decoder.end());
    splitter.end();
  }
  return splitter.layout;
}

function wrongIn(
  kind: CellKind,
  text: string,
  { lists, damaged }: { lists: string; damaged: boolean },
  limits: ReadingLimits,
): JsonFaultCode | undefined {
  if (kind === 'LIST' && lists === 'REFUSE') return 'list';
  if (text.length > limits.cellChars) return 'text_too_long';
  if (kind !== 'TEXT' && kind !== 'LIST') return undefined;
  if (text.includes('\0')) return 'nul_byte';
  if (!text.isWellFormed()) return 'half_sign';
  if (damaged && text.includes('\ufffd')) return 'bytes_unreadable';
  return undefined;
}

/** The line of an offset. Goes on from where it stopped, so that a long record full of faults is walked through once. */
function lineCounter({ text, line }: RawRecord): (at: number) => number {
  let from = 0;
  return (at) => {
    if (at < from) [from, line] = [0, line - linesIn(text, 0, from)];
    line += linesIn(text, from, at);
    from = at;
    return line;
  };
}

function linesIn(text: string, from: number, to: number): number {
  let lines = 0;
  for (let i = text.indexOf('\n', from); i !== -1 && i < to; i = text.indexOf('\n', i + 1)) lines++;
  return lines;
}
