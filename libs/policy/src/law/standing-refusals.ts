import type { Reason } from '../engine/decision';
import type { Condition } from './conditions';
import type { Variant } from './variants';

/** What the program asks of every law book, by name; a program of before asked nothing of the kind. */
export const STANDING = [
  'PUBLICATION',
  'BASIS',
  'SPECIAL_BASIS',
  'CRIMINAL_BASIS',
  'PRIVILEGED',
  'BASIS_DOCUMENT',
] as const;
export type Standing = (typeof STANDING)[number];
/** Of those the two that refuse nothing: a desk looks at what makes a purpose compatible, and at what a basis carries with. */
export const PRIVILEGED = 'PRIVILEGED' satisfies Standing;
export const BASIS_DOCUMENT = 'BASIS_DOCUMENT' satisfies Standing;
type Refusing = Exclude<Standing, typeof PRIVILEGED | typeof BASIS_DOCUMENT>;

interface Refusal {
  when: Condition;
  reason: Omit<Reason, 'rule'> & { code: string };
}

/** Two people who open an emergency for danger to life wait for no new law book; the refusals it names stand. */
export const NO_EMERGENCY: Condition = { not: { path: 'calc.emergency', op: 'eq', value: 'RUNNING' } };
const REF = ['PSEUDONYMISED', 'PERSONAL', 'SPECIAL'];
const persons = (...among: string[]): Condition => ({ path: 'calc.personalRef', op: 'in', value: among });
const none = (path: string): Condition => ({ path, op: 'eq', value: [], list: true });
const yes = (path: string): Condition => ({ path, op: 'eq', value: true });

const REFUSALS: Record<Refusing, Refusal> = {
  PUBLICATION: {
    when: { all: [yes('calc.publication'), { not: { path: 'calc.column', op: 'eq', value: 'PUBLIC' } }] },
    reason: {
      code: 'publication_is_its_own_act',
      text: 'Veröffentlichen ist kein Zweck einer Lieferung, sondern ein eigener Vorgang, der noch nicht eingerichtet ist. Was schon offen ist, bekommen Sie unter dem Zweck, für den Sie es wirklich brauchen.',
      source: 'Rollenkonzept §2.2',
      mark: 'D',
    },
  },
  BASIS: {
    when: { all: [persons(...REF), { not: none('legalBasis') }, none('calc.carriedBy'), NO_EMERGENCY] },
    reason: {
      code: 'basis_not_carrying',
      text: 'Das Regelwerk, das gilt, sagt von keiner genannten Rechtsgrundlage, dass sie diese Daten für diese Stelle trägt. Bis es das sagt, werden Daten über Personen nicht weitergegeben.',
      source: 'DSGVO Art. 6 Abs. 1 und 3',
      mark: 'D',
    },
  },
  SPECIAL_BASIS: {
    when: { all: [persons('SPECIAL'), none('calc.specialBy'), NO_EMERGENCY] },
    reason: {
      code: 'special_basis_missing',
      text: 'Für besondere Kategorien trägt hier keine genannte Ausnahme nach Art. 9 Abs. 2 DSGVO.',
      source: 'DSGVO Art. 9 Abs. 2',
      mark: 'D',
    },
  },
  CRIMINAL_BASIS: {
    when: { all: [persons('SPECIAL'), yes('calc.criminalRecords'), none('calc.criminalBy'), NO_EMERGENCY] },
    reason: {
      code: 'criminal_basis_missing',
      text: 'Für Daten über Straftaten trägt hier keine genannte Grundlage nach Art. 10 DSGVO. Sind keine solchen Daten dabei, sagt es die datenverantwortliche Stelle bei der Einstufung.',
      source: 'DSGVO Art. 10',
      mark: 'D',
    },
  },
};

/**
 * Refusals that hold under a law book which says nothing of the matter, because it is older or because it left the
 * sentence out: without them a word would loosen what nobody keeps. A rule with the same code takes their place.
 */
export function standingRefusals(said: ReadonlySet<string>, asked: readonly Standing[]): Variant[] {
  return asked
    .filter((name): name is Refusing => name in REFUSALS)
    .map((name) => ({ name, ...REFUSALS[name] }))
    .filter(({ reason }) => !said.has(reason.code))
    .map(({ name, when, reason }) => ({
      id: name,
      kind: 'FORBID',
      when,
      chains: [],
      steps: [],
      obligations: [],
      reason: { rule: name, ...reason },
    }));
}
