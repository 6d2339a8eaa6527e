import type { OwnersTerm } from '#lib/catalogue';
import { quoted } from '#lib/kernel';
import type { InstrumentText } from '#lib/policy';
import { type FormClause, maskInWords } from '#lib/requests';
import type { Mask, RowFilter } from '#lib/sources';
import { type AgreementDocument, type AgreementItem, points, quotation, sentence } from './agreement-document';
import { rowsInWords } from './rows-in-words';

/** Everything an agreement is made of. Names, not ids: it is for people. */
export interface AgreementParts {
  number: string;
  instrument: Pick<InstrumentText, 'name' | 'settles'>;
  consent: 'STANDING_OFFER' | 'APPROVAL' | 'EMERGENCY';
  providerName: string;
  consumerName: string;
  productTitle: string;
  versionNumber: number;
  /** form of the data in words: `einzelne Datensätze` */
  form: string;
  /** complete deliveries in so many days; null: no limit */
  deliveries: { times: number; days: number } | null;
  fields: { name: string; meaning: string | null; mask: Mask | null }[];
  rows: RowFilter | null;
  /** what the form says and the agreement takes over as it is */
  clauses: FormClause[];
  /** of the receiving side, in its own words */
  recipients: string[];
  processorName: string | null;
  retentionDays: number | null;
  /** the obligation to delete, in words and with these days; null: these days were only asked for */
  deletion: string | null;
  /** every other obligation */
  obligations: string[];
  /** of the deciders, in their own words */
  notes: string[];
  ownersTerms: OwnersTerm[];
  because: string[];
  /** norms the request rests on, in words */
  legalBases: string[];
  /** contracts of the register this rests on */
  contracts: string[];
  rulesetHash: string;
  from: string;
  until: string;
  /** of an emergency access: the instant it ends */
  ends?: Date | null;
}

interface ClauseKind {
  id: string;
  title: string;
  items: (parts: AgreementParts) => AgreementItem[];
}

const instant = (at: Date): string =>
  new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', dateStyle: 'medium', timeStyle: 'short' }).format(at);
const german = (day: string): string => day.split('-').reverse().join('.');

const CONSENT: Record<AgreementParts['consent'], string> = {
  EMERGENCY:
    'Ausnahmezugriff wegen einer Gefahr für Leben oder Gesundheit: Zwei Personen der empfangenden Stelle haben ihn gemeinsam geöffnet. Die gebende Stelle war vorher nicht gefragt. Sie wird sofort unterrichtet und prüft danach, ob er rechtmäßig war.',
  APPROVAL: 'Die gebende Stelle hat dem Antrag zugestimmt. Die empfangende Stelle bestätigt diese Vereinbarung.',
  STANDING_OFFER:
    'Die gebende Stelle bietet das Datenprodukt unter diesen Bedingungen allgemein an. Die empfangende Stelle bestätigt diese Vereinbarung.',
};

/**
 * The clauses of an agreement in their order. A new one is an entry here; one without items is left out. Our words are
 * sentences and points, where names of things stand quoted; what people wrote is a quotation.
 */
export const CLAUSES: readonly ClauseKind[] = [
  {
    id: 'parties',
    title: 'Parteien',
    items: ({ providerName, consumerName }) => [
      sentence(`Es gibt: ${providerName}`),
      sentence(`Es erhält: ${consumerName}`),
    ],
  },
  {
    id: 'subject',
    title: 'Gegenstand',
    items: ({ productTitle, versionNumber }) => [
      sentence(`${quoted(productTitle)}, Fassung ${versionNumber}. Spätere Fassungen gehören nicht dazu.`),
    ],
  },
  {
    id: 'form',
    title: 'Form der Daten',
    items: ({ form, deliveries }) => [
      sentence(`Geliefert werden: ${form}.`),
      ...(deliveries
        ? [sentence(`Höchstens ${deliveries.times} vollständige Lieferungen in ${deliveries.days} Tagen.`)]
        : []),
    ],
  },
  {
    id: 'fields',
    title: 'Felder',
    items: ({ fields }) => [
      ...points(
        fields.map(({ name, meaning, mask }) =>
          [name, meaning ? ` (${quoted(meaning)})` : '', mask ? `: ${maskInWords(mask)}` : ''].join(''),
        ),
      ),
      ...(fields.some(({ mask }) => mask?.kind === 'pseudonym')
        ? [sentence('Pseudonyme gelten nur in dieser Vereinbarung. In jeder anderen sind sie andere.')]
        : []),
    ],
  },
  {
    id: 'rows',
    title: 'Zeilen',
    items: ({ rows, fields }) => {
      // a value that is delivered coarser or not at all is not told by the text either
      const hidden = fields.flatMap(({ name, mask }) => (mask ? [name] : []));
      return [sentence(rows ? `Nur Zeilen, für die gilt: ${rowsInWords(rows, hidden)}.` : 'Alle Zeilen.')];
    },
  },
  { id: 'purpose', title: 'Zweck', items: () => [] },
  {
    id: 'recipients',
    title: 'Empfänger',
    items: ({ recipients, consumerName, processorName }) => [
      ...points([consumerName]),
      // who of it works with the data it says itself; that makes nobody else a recipient
      ...recipients.map((words) => quotation('CONSUMER', 'Innerhalb der empfangenden Stelle', words)),
      ...points(processorName ? [`Auftragsverarbeiter: ${processorName}`] : []),
    ],
  },
  {
    id: 'validity',
    title: 'Dauer',
    items: ({ ends, from, until }) => [
      sentence(
        ends
          ? `24 Stunden ab der Bestätigung, bis ${instant(ends)} Uhr. Danach endet der Zugang von selbst.`
          : `Vom ${german(from)} bis einschließlich ${german(until)}. Danach endet der Zugang von selbst.`,
      ),
    ],
  },
  {
    id: 'retention',
    title: 'Löschen',
    items: ({ retentionDays: days, deletion }) =>
      deletion !== null
        ? [...points([deletion]), sentence('Die Frist beginnt mit der Lieferung.')]
        : days === null
          ? []
          : [sentence(`Gelieferte Daten sind spätestens ${days} Tage nach der Lieferung zu löschen.`)],
  },
  {
    id: 'obligations',
    title: 'Auflagen',
    items: ({ obligations, deletion }) =>
      obligations.length > 0 ? points(obligations) : [sentence(deletion === null ? 'Keine.' : 'Keine weiteren.')],
  },
  {
    id: 'conditions',
    title: 'Bedingungen der Freigabe',
    items: ({ notes }) => notes.map((note) => quotation('DECIDERS', null, note)),
  },
  {
    id: 'owner',
    title: 'Bedingungen der gebenden Stelle',
    items: ({ ownersTerms }) =>
      ownersTerms.map(({ about, words, own }) =>
        own ? quotation('PROVIDER', about, words) : sentence(`${about}: ${words}.`),
      ),
  },
  {
    id: 'basis',
    title: 'Grundlage',
    items: ({ legalBases, because, rulesetHash }) => [
      ...(legalBases.length > 0 ? [sentence(`Die empfangende Stelle stützt sich auf: ${legalBases.join('; ')}.`)] : []),
      ...points(because),
      sentence(`Regelwerk: ${rulesetHash}`),
    ],
  },
  {
    id: 'instrument',
    title: 'Form der Vereinbarung',
    items: ({ instrument, contracts }) => [
      sentence(`Geregelt sein muss: ${instrument.settles.join('; ')}.`),
      ...contracts.map((contract) =>
        sentence(
          `Es muss gelten: ${contract}. Sonst tritt diese Vereinbarung nicht in Kraft, und es wird nicht geliefert.`,
        ),
      ),
    ],
  },
  { id: 'consent', title: 'Zustimmung', items: ({ consent }) => [sentence(CONSENT[consent])] },
  {
    id: 'revocation',
    title: 'Widerruf',
    items: () => [
      sentence(
        'Die gebende Stelle kann jederzeit widerrufen. Der Widerruf wirkt sofort, auch während einer Lieferung. Vor jeder Lieferung wird neu geprüft.',
      ),
    ],
  },
];

/** What the form adds: somebody's own words as a quotation, choices and days in a sentence of ours. */
const fromForm = ({ about, words, own }: FormClause): AgreementItem =>
  own ? quotation('CONSUMER', about, words) : sentence(`${about}: ${words}`);

/** The agreement as structure, made once at the offer and sealed; a later change of the clauses changes no agreement. */
export function documentOf(parts: AgreementParts): AgreementDocument {
  const known = CLAUSES.map(({ title }) => title);
  // sections only the form names stand behind the purpose, where the rest of what was asked stands
  const more = [...new Set(parts.clauses.map(({ under }) => under))].filter((title) => !known.includes(title));
  const clauses = CLAUSES.flatMap((kind) => [
    kind,
    ...(kind.id === 'purpose'
      ? more.map((title, at): ClauseKind => ({ id: `more-${at + 1}`, title, items: () => [] }))
      : []),
  ]).map(({ id, title, items }) => ({
    id,
    title,
    items: [...items(parts), ...parts.clauses.filter(({ under }) => under === title).map(fromForm)],
  }));
  return {
    title: parts.instrument.name,
    number: `Nummer ${parts.number}`,
    clauses: clauses.filter(({ items }) => items.length > 0),
  };
}
