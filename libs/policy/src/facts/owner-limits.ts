import type { Transfer } from './carrying-bases';
import type { Facts } from './facts';
import type { Consumer, Form } from './lists';

const NOTHING: readonly string[] = [];
const SINGLE_RECORDS: Readonly<Record<Form, boolean>> = {
  TABLE_AGG: false,
  GEO_AGG: false,
  ROWLEVEL: true,
  DOCUMENT: true,
  API_LIVE: true,
};
const INSIDE_THE_CITY: readonly Consumer[] = ['SAME_OFFICE', 'OTHER_OFFICE', 'STATISTIKSTELLE', 'EIGENBETRIEB'];
/** Days of the longest stretch of so many months, from one on. */
export const MOST_DAYS = [31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337, 366];

/** What the owner limits, against what is asked for. What the owner does not say limits as far as it can. */
export const OWNER_LIMITS = {
  outsideConsumer: (facts, seen) => isOutsideConsumer(facts, seen),
  outsideProcessor: (facts) => isOutsideProcessor(facts),
  outsideRecipients: (facts, seen) => isOutsideConsumer(facts, seen) || isOutsideProcessor(facts),
  outsideScope: (facts, seen) => {
    const scope = facts.product.discoverScope ?? 'OWN';
    if (scope === 'ALL') return false;
    if (scope === 'OFFERED') return isOutsideConsumer(facts, seen) || isOutsideProcessor(facts);
    return scope === 'CITY' ? !INSIDE_THE_CITY.includes(seen.column) : seen.column !== 'SAME_OFFICE';
  },
  formNotOffered: ({ product, form }) => !(product.offers ?? NOTHING).includes(form),
  finerThanOffered: ({ product, consumer, form, fieldClasses }, { personalRef }) => {
    if (!SINGLE_RECORDS[form]) return false;
    const personal = personalRef === 'PERSONAL' || personalRef === 'SPECIAL';
    if (!personal && product.personalRef !== 'PSEUDONYMISED') return false;
    const levels: readonly string[] = product.detailLevels ?? NOTHING;
    if (levels.includes('EINZELFALL')) return false;
    const named = personal && (consumer.holdsKey || fieldClasses.includes('DIRECT_ID'));
    return named || !levels.includes('PSEUDONYM');
  },
  longerThanOffered: ({ product, periodMonths, periodDays }) => {
    const months = periodMonths ?? 0;
    const days = periodDays ?? MOST_DAYS[months - 1] ?? months * MOST_DAYS[0]!;
    return days > (product.maxDays ?? 0);
  },
  ownMinGroup: ({ product }) => (product.minGroup ?? 1) > 1,
  notPublic: ({ product }) => product.accessRights !== 'PUBLIC',
  nonPublic: ({ product }) => product.accessRights !== 'PUBLIC' && product.accessRights !== 'RESTRICTED',
  aiForbidden: ({ product }) => product.aiUse !== 'JA' && product.aiUse !== 'MIT_BEDINGUNGEN',
  aiOnConditions: ({ product }) => product.aiUse === 'MIT_BEDINGUNGEN',
  aiConditionsMissing: ({ product }) => !product.aiConditions,
} satisfies Record<string, (facts: Facts, seen: Transfer) => boolean>;

/** Whether the bytes reach somebody who processes for whose purpose it is. */
export const isProcessed = ({ consumer, recipient }: Facts): boolean =>
  consumer.kind === 'PROCESSOR' || recipient?.processor === true;

function isOutsideConsumer({ product, consumer }: Facts, { column }: Transfer): boolean {
  const kinds: readonly string[] = product.recipientKinds ?? NOTHING;
  return !kinds.includes(column) || (consumer.kind !== 'PROCESSOR' && !kinds.includes(consumer.kind));
}

function isOutsideProcessor(facts: Facts): boolean {
  return isProcessed(facts) && !(facts.product.recipientKinds ?? (NOTHING as Consumer[])).includes('PROCESSOR');
}
