import type { Reason } from '../engine/decision';
import { type Condition, leavesOf } from './conditions';
import type { Variant } from './variants';

/** What the program asks of every law book, by name; a program of before asked nothing of the kind. */
export const STANDING = [
  'PUBLICATION',
  'BASIS',
  'SPECIAL_BASIS',
  'CRIMINAL_BASIS',
  'PRIVILEGED',
  'BASIS_DOCUMENT',
  'DESKS',
  'OWNER_RECIPIENTS',
  'OWNER_PROCESSORS',
  'OWNER_SCOPE',
  'OWNER_FORMS',
  'OWNER_DETAIL',
  'OWNER_DURATION',
  'CLOSED_OPEN',
  'SECURITY_OPEN',
  'AI_USE',
  'AI_CONDITIONS',
  'PROCESSOR_CONTRACT',
  'PROCESSOR_COMPETES',
  'STATISTICS_ROWS',
  'STATISTICS_PROCESSED',
] as const;
export type Standing = (typeof STANDING)[number];
/** Two that refuse nothing: a desk looks at what makes a purpose compatible, and at what a basis carries with. */
export const PRIVILEGED = 'PRIVILEGED' satisfies Standing;
export const BASIS_DOCUMENT = 'BASIS_DOCUMENT' satisfies Standing;
/** Evidence at which no desk looks lifts nothing (`onlyLookedAt`); by itself it refuses nothing either. */
export const DESKS = 'DESKS' satisfies Standing;
type Refusing = Exclude<Standing, typeof PRIVILEGED | typeof BASIS_DOCUMENT | typeof DESKS>;

interface Refusal {
  when: Condition;
  /** only of a purpose that is a use by artificial intelligence; requests of before were not asked whether they are one */
  ofAi?: true;
  /** what a refusal of the law with the same code asks if it says it itself; absent: the code alone is enough */
  saidBy?: string;
  reason: Omit<Reason, 'rule'> & { code: string };
}

/** Two people who open an emergency for danger to life wait for no new law book; the refusals it names stand. */
export const NO_EMERGENCY: Condition = { not: { path: 'calc.emergency', op: 'eq', value: 'RUNNING' } };
const REF = ['PSEUDONYMISED', 'PERSONAL', 'SPECIAL'];
const persons = (...among: string[]): Condition => ({ path: 'calc.personalRef', op: 'in', value: among });
const none = (path: string): Condition => ({ path, op: 'eq', value: [], list: true });
const yes = (path: string): Condition => ({ path, op: 'eq', value: true });
const one = (path: string, ...values: string[]): Condition => ({ path, op: 'in', value: values });
const some = (path: string, ...values: string[]): Condition => ({ path, op: 'in', value: values, list: true });
const not = (condition: Condition): Condition => ({ not: condition });

/** What the owner says of a product holds for everybody but an audit, which rests on its mandate. */
const limit = (path: string, code: string, text: string, ...more: Condition[]): Refusal => ({
  when: { all: [yes(path), not(one('calc.column', 'AUDIT')), ...more] },
  saidBy: path,
  reason: { code, text, source: 'Rollenkonzept §3', mark: 'D' },
});
const SINGLE_RECORDS = one('form', 'ROWLEVEL', 'DOCUMENT', 'API_LIVE');
const NOBODY = one('calc.personalRef', 'NONE');
const CELLS = one('calc.personalRef', 'NONE', 'AGGREGATED');
const RELEASED_CUBE: Condition = { all: [yes('calc.releasedCube'), CELLS] };

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
  OWNER_RECIPIENTS: limit(
    'calc.outsideConsumer',
    'recipient_not_offered',
    'Die datenverantwortliche Stelle gibt diese Daten nicht an Stellen dieser Art. Bitte fragen Sie dort nach, wenn Ihre Stelle fehlt.',
    NO_EMERGENCY,
  ),
  OWNER_PROCESSORS: limit(
    'calc.outsideProcessor',
    'processor_not_offered',
    'Die datenverantwortliche Stelle gibt diese Daten nicht an Auftragsverarbeiter. Bitte stellen Sie den Antrag ohne Dienstleister.',
    NO_EMERGENCY,
  ),
  OWNER_SCOPE: limit(
    'calc.outsideScope',
    'outside_scope',
    'Dieses Datenprodukt ist für Ihre Stelle nicht sichtbar und wird ihr deshalb nicht gegeben. Bitte wenden Sie sich an die datenverantwortliche Stelle.',
    not(yes('calc.outsideRecipients')),
  ),
  OWNER_FORMS: limit(
    'calc.formNotOffered',
    'form_not_offered',
    'In dieser Form gibt die datenverantwortliche Stelle die Daten nicht. Bitte wählen Sie eine Form, die beim Datenprodukt steht.',
  ),
  OWNER_DETAIL: limit(
    'calc.finerThanOffered',
    'detail_not_offered',
    'So genau gibt die datenverantwortliche Stelle Daten über Menschen nicht. Bitte fragen Sie nach zusammengefassten Daten.',
  ),
  OWNER_DURATION: limit(
    'calc.longerThanOffered',
    'longer_than_offered',
    'So lange gibt die datenverantwortliche Stelle die Daten nicht. Bitte wählen Sie einen kürzeren Zeitraum.',
  ),
  CLOSED_OPEN: {
    when: { all: [one('product.accessRights', 'NON_PUBLIC'), one('product.openness', 'OPEN')] },
    saidBy: 'calc.nonPublic',
    reason: {
      code: 'classification_contradicts',
      text: 'Die Einstufung widerspricht sich. Die Daten gelten als offen und zugleich als nicht öffentlich. Bis das geklärt ist, wird nichts weitergegeben.',
      source: 'Rollenkonzept §3',
      mark: 'D',
    },
  },
  SECURITY_OPEN: {
    when: {
      all: [yes('product.securityRelevant'), { any: [one('calc.column', 'PUBLIC'), one('product.openness', 'OPEN')] }],
    },
    saidBy: 'calc.securityRelevant',
    reason: {
      code: 'security_relevant',
      text: 'Diese Daten berühren die Sicherheit oder kritische Infrastruktur. Sie können nicht offen sein.',
      source: 'DNG § 2 Abs. 3',
      mark: 'D',
    },
  },
  AI_USE: {
    when: one('product.aiUse', 'NEIN'),
    ofAi: true,
    saidBy: 'calc.aiForbidden',
    reason: {
      code: 'ai_not_allowed',
      text: 'Die datenverantwortliche Stelle erlaubt nicht, dass diese Daten für künstliche Intelligenz genutzt werden.',
      source: 'Rollenkonzept §9 U12',
      mark: 'D',
    },
  },
  AI_CONDITIONS: {
    // a law book that knows no conditions has no obligation that keeps them
    when: one('product.aiUse', 'MIT_BEDINGUNGEN'),
    ofAi: true,
    saidBy: 'calc.aiConditionsMissing',
    reason: {
      code: 'ai_conditions_missing',
      text: 'Die datenverantwortliche Stelle erlaubt künstliche Intelligenz nur unter Bedingungen. Das Regelwerk, das gilt, kennt keine Auflage, die sie festhält.',
      source: 'Rollenkonzept §9 U12',
      mark: 'D',
    },
  },
  PROCESSOR_CONTRACT: {
    when: {
      all: [
        yes('calc.processor'),
        one('calc.processorContract', 'MISSING', 'EXPIRED'),
        {
          any: [
            one('consumer.kind', 'PROCESSOR'),
            one('calc.personalRef', ...REF),
            not(none('product.secrecy')),
            not(one('product.openness', 'OPEN')),
          ],
        },
      ],
    },
    saidBy: 'calc.processorContract',
    reason: {
      code: 'contract_missing',
      text: 'Ein Auftragsverarbeiter braucht einen gültigen Vertrag zur Auftragsverarbeitung mit der Stelle, für die er arbeitet. Er steht nicht im Register oder ist abgelaufen.',
      source: 'DSGVO Art. 28 Abs. 3',
      mark: 'D',
    },
  },
  PROCESSOR_COMPETES: {
    when: {
      all: [
        yes('calc.processorCompetes'),
        some('product.secrecy', 'KRITIS', 'GESCHAEFTSGEHEIMNIS', 'VERGABE', 'ENTFLECHTUNG'),
      ],
    },
    saidBy: 'calc.processorCompetes',
    reason: {
      code: 'competition',
      text: 'Wer im Wettbewerb steht, verarbeitet keine Geschäftsgeheimnisse anderer, keine Unterlagen einer Ausschreibung und keine Daten der Netze, auch nicht im Auftrag.',
      source: 'GeschGehG, VgV § 6, EnWG § 6a',
      mark: 'D',
    },
  },
  STATISTICS_ROWS: {
    when: {
      all: [
        some('product.secrecy', 'STATISTIK'),
        SINGLE_RECORDS,
        not(one('calc.column', 'STATISTIKSTELLE')),
        not(RELEASED_CUBE),
        not({ all: [yes('calc.releasedMicrodata'), NOBODY, one('calc.column', 'RESEARCH')] }),
      ],
    },
    saidBy: 'calc.releasedCube',
    reason: {
      code: 'statistical_secrecy',
      text: 'Einzelangaben der Statistik verlassen die Statistikstelle nicht. Möglich sind geschützte Tabellen oder Karten.',
      source: 'BStatG § 16 Abs. 1, HessLStatG § 16 Abs. 1',
      mark: 'D',
    },
  },
  STATISTICS_PROCESSED: {
    when: {
      all: [
        yes('calc.processor'),
        not(one('calc.recipient', 'STATISTIKSTELLE')),
        {
          any: [
            { all: [some('product.secrecy', 'STATISTIK'), SINGLE_RECORDS, not(RELEASED_CUBE)] },
            { all: [one('calc.column', 'STATISTIKSTELLE'), persons(...REF)] },
          ],
        },
      ],
    },
    saidBy: 'calc.recipient',
    reason: {
      code: 'statistical_secrecy',
      text: 'Einzelangaben der Statistik verlassen die Statistikstelle nicht, auch nicht zu einem Auftragsverarbeiter.',
      source: 'BStatG § 16 Abs. 1, HessLStatG § 16 Abs. 1',
      mark: 'D',
    },
  },
};

/**
 * Refusals that hold under a law book which says nothing of the matter, because it is older or because it left the
 * sentence out: without them a word would loosen what nobody keeps. Where the law says it, its own rule takes their place,
 * so that a reason is told once.
 */
export function standingRefusals(
  law: readonly Variant[],
  asked: readonly Standing[],
  usingAi: ReadonlySet<string>,
): Variant[] {
  const forbids = law.filter(({ kind }) => kind === 'FORBID');
  const said = ({ saidBy, reason: { code } }: Refusal): boolean =>
    forbids.some(
      ({ when, reason }) =>
        reason.code === code && (saidBy === undefined || leavesOf(when).some(({ path }) => path === saidBy)),
    );
  const ai = one('purpose.code', ...usingAi);
  return asked
    .filter((name): name is Refusing => Object.hasOwn(REFUSALS, name))
    .filter((name) => !said(REFUSALS[name]))
    .map((name) => {
      const { when, ofAi, reason } = REFUSALS[name];
      return {
        id: name,
        kind: 'FORBID',
        when: ofAi ? { all: [when, ai] } : when,
        chains: [],
        steps: [],
        obligations: [],
        reason: { rule: name, ...reason },
      };
    });
}
