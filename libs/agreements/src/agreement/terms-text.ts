import { maskInWords } from '#lib/requests';
import type { Mask, RowFilter } from '#lib/sources';
import { type Instrument, INSTRUMENT_LABEL } from './agreement.states';
import { INSTRUMENT_NEEDS } from '../instrument/instruments';

/** Everything the text of an agreement is made of. Names, not ids: the text is for people. */
export interface TextParts {
  number: string;
  instrument: Instrument;
  consent: 'STANDING_OFFER' | 'APPROVAL' | 'EMERGENCY';
  providerName: string;
  consumerName: string;
  productTitle: string;
  versionNumber: number;
  fields: { name: string; meaning: string | null; mask: Mask | null }[];
  rows: RowFilter | null;
  /** what the form says and the agreement takes over as it is, each line with the section it stands under */
  clauses: { under: string; line: string }[];
  recipients: string[];
  processorName: string | null;
  retentionDays: number | null;
  obligations: string[];
  notes: string[];
  because: string[];
  /** contracts of the register this rests on */
  contracts: string[];
  rulesetHash: string;
  from: string;
  until: string;
  /** of an emergency access: the instant it ends */
  ends?: Date | null;
}

const instant = (at: Date): string =>
  new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', dateStyle: 'medium', timeStyle: 'short' }).format(at);
const german = (day: string): string => day.split('-').reverse().join('.');

export function rowsInWords(filter: RowFilter): string {
  if ('all' in filter) return filter.all.map(bracketed).join(' und ');
  if ('any' in filter) return filter.any.map(bracketed).join(' oder ');
  const { column } = filter;
  switch (filter.op) {
    case 'eq':
      return `${column} ist ${word(filter.value)}`;
    case 'in':
      return `${column} ist eines von ${filter.value.map(word).join(', ')}`;
    case 'gte':
      return `${column} ab ${word(filter.value)}`;
    case 'lte':
      return `${column} bis ${word(filter.value)}`;
    case 'between':
      return `${column} von ${word(filter.value[0])} bis ${word(filter.value[1])}`;
    case 'not_null':
      return `${column} ist angegeben`;
  }
}
const bracketed = (filter: RowFilter): string =>
  'all' in filter || 'any' in filter ? `(${rowsInWords(filter)})` : rowsInWords(filter);
const word = (value: string | number | boolean): string => {
  if (typeof value === 'boolean') return value ? 'ja' : 'nein';
  return typeof value === 'number' ? String(value).replace('.', ',') : `„${value}“`;
};

/** What people wrote stays in its line: nobody begins a section of the agreement with a sentence of a form. */
function inOneLine<T>(value: T): T;
function inOneLine(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/[\n\r\v\f\u0085\u2028\u2029][\s\u0085]*/g, ' ');
  if (Array.isArray(value)) return value.map((one) => inOneLine<unknown>(one));
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inOneLine<unknown>(one)]));
}

/**
 * The agreement in plain German, the same words for both sides. Rendered once at the offer and stored with its
 * SHA-256; a later change of this function changes no agreement.
 */
export function termsText(given: TextParts): string {
  const parts = inOneLine(given);
  const list = (lines: string[]): string => lines.map((line) => `- ${line}`).join('\n');
  const fields = parts.fields.map(({ name, meaning, mask }) =>
    [name, meaning ? ` (${meaning})` : '', mask ? `: ${maskInWords(mask)}` : ''].join(''),
  );
  const sections: [title: string, body: string][] = [
    ['Parteien', `Es gibt: ${parts.providerName}\nEs erhält: ${parts.consumerName}`],
    ['Gegenstand', `„${parts.productTitle}“, Fassung ${parts.versionNumber}. Spätere Fassungen gehören nicht dazu.`],
    ['Felder', list(fields)],
    ['Zeilen', parts.rows ? `Nur Zeilen, für die gilt: ${rowsInWords(parts.rows)}.` : 'Alle Zeilen.'],
    ['Zweck', ''],
    [
      'Empfänger',
      list([
        ...(parts.recipients.length > 0 ? parts.recipients : [parts.consumerName]),
        ...(parts.processorName ? [`Auftragsverarbeiter: ${parts.processorName}`] : []),
      ]),
    ],
    [
      'Dauer',
      parts.ends
        ? `24 Stunden ab der Bestätigung, bis ${instant(parts.ends)} Uhr. Danach endet der Zugang von selbst.`
        : `Vom ${german(parts.from)} bis einschließlich ${german(parts.until)}. Danach endet der Zugang von selbst.`,
    ],
    ...(parts.retentionDays === null
      ? []
      : [
          [
            'Löschen',
            `Gelieferte Daten sind spätestens ${parts.retentionDays} Tage nach der Lieferung zu löschen.`,
          ] as [string, string],
        ]),
    ['Auflagen', parts.obligations.length > 0 ? list(parts.obligations) : 'Keine.'],
    ...(parts.notes.length > 0 ? [['Bedingungen der Freigabe', list(parts.notes)] as [string, string]] : []),
    ['Grundlage', `${list(parts.because)}\nRegelwerk: ${parts.rulesetHash}`],
    [
      'Form',
      [
        `Geregelt sein muss: ${INSTRUMENT_NEEDS[parts.instrument].settles.join('; ')}.`,
        ...parts.contracts.map(
          (contract) =>
            `Es muss gelten: ${contract}. Sonst tritt diese Vereinbarung nicht in Kraft, und es wird nicht geliefert.`,
        ),
      ].join('\n'),
    ],
    [
      'Zustimmung',
      parts.consent === 'EMERGENCY'
        ? 'Ausnahmezugriff wegen einer Gefahr für Leben oder Gesundheit: Zwei Personen der empfangenden Stelle haben ihn gemeinsam geöffnet. Die gebende Stelle war vorher nicht gefragt. Sie wird sofort unterrichtet und prüft danach, ob er rechtmäßig war.'
        : parts.consent === 'APPROVAL'
          ? 'Die gebende Stelle hat dem Antrag zugestimmt. Die empfangende Stelle bestätigt diese Vereinbarung.'
          : 'Die gebende Stelle bietet das Datenprodukt unter diesen Bedingungen allgemein an. Die empfangende Stelle bestätigt diese Vereinbarung.',
    ],
    [
      'Widerruf',
      'Die gebende Stelle kann jederzeit widerrufen. Der Widerruf wirkt sofort, auch während einer Lieferung. Vor jeder Lieferung wird neu geprüft.',
    ],
  ];
  const own = sections.map(([title]) => title);
  const more = [...new Set(parts.clauses.map(({ under }) => under))].filter((title) => !own.includes(title));
  sections.splice(own.indexOf('Zweck') + 1, 0, ...more.map((title): [string, string] => [title, '']));
  const linesOf = (title: string): string[] =>
    parts.clauses.filter(({ under }) => under === title).map(({ line }) => line);
  const head = `${INSTRUMENT_LABEL[parts.instrument]}\nNummer ${parts.number}`;
  return `${[head, ...sections.map(([title, body], i) => `${i + 1}. ${title}\n${[body, ...linesOf(title)].filter(Boolean).join('\n')}`)].join('\n\n')}\n`
    .normalize('NFC')
    .toWellFormed();
}
