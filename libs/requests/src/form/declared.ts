import type { InputFault } from '#lib/kernel';
import type { Consumer, Facts } from '#lib/policy';
import type { PartialRequestForm } from './request-form';

/** What only the applicant knows and a rule looks at for some products: asked there, and there the answer counts. */
export const QUESTIONS = [
  'exclusive',
  'reidentification',
  'singleCase',
  'groupOfPersons',
  'personnelDecisions',
  'salesArm',
] as const;
export type Question = (typeof QUESTIONS)[number];
/** What of a product, and of who asks, makes a rule look. */
export type AboutProduct = Pick<Facts['product'], 'openness' | 'personalRef' | 'secrecy'>;

interface Declared {
  /** German, answered with yes or no */
  text: string;
  hint: string;
  asks(product: AboutProduct): boolean;
  /** the rule protects people, or equal terms: without an answer the stricter one counts, and no request is submitted */
  must(product: AboutProduct, consumer: Consumer): boolean;
}

const has = ({ secrecy }: AboutProduct, ...all: Facts['product']['secrecy']): boolean =>
  all.every((one) => secrecy.includes(one));
const about = ({ personalRef }: AboutProduct, ...refs: AboutProduct['personalRef'][]): boolean =>
  refs.includes(personalRef);
/** Offices of the city sell no energy. */
const OFFICES: readonly Consumer[] = ['SAME_OFFICE', 'OTHER_OFFICE', 'STATISTIKSTELLE', 'AUDIT', 'PUBLIC'];

export const DECLARED: Readonly<Record<Question, Declared>> = {
  exclusive: {
    text: 'Soll nur Ihre Stelle diese Daten bekommen?',
    hint: 'Dass eine Stelle Daten allein bekommt, ist nur mit einer geprüften Ausnahme zulässig.',
    asks: ({ openness }) => openness !== 'OPEN',
    must: () => false,
  },
  reidentification: {
    text: 'Möchten Sie mit den Daten einzelne Personen oder Betriebe wiedererkennen?',
    hint: 'Auch wenn Sie die Daten dazu mit anderen verbinden.',
    asks: (product) => has(product, 'STATISTIK') || about(product, 'AGGREGATED', 'PSEUDONYMISED'),
    must: (product) => has(product, 'STATISTIK'),
  },
  singleCase: {
    text: 'Nutzen Sie die Daten für einzelne Verwaltungsfälle?',
    hint: 'Zum Beispiel für einen Bescheid an eine bestimmte Person.',
    asks: (product) => has(product, 'STATISTIK'),
    must: (product) => has(product, 'STATISTIK'),
  },
  groupOfPersons: {
    text: 'Brauchen Sie Daten über eine Gruppe von Personen, die Sie nicht einzeln benennen?',
    hint: 'Zum Beispiel alle Kinder eines Jahrgangs. „Nein“ heißt: Sie nennen jede Person.',
    asks: (product) => has(product, 'MELDE') && about(product, 'PSEUDONYMISED', 'PERSONAL', 'SPECIAL', null),
    must: (product) => has(product, 'MELDE') && about(product, 'PSEUDONYMISED', 'PERSONAL', 'SPECIAL', null),
  },
  personnelDecisions: {
    text: 'Trifft jemand, der die Daten bekommt, Personalentscheidungen?',
    hint: 'Sozialdaten von Beschäftigten dürfen diese Personen nie bekommen.',
    asks: (product) => has(product, 'SOZIAL', 'BESCHAEFTIGTE'),
    must: (product) => has(product, 'SOZIAL', 'BESCHAEFTIGTE'),
  },
  salesArm: {
    text: 'Bekommt der Vertrieb eines Energieversorgers die Daten?',
    hint: 'Daten des Energienetzes dürfen keinem Vertrieb einen Vorteil geben.',
    asks: (product) => has(product, 'ENTFLECHTUNG'),
    must: (product, consumer) => has(product, 'ENTFLECHTUNG') && !OFFICES.includes(consumer),
  },
};

/** The answer as the rules see it: what was said, else yes where it must be said. */
export function declared(
  question: Question,
  form: Pick<PartialRequestForm, 'declarations'>,
  product: AboutProduct,
  consumer: Consumer,
): boolean {
  return form.declarations?.[question] ?? DECLARED[question].must(product, consumer);
}

/** One fault for each question of this product that must be answered and is not. */
export function unanswered(
  form: Pick<PartialRequestForm, 'declarations'>,
  product: AboutProduct,
  consumer: Consumer,
): InputFault[] {
  return QUESTIONS.filter(
    (question) => form.declarations?.[question] === undefined && DECLARED[question].must(product, consumer),
  ).map((question) => ({
    pointer: `/declarations/${question}`,
    code: 'missing',
    detail: `Bitte beantworten Sie: ${DECLARED[question].text}`,
  }));
}
