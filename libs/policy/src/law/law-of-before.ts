import type { Basis } from '../facts/carrying-bases';
import type { InstrumentsText } from './instruments';
import type { Obligations } from './law.schema';
import type { Fault, Source } from './ruleset';

/** Who answered for products, had to be there and could delegate, before roles said it of themselves: so the program had it. */
const SEATS_OF_BEFORE: Record<string, object> = {
  OWNER: {
    answersForProductsOf: ['STADT', 'DEZERNAT', 'AMT', 'STAB', 'ANDERE_KOMMUNE', 'LAND', 'FORSCHUNG', 'PRIVATE'],
    mustBeFilledIn: ['AMT'],
    delegable: true,
  },
  REQ_HEAD: { mustBeFilledIn: ['AMT', 'EIGENBETRIEB', 'GESELLSCHAFT'] },
  STAT: { answersForProductsOf: ['STATISTIKSTELLE'], mustBeFilledIn: ['STATISTIKSTELLE'] },
  EB_OWNER: { answersForProductsOf: ['EIGENBETRIEB'], mustBeFilledIn: ['EIGENBETRIEB'], delegable: true },
  GES_OWNER: { answersForProductsOf: ['GESELLSCHAFT'], mustBeFilledIn: ['GESELLSCHAFT'], delegable: true },
};

/** `roles.yaml` as a book of before meant it: one in which no role says whom it answers for gets what the program held then. */
export function withSeatsOfBefore(content: unknown): unknown {
  const { roles, ...rest } = (content ?? {}) as { roles?: unknown };
  if (!Array.isArray(roles)) return content;
  const entries = roles as Record<string, unknown>[];
  if (entries.some((role) => typeof role !== 'object' || role === null || 'answersForProductsOf' in role))
    return content;
  return { ...rest, roles: entries.map((role) => ({ ...SEATS_OF_BEFORE[String(role.code)], ...role })) };
}

/** What a text has to say that a stored one of before need not: nothing of it is left to the program any more. */
export function saidToday(sources: readonly Source[]): Fault[] {
  const content = (file: string): unknown => sources.find((source) => source.file === file)?.content;
  const roles = content('roles.yaml');
  return [
    ...(content('instruments.yaml') === undefined
      ? [{ file: 'instruments.yaml', id: null, text: 'die Datei fehlt' }]
      : []),
    ...(withSeatsOfBefore(roles) !== roles
      ? [
          {
            file: 'roles.yaml',
            id: null,
            text: 'keine Rolle sagt, für wessen Produkte sie antwortet (`answersForProductsOf`)',
          },
        ]
      : []),
    ...silentBases(content('legal-bases.yaml')),
    ...believedBases(content('legal-bases.yaml')),
  ];
}

/** Obligations as a book of before meant them: a licence on open data asked nothing of the recipient (governance §2.7.10). */
export const withLicenceOfBefore = (obligations: Obligations): Obligations => ({
  ...obligations,
  obligations: obligations.obligations.map((one) =>
    one.id === 'O-LICENCE' ? { asksNothingOn: ['OPEN'], ...one } : one,
  ),
});

/** Exceptions from a ban that ask for no document: whoever names one would lift the ban by a word. */
function believedBases(content: unknown): Fault[] {
  const { legalBases } = (content ?? {}) as { legalBases?: unknown };
  const bases = Array.isArray(legalBases) ? (legalBases as Partial<Basis>[]) : [];
  return bases.flatMap(({ code, kind, carries }) =>
    (kind === 'ART_9' || kind === 'ART_10') && carries?.some(({ evidence, emergency }) => !evidence && !emergency)
      ? [
          {
            file: 'legal-bases.yaml',
            id: String(code),
            text: 'hebt ein Verbot auf und verlangt keinen Nachweis (`carries.evidence`)',
          },
        ]
      : [],
  );
}

/** Bases that do not say what they can carry; under such a book none of them carries anything personal. */
function silentBases(content: unknown): Fault[] {
  const { legalBases } = (content ?? {}) as { legalBases?: unknown };
  const bases = Array.isArray(legalBases) ? (legalBases as Partial<Record<string, unknown>>[]) : [];
  return bases.flatMap((basis) =>
    ['kind', 'carries', 'assigned'].every((member) => basis?.[member] !== undefined)
      ? []
      : [
          {
            file: 'legal-bases.yaml',
            id: String(basis?.code),
            text: 'sagt nicht, was sie tragen kann (`kind`, `carries`, `assigned`)',
          },
        ],
  );
}

/** The instruments as the program held them before a book said which there are. */
export const INSTRUMENTS_OF_BEFORE: InstrumentsText = {
  source: 'Rollenkonzept §1.3 und §5.3',
  choice: [
    {
      instrument: 'AVV',
      when: { 'consumer.kind': { eq: 'PROCESSOR' } },
      because: 'Wer Daten im Auftrag einer Stelle verarbeitet, braucht einen Vertrag zur Auftragsverarbeitung.',
      source: 'DSGVO Art. 28 Abs. 3',
      mark: 'K',
    },
    {
      instrument: 'JCA',
      when: { 'calc.jointControl': { eq: true } },
      because: 'Wer gemeinsam über Zweck und Mittel entscheidet, vereinbart, wer welche Pflichten erfüllt.',
      source: 'DSGVO Art. 26',
      mark: 'K',
    },
    {
      instrument: 'VERMERK',
      when: { 'product.openness': { eq: 'OPEN' }, 'contract.asked': { eq: false } },
      because: 'Offene Daten, für die keine Regel einen Vertrag verlangt, brauchen nur einen Vermerk.',
      source: 'Rollenkonzept §1.3',
      mark: 'D',
    },
    {
      instrument: 'VERMERK',
      when: {
        'provider.legalForm': { in: ['STADT', 'DEZERNAT', 'AMT', 'ABTEILUNG', 'STAB', 'STATISTIKSTELLE'] },
        'consumer.legalForm': { in: ['STADT', 'DEZERNAT', 'AMT', 'ABTEILUNG', 'STAB', 'STATISTIKSTELLE'] },
      },
      because: 'Zwischen Ämtern und Stellen der Stadt genügt die aufgezeichnete Entscheidung.',
      source: 'Rollenkonzept §1.3',
      mark: 'D',
    },
    {
      instrument: 'INTERNE_VEREINBARUNG',
      when: {
        'provider.legalForm': {
          in: ['STADT', 'DEZERNAT', 'AMT', 'ABTEILUNG', 'STAB', 'STATISTIKSTELLE', 'EIGENBETRIEB'],
        },
        'consumer.legalForm': {
          in: ['STADT', 'DEZERNAT', 'AMT', 'ABTEILUNG', 'STAB', 'STATISTIKSTELLE', 'EIGENBETRIEB'],
        },
      },
      because:
        'Die Stadt schließt keinen Vertrag mit sich selbst. Mit einem Eigenbetrieb trifft sie eine interne Vereinbarung.',
      source: 'Rollenkonzept §1.3',
      mark: 'D',
    },
    {
      instrument: 'VERMERK',
      when: { 'contract.asked': { eq: false } },
      because: 'Verlangt keine Regel einen Vertrag, genügt ein Vermerk (R-CON-03).',
      source: 'Rollenkonzept §1.3',
      mark: 'D',
    },
    {
      instrument: 'AVV',
      when: { 'contract.registered': { eq: 'AVV' } },
      because: 'Steht für die Parteien ein Vertrag zur Auftragsverarbeitung im Register, gilt er.',
      source: 'Rollenkonzept §1.3',
      mark: 'D',
    },
    {
      instrument: 'JCA',
      when: { 'contract.registered': { eq: 'JCA' } },
      because: 'Steht für die Parteien eine Vereinbarung über gemeinsame Verantwortlichkeit im Register, gilt sie.',
      source: 'Rollenkonzept §1.3',
      mark: 'D',
    },
    {
      instrument: 'DUV',
      because: 'Eine eigene Rechtsperson erhält Daten für eigene Zwecke nur mit einem Datenüberlassungsvertrag.',
      source: 'Rollenkonzept §1.3',
      mark: 'D',
    },
  ],
  processor: {
    contract: 'AVV',
    because:
      'Wer für die empfangende Stelle Daten verarbeitet, braucht einen Vertrag zur Auftragsverarbeitung mit ihr.',
    source: 'DSGVO Art. 28 Abs. 3',
    mark: 'K',
  },
  instruments: [
    {
      code: 'VERMERK',
      name: 'Vermerk über die Weitergabe',
      settles: ['Zweck und Rechtsgrundlage', 'Entscheidung mit den Regeln, auf denen sie beruht'],
      questions: [],
    },
    {
      code: 'INTERNE_VEREINBARUNG',
      name: 'Interne Vereinbarung mit dem Eigenbetrieb',
      contract: 'INTERNE_VEREINBARUNG',
      with: 'PROVIDER',
      settles: [
        'Zweck und Rechtsgrundlage',
        'wer Betroffene informiert und Auskunft gibt',
        'Weisungen und Vertraulichkeit',
        'Löschung und Meldung von Vorfällen',
      ],
      questions: [
        {
          code: 'DIENSTANWEISUNG',
          question: 'Welche Dienstanweisung gilt für die Arbeit mit diesen Daten?',
          hint: 'Bezeichnung und Fundstelle, zum Beispiel in der E-Akte.',
        },
      ],
    },
    {
      code: 'AVV',
      name: 'Vertrag zur Auftragsverarbeitung',
      contract: 'AVV',
      with: 'INSTRUCTING',
      settles: [
        'Gegenstand, Dauer, Art und Zweck der Verarbeitung',
        'Arten der Daten und betroffene Personen',
        'Weisungen und Vertraulichkeit',
        'technische und organisatorische Maßnahmen',
        'Unterauftragnehmer',
        'Unterstützung, Kontrolle, Löschung oder Rückgabe',
      ],
      questions: [
        {
          code: 'GEGENSTAND',
          question: 'Was genau wird im Auftrag verarbeitet?',
          hint: 'Gegenstand und Art der Verarbeitung. Die Dauer steht in der Vereinbarung.',
        },
        {
          code: 'DATENARTEN',
          question: 'Welche Arten von Daten und welche Gruppen von Personen sind betroffen?',
          hint: 'Ohne Personen schreiben Sie bitte: keine Personen.',
        },
        {
          code: 'UNTERAUFTRAG',
          question: 'Welche Unterauftragnehmer sind beteiligt?',
          hint: 'Gibt es keine, schreiben Sie bitte: keine.',
        },
        {
          code: 'TOM',
          question: 'Welche technischen und organisatorischen Maßnahmen schützen die Daten?',
          hint: 'Eine Fundstelle genügt, zum Beispiel die Anlage zum Vertrag.',
        },
      ],
    },
    {
      code: 'JCA',
      name: 'Vereinbarung über gemeinsame Verantwortlichkeit',
      contract: 'JCA',
      with: 'PROVIDER',
      settles: [
        'wer Betroffene informiert',
        'wer Anfragen von Betroffenen beantwortet',
        'gemeinsame Anlaufstelle',
        'Veröffentlichung des Wesentlichen',
      ],
      questions: [
        {
          code: 'INFORMATION',
          question: 'Welche Stelle informiert die betroffenen Personen?',
          hint: 'Bitte nennen Sie Stellen und Funktionen, keine Personennamen.',
        },
        {
          code: 'ANLAUFSTELLE',
          question: 'Welche gemeinsame Anlaufstelle beantwortet die Anfragen von Betroffenen?',
          hint: 'Bitte nennen Sie Stellen und Funktionen, keine Personennamen.',
        },
      ],
    },
    {
      code: 'DUV',
      name: 'Datenüberlassungsvertrag',
      contract: 'DUV',
      with: 'PROVIDER',
      settles: [
        'Parteien, Datenprodukt und Fassung',
        'Zweck, Rechtsgrundlage und erlaubte Nutzung',
        'Verbot von Verkauf, Werbung und Rückführung auf Personen',
        'Schutz, Löschung und Weitergabe',
        'Meldung von Vorfällen, Kontrolle, Haftung und Ende',
      ],
      questions: [
        {
          code: 'ZWECKVERPFLICHTUNG',
          question: 'Wer hat die Verpflichtung auf den Zweck unterschrieben, und wo liegt sie?',
          hint: 'Funktion und Fundstelle. Bitte nennen Sie Stellen und Funktionen, keine Personennamen.',
        },
      ],
    },
  ],
};
