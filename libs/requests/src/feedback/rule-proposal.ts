import { type Facts, FIELD_CLASS, type Ruleset } from '#lib/policy';
import { Document } from 'yaml';
import type { StoredDecision } from '../decision/stored-decision.entity';
import type { RuleProposal } from './rule-proposal.view';

export const TO_FILL_IN = 'Bitte ausfüllen';

const HEAD: Record<'APPROVED' | 'REFUSED', (number: string, rules: readonly string[]) => string> = {
  REFUSED: (number) =>
    ` Vorschlag aus Antrag ${number}, der abgelehnt wurde: Solche Anträge sollen künftig nicht mehr zulässig sein.`,
  // a permit never beats an approval: the law book unites, it does not override
  APPROVED: (number, rules) =>
    [
      ` Vorschlag aus Antrag ${number}, der genehmigt wurde: Solche Anträge sollen künftig zulässig sein.`,
      ' Eine Erlaubnis hebt eine Genehmigungspflicht nicht auf. Damit die Prüfung entfällt, brauchen diese Regeln und Zellen',
      ` eine Ausnahme: ${rules.join(', ')}. Danach ist das erwartete Ergebnis des Falls anzupassen.`,
    ].join('\n'),
};

/**
 * Writes the draft from a decision that people took to its end. The condition names the classification, the parties,
 * purpose and form, nothing of the person or the office; the case carries the whole facts with neutral names. As it
 * stands the case holds with the rule. Pure.
 */
export function proposeRule(
  ruleset: Ruleset,
  { facts, rules, chain }: Pick<StoredDecision, 'facts' | 'rules' | 'chain'>,
  decided: 'APPROVED' | 'REFUSED',
  number: string,
  written: { because?: string; source?: string } = {},
): RuleProposal {
  const ruleId = freeId(ruleset);
  const file = `vorschlag-${number.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.yaml`;
  const effect = decided === 'REFUSED' ? 'forbid' : 'permit';
  const rule = {
    id: ruleId,
    effect,
    when: conditionOf(facts),
    because: written.because ?? `${TO_FILL_IN}: ein Satz, den die anfragende Stelle versteht.`,
    source: written.source ?? TO_FILL_IN,
    mark: 'D',
  };
  const others = rules.filter((id) => !id.startsWith('M:'));
  const expect =
    decided === 'REFUSED'
      ? { outcome: 'FORBID', by: [ruleId] }
      : { outcome: 'APPROVAL', by: [...others, ruleId].sort(), chain: [...(chain?.ids ?? [])].sort() };
  const name =
    decided === 'REFUSED'
      ? 'Was abgelehnt wurde, ist künftig nicht zulässig'
      : 'Was genehmigt wurde, ist künftig erlaubt';
  return {
    ruleId,
    rules: {
      file: `rules/${file}`,
      text: inYaml({ chapter: `Vorschlag ${number}`, rules: [rule] }, HEAD[decided](number, rules)),
    },
    cases: {
      file: `cases/${file}`,
      text: inYaml([{ case: `${name} (Antrag ${number})`, facts: caseFacts(facts), expect }], ` Fall zu ${ruleId}`),
    },
  };
}

function freeId({ rules }: Ruleset): string {
  for (let at = 1; at < 100; at++) {
    const id = `R-NEU-${String(at).padStart(2, '0')}`;
    if (!rules.some((rule) => rule.id === id)) return id;
  }
  return 'R-NEU-99';
}

function conditionOf({ product, consumer, purpose, form }: Facts): Record<string, unknown> {
  const eq = (value: unknown) => ({ eq: value });
  return {
    'product.openness': eq(product.openness),
    'product.personalRef': eq(product.personalRef),
    'product.secrecy': product.secrecy.length > 0 ? { all: product.secrecy } : eq([]),
    ...(product.themes.length > 0 && { 'product.themes': { in: product.themes } }),
    'product.provider': eq(product.provider),
    'consumer.kind': eq(consumer.kind),
    ...(purpose.code !== null && { 'purpose.code': eq(purpose.code) }),
    'purpose.relation': eq(purpose.relation),
    form: eq(form),
  };
}

/** The whole facts, so that nothing of the fixtures shines through; who it was about is left out. */
function caseFacts({ fields, fieldClasses: _classes, product, consumer, ...rest }: Facts): Record<string, unknown> {
  const classes = fields.map((field, at) => [`feld_${at + 1}`, field.class] as const);
  return {
    ...rest,
    phase: 'REQUEST',
    product: { ...product, id: 'vorschlag', providerUnit: 'amt' },
    consumer: { ...consumer, unit: 'stelle' },
    onwardRecipients: rest.onwardRecipients.map((_, at) => `empfaenger_${at + 1}`),
    fields: Object.fromEntries(classes.length > 0 ? classes : [['feld_1', FIELD_CLASS[0]]]),
  };
}

function inYaml(content: unknown, comment: string): string {
  const document = new Document(content, { aliasDuplicateObjects: false });
  document.commentBefore = comment;
  return document.toString({ lineWidth: 0 });
}
