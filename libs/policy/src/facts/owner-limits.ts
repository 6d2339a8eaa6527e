import type { Facts } from './facts';
import type { Consumer, Form } from './lists';

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
export function limitsOf(
  { product, consumer, recipient, form, fieldClasses, ...asked }: Facts,
  column: Consumer,
  personal: boolean,
) {
  const { recipientKinds = [], offers = [], detailLevels = [], aiUse = 'NEIN', discoverScope = 'OWN' } = product;
  const processed = consumer.kind === 'PROCESSOR' || recipient?.processor === true;
  const asks = consumer.kind === 'PROCESSOR' ? column : consumer.kind;
  const outsideConsumer = !recipientKinds.includes(column) || !recipientKinds.includes(asks);
  const outsideProcessor = processed && !recipientKinds.includes('PROCESSOR');
  const outsideRecipients = outsideConsumer || outsideProcessor;
  const aboutPeople = personal || product.personalRef === 'PSEUDONYMISED';
  const named = personal && (consumer.holdsKey || fieldClasses.includes('DIRECT_ID'));
  const months = asked.periodMonths ?? 0;
  const days = asked.periodDays ?? MOST_DAYS[months - 1] ?? months * MOST_DAYS[0]!;
  return {
    outsideConsumer,
    outsideProcessor,
    outsideRecipients,
    outsideScope:
      discoverScope === 'OFFERED'
        ? outsideRecipients
        : discoverScope === 'CITY'
          ? !INSIDE_THE_CITY.includes(column)
          : discoverScope !== 'ALL' && column !== 'SAME_OFFICE',
    formNotOffered: !offers.includes(form),
    finerThanOffered:
      aboutPeople &&
      SINGLE_RECORDS[form] &&
      !detailLevels.includes('EINZELFALL') &&
      (named || !detailLevels.includes('PSEUDONYM')),
    longerThanOffered: days > (product.maxDays ?? 0),
    ownMinGroup: (product.minGroup ?? 1) > 1,
    notPublic: product.accessRights !== 'PUBLIC',
    nonPublic: product.accessRights !== 'PUBLIC' && product.accessRights !== 'RESTRICTED',
    aiForbidden: aiUse !== 'JA' && aiUse !== 'MIT_BEDINGUNGEN',
    aiOnConditions: aiUse === 'MIT_BEDINGUNGEN',
    aiConditionsMissing: !product.aiConditions,
  };
}
