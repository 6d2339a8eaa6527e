import { CONTRACT_KINDS, type ContractKind, type UnitKind } from '#lib/organisation';
import type { Consumer, Openness } from '#lib/policy';
import { z } from 'zod';
import type { Instrument } from '../agreement/agreement.states';

/** What the choice of the instrument looks at: the parties and the case. */
export interface Parties {
  provider: UnitKind;
  consumer: UnitKind;
  /** as the rules see the consumer: an Eigenbetrieb in competition is a GESELLSCHAFT */
  consumerAs: Consumer;
  openness: Openness | null;
  /** both fix purposes and means together (Art. 26 GDPR) */
  jointControl: boolean;
  /** the rules ask for a contract (O-CONTRACT) */
  contractAsked: boolean;
  /** kind of the contract in the register that lasts longest, if any */
  registered: ContractKind | null;
}

/** A contract that must be valid in the register, on the day of confirmation and at every delivery. */
export const instrumentNeed = z.strictObject({ kind: z.enum(CONTRACT_KINDS), partyA: z.uuid(), partyB: z.uuid() });
export type InstrumentNeed = z.output<typeof instrumentNeed>;

const CITY: readonly UnitKind[] = ['STADT', 'DEZERNAT', 'AMT', 'ABTEILUNG', 'STAB', 'STATISTIKSTELLE'];
const OF_THE_CITY: readonly UnitKind[] = [...CITY, 'EIGENBETRIEB'];

/** The instrument for the legal form of the parties and the case, first row that fits (governance §1.3). */
const CHOICE: readonly [fits: (parties: Parties) => boolean, instrument: Instrument][] = [
  [({ consumerAs }) => consumerAs === 'PROCESSOR', 'AVV'],
  [({ jointControl }) => jointControl, 'JCA'],
  [({ openness, contractAsked }) => openness === 'OPEN' && !contractAsked, 'VERMERK'],
  [({ provider, consumer }) => CITY.includes(provider) && CITY.includes(consumer), 'VERMERK'],
  // a city makes no contract with itself
  [
    ({ provider, consumer }) => OF_THE_CITY.includes(provider) && OF_THE_CITY.includes(consumer),
    'INTERNE_VEREINBARUNG',
  ],
  // open data of or for a company needs no contract (R-CON-03)
  [({ contractAsked }) => !contractAsked, 'VERMERK'],
  [({ registered }) => registered === 'AVV', 'AVV'],
  [({ registered }) => registered === 'JCA', 'JCA'],
  [() => true, 'DUV'],
];
export const instrumentFor = (parties: Parties): Instrument => CHOICE.find(([fits]) => fits(parties))![1];

/** What each instrument needs: a contract in the register, and what that contract or this text must settle (governance §5.3). */
export const INSTRUMENT_NEEDS: Readonly<
  Record<Instrument, { contract: ContractKind | null; settles: readonly string[] }>
> = {
  VERMERK: {
    contract: null,
    settles: ['Zweck und Rechtsgrundlage', 'Entscheidung mit den Regeln, auf denen sie beruht'],
  },
  INTERNE_VEREINBARUNG: {
    contract: 'INTERNE_VEREINBARUNG',
    settles: [
      'Zweck und Rechtsgrundlage',
      'wer Betroffene informiert und Auskunft gibt',
      'Weisungen und Vertraulichkeit',
      'Löschung und Meldung von Vorfällen',
    ],
  },
  AVV: {
    contract: 'AVV',
    settles: [
      'Gegenstand, Dauer, Art und Zweck der Verarbeitung',
      'Arten der Daten und betroffene Personen',
      'Weisungen und Vertraulichkeit',
      'technische und organisatorische Maßnahmen',
      'Unterauftragnehmer',
      'Unterstützung, Kontrolle, Löschung oder Rückgabe',
    ],
  },
  JCA: {
    contract: 'JCA',
    settles: [
      'wer Betroffene informiert',
      'wer Anfragen von Betroffenen beantwortet',
      'gemeinsame Anlaufstelle',
      'Veröffentlichung des Wesentlichen',
    ],
  },
  DUV: {
    contract: 'DUV',
    settles: [
      'Parteien, Datenprodukt und Fassung',
      'Zweck, Rechtsgrundlage und erlaubte Nutzung',
      'Verbot von Verkauf, Werbung und Rückführung auf Personen',
      'Schutz, Löschung und Weitergabe',
      'Meldung von Vorfällen, Kontrolle, Haftung und Ende',
    ],
  },
};
export const CONTRACT_NAME: Readonly<Record<ContractKind, string>> = {
  AVV: 'Vertrag zur Auftragsverarbeitung',
  JCA: 'Vereinbarung über gemeinsame Verantwortlichkeit',
  DUV: 'Datenüberlassungsvertrag',
  INTERNE_VEREINBARUNG: 'Interne Vereinbarung',
};

/** Contracts an agreement rests on: the one of its instrument, and the one with the processor of the receiving side. */
export function needsOf(
  instrument: Instrument,
  {
    providerUnitId,
    consumerUnitId,
    processorUnitId,
    onBehalfOfUnitId,
  }: {
    providerUnitId: string;
    consumerUnitId: string;
    processorUnitId: string | null;
    onBehalfOfUnitId?: string | null;
  },
): InstrumentNeed[] {
  const { contract } = INSTRUMENT_NEEDS[instrument];
  return [
    // a processor is bound to the office it works for, which need not be the one that gives
    ...(contract
      ? [
          {
            kind: contract,
            partyA: (instrument === 'AVV' && onBehalfOfUnitId) || providerUnitId,
            partyB: consumerUnitId,
          },
        ]
      : []),
    ...(processorUnitId ? [{ kind: 'AVV' as const, partyA: consumerUnitId, partyB: processorUnitId }] : []),
  ];
}
