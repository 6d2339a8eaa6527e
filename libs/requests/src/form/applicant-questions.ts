import type { Consumer } from '#lib/policy';
import { z } from 'zod';
import { isAboutPersons } from './about-persons';
import type { AboutProduct, RequestFieldTable } from './request-field';

const has = ({ secrecy }: AboutProduct, ...all: AboutProduct['secrecy']): boolean =>
  all.every((one) => secrecy.includes(one));
const about = ({ personalRef }: AboutProduct, ...refs: AboutProduct['personalRef'][]): boolean =>
  refs.includes(personalRef);
/** Offices of the city sell no energy. */
const OFFICES: readonly Consumer[] = ['SAME_OFFICE', 'OTHER_OFFICE', 'STATISTIKSTELLE', 'AUDIT', 'PUBLIC'];
const aGroup = (product: AboutProduct): boolean => has(product, 'MELDE') && isAboutPersons(product);

/** Asked with yes or no, and left open until somebody answers. */
const question = {
  kind: 'yesNo',
  section: 'use',
  in: 'declarations',
  binds: ['fact', 'term'],
  clause: { under: 'Erklärungen der anfragenden Stelle' },
  schema: z.boolean('Bitte antworten Sie mit Ja oder Nein.').optional(),
} as const;
/** Ticked where it is so. */
const statement = {
  kind: 'tick',
  section: 'use',
  in: 'declarations',
  folded: true,
  binds: ['fact', 'term'],
  clause: { under: 'Erklärungen der anfragenden Stelle' },
  schema: z.boolean().default(false),
} as const;

/** What only the applicant can know. A question stands where a rule looks at it; a statement can be made for every product. */
export const APPLICANT_QUESTIONS = {
  exclusive: {
    ...question,
    label: 'Soll nur Ihre Stelle diese Daten bekommen?',
    hint: 'Dass eine Stelle Daten allein bekommt, ist nur mit einer geprüften Ausnahme zulässig.',
    fact: 'exclusive',
    asks: ({ openness }) => openness !== 'OPEN',
  },
  /**
   * Asked for every product: purposes alone are easily named otherwise, and the answer is what the agreement holds the
   * asking side to, a no as well.
   */
  usesAi: {
    ...question,
    label: 'Werden die Daten für künstliche Intelligenz genutzt?',
    said: 'Nutzung für künstliche Intelligenz',
    hint: 'Zum Beispiel, um ein Modell zu trainieren, um sie auswerten zu lassen oder als Eingabe für einen Assistenten.',
    binds: ['fact', 'term'],
    fact: 'usesAi',
    must: () => true,
  },
  linksPersonalProducts: {
    ...question,
    label: 'Verknüpfen Sie die Daten mit anderen Daten über Personen?',
    said: 'Verknüpfung mit anderen Daten über Personen',
    hint: 'Auch mit Daten, die Ihre Stelle schon hat.',
    fact: 'linksPersonalProducts',
    asks: isAboutPersons,
    must: isAboutPersons,
  },
  reidentification: {
    ...question,
    label: 'Möchten Sie mit den Daten einzelne Personen oder Betriebe wiedererkennen?',
    hint: 'Auch wenn Sie die Daten dazu mit anderen verbinden.',
    fact: 'purpose.reidentification',
    asks: (product) => has(product, 'STATISTIK') || about(product, 'AGGREGATED', 'PSEUDONYMISED'),
    must: (product) => has(product, 'STATISTIK'),
  },
  singleCase: {
    ...question,
    label: 'Nutzen Sie die Daten für einzelne Verwaltungsfälle?',
    hint: 'Zum Beispiel für einen Bescheid an eine bestimmte Person.',
    fact: 'purpose.singleCase',
    asks: (product) => has(product, 'STATISTIK'),
    must: (product) => has(product, 'STATISTIK'),
  },
  groupOfPersons: {
    ...question,
    label: 'Brauchen Sie Daten über eine Gruppe von Personen, die Sie nicht einzeln benennen?',
    hint: 'Zum Beispiel alle Kinder eines Jahrgangs. „Nein“ heißt: Sie nennen jede Person.',
    fact: 'groupOfPersons',
    asks: aGroup,
    must: aGroup,
  },
  personnelDecisions: {
    ...question,
    label: 'Trifft jemand, der die Daten bekommt, Personalentscheidungen?',
    hint: 'Sozialdaten von Beschäftigten dürfen diese Personen nie bekommen.',
    fact: 'consumer.personnelDecisions',
    asks: (product) => has(product, 'SOZIAL', 'BESCHAEFTIGTE'),
    must: (product) => has(product, 'SOZIAL', 'BESCHAEFTIGTE'),
  },
  salesArm: {
    ...question,
    label: 'Bekommt der Vertrieb eines Energieversorgers die Daten?',
    hint: 'Daten des Energienetzes dürfen keinem Vertrieb einen Vorteil geben.',
    fact: 'consumer.salesArm',
    asks: (product) => has(product, 'ENTFLECHTUNG'),
    must: (product, consumer) => has(product, 'ENTFLECHTUNG') && !OFFICES.includes(consumer),
  },
  holdsKey: { ...statement, label: 'Wir können Pseudonyme wieder auflösen.', fact: 'consumer.holdsKey' },
  thirdCountry: { ...statement, label: 'Daten gehen in ein Land außerhalb der EU.', fact: 'thirdCountry' },
  automatedDecision: {
    ...statement,
    label: 'Aus den Daten folgt automatisch eine Entscheidung über Menschen.',
    fact: 'automatedDecision',
  },
  /** both sides fix purposes and means together (Art. 26 GDPR) */
  jointControl: {
    ...statement,
    label: 'Beide Stellen legen Zweck und Mittel der Verarbeitung gemeinsam fest (gemeinsame Verantwortung).',
    schema: z.boolean().optional(),
    fact: 'jointControl',
  },
  nonProduction: { ...statement, label: 'Wir nutzen die Daten für Test oder Entwicklung.', fact: 'nonProduction' },
} as const satisfies RequestFieldTable;
