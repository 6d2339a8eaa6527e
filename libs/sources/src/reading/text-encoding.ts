import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { Encoding } from './recognition';

/** First bytes of what people upload by mistake (or on purpose) under the name of a table. */
const MAGIC: readonly (readonly [prefix: string, what: string])[] = [
  ['504b0304', 'eine ZIP- oder Excel-Datei (XLSX)'],
  ['504b0506', 'eine ZIP-Datei'],
  ['504b0708', 'eine ZIP-Datei'],
  ['d0cf11e0a1b11ae1', 'eine alte Excel- oder Word-Datei'],
  ['25504446', 'eine PDF-Datei'],
  ['1f8b', 'eine GZIP-Datei'],
  ['425a68', 'eine BZIP2-Datei'],
  ['fd377a585a00', 'eine XZ-Datei'],
  ['28b52ffd', 'eine ZSTD-Datei'],
  ['377abcaf271c', 'eine 7-Zip-Datei'],
  ['526172211a07', 'eine RAR-Datei'],
  ['50415231', 'eine Parquet-Datei'],
  ['89504e47', 'ein Bild (PNG)'],
  ['ffd8ff', 'ein Bild (JPEG)'],
  ['47494638', 'ein Bild (GIF)'],
  ['7f454c46', 'ein Programm'],
  ['4d5a9000', 'ein Programm'],
  ['53514c69746520666f726d6174', 'eine SQLite-Datenbank'],
];

/** What the head of a file plainly is when it is no table in text form, judged by content and never by name. */
export function foreignFormat(head: Buffer): string | undefined {
  const hex = head.subarray(0, 16).toString('hex');
  const found = MAGIC.find(([prefix]) => hex.startsWith(prefix));
  if (found) return found[1];
  const text = beginning(head).toLowerCase();
  if (/^<(?:!doctype|html|\?xml|svg|table|body)/.test(text)) return 'eine HTML- oder XML-Datei';
  const utf16 = head.length >= 2 && ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff));
  if (utf16) return undefined;
  const sample = head.subarray(0, 65_536);
  let controls = 0;
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  if (controls > 8 && controls > sample.length / 20) return 'eine Binärdatei';
  return undefined;
}

/** The first words of a text file: no table begins like this, JSON does. */
export const looksLikeJson = (head: Buffer): boolean => /^(?:\{\s*["}]|\[\s*[[{\]])/.test(beginning(head));

const beginning = (head: Buffer): string =>
  head
    .subarray(0, 512)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();

/** The first bytes of a file, at most `bytes`. */
export async function readHead(file: string, bytes = 65_536): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

export interface EncodingFinding {
  encoding: Encoding;
  bomBytes: number;
  /** some cells can not be read in this encoding; the reader looks for them cell by cell */
  damaged: boolean;
}

/**
 * Reads the whole file once and says how it is encoded. UTF-8 only if every byte is; else ISO-8859-1, or windows-1252
 * when it uses the bytes 80 to 9F. A file that holds both real UTF-8 letters and lone bytes is mixed: `damaged`.
 */
export async function findEncoding(file: string, hint?: Encoding): Promise<EncodingFinding> {
  const handle = await open(file, 'r');
  const head = Buffer.alloc(4);
  const { bytesRead } = await handle.read(head, 0, 4, 0).finally(() => handle.close());
  const start = head.subarray(0, bytesRead).toString('hex');
  if (start.startsWith('fffe')) return { encoding: 'utf-16le', bomBytes: 2, damaged: true };
  if (start.startsWith('feff')) return { encoding: 'utf-16be', bomBytes: 2, damaged: true };
  const bomBytes = start.startsWith('efbbbf') ? 3 : 0;

  let letters = 0; // well-formed UTF-8 sequences
  let lone = 0; // bytes that are no UTF-8
  let c1 = 0; // 80 to 9F: letters in windows-1252, nothing in ISO-8859-1
  let undefined1252 = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, start: bomBytes })) {
    let block = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer);
    const cut = block.length - unfinishedTail(block);
    rest = Buffer.from(block.subarray(cut));
    block = block.subarray(0, cut);
    if (isUtf8(block)) {
      // the letters matter only once a lone byte was found somewhere; a rough count is enough
      if (letters < 1000) letters += countHigh(block) > 0 ? 1 : 0;
      continue;
    }
    for (let i = 0; i < block.length; i++) {
      const byte = block[i] ?? 0;
      if (byte < 0x80) continue;
      const length = sequenceLength(block, i);
      if (length > 0) {
        letters++;
        i += length - 1;
        continue;
      }
      lone++;
      if (byte < 0xa0) {
        c1++;
        if (byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d) undefined1252++;
      }
    }
  }
  lone += rest.length;

  if (hint) return { encoding: hint, bomBytes, damaged: hint === 'utf-8' ? lone > 0 : undefined1252 > 0 };
  if (lone === 0) return { encoding: 'utf-8', bomBytes, damaged: false };
  // two high letters side by side may look like UTF-8 by chance ("ß»"), so a few do not make a mixed file
  if (bomBytes > 0 || letters > Math.max(2, lone / 20)) return { encoding: 'utf-8', bomBytes, damaged: true };
  return { encoding: c1 > 0 ? 'windows-1252' : 'iso-8859-1', bomBytes, damaged: undefined1252 > 0 };
}

function countHigh(block: Buffer): number {
  return block.length - block.toString('utf8').length;
}

function unfinishedTail(block: Buffer): number {
  for (let back = 1; back <= 3 && back <= block.length; back++) {
    const byte = block[block.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < expectedLength(byte) ? back : 0;
  }
  return 0;
}

function expectedLength(lead: number): number {
  return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
}

function sequenceLength(block: Buffer, at: number): number {
  const lead = block[at] ?? 0;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = expectedLength(lead);
  return at + length <= block.length && isUtf8(block.subarray(at, at + length)) ? length : 0;
}

/** Bytes to text, chunk by chunk. Unreadable bytes become U+FFFD. */
export function textDecoder(encoding: Encoding): { write(chunk: Buffer): string; end(): string } {
  if (encoding === 'utf-8') return nodeDecoder('utf8');
  if (encoding === 'utf-16le') return nodeDecoder('utf16le');
  if (encoding === 'iso-8859-1') return { write: (chunk) => chunk.toString('latin1'), end: () => '' };
  const decoder = new TextDecoder(encoding);
  const mark =
    encoding === 'windows-1252' ? (text: string) => text.replace(UNDEFINED_1252, '\ufffd') : (t: string) => t;
  return { write: (chunk) => mark(decoder.decode(chunk, { stream: true })), end: () => decoder.decode() };
}

const UNDEFINED_1252 = /[\u0081\u008d\u008f\u0090\u009d]/g;

function nodeDecoder(name: 'utf8' | 'utf16le'): { write(chunk: Buffer): string; end(): string } {
  const decoder = new StringDecoder(name);
  return { write: (chunk) => decoder.write(chunk), end: () => decoder.end() };
}
