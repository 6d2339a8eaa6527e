import { lastDayOfAll } from './evidence-dates';

const TODAY = '2026-11-30';
const permit = (validUntil: string | null) => ({ kind: 'GENEHMIGUNG_LANDESBEHOERDE', validUntil });
const concept = (validUntil: string | null) => ({ kind: 'DATENSCHUTZKONZEPT', validUntil });

test.each<[string, Parameters<typeof lastDayOfAll>[0], string | null]>([
  ['nothing is shown', [], null],
  ['nothing ends', [permit(null), concept(null)], null],
  ['one of a kind ends and another does not', [permit('2026-12-20'), permit(null)], '2026-12-20'],
  ['two of a kind end', [permit('2027-05-01'), permit('2026-12-20')], '2026-12-20'],
  ['one of another kind ends first', [permit('2027-05-01'), concept('2026-12-24')], '2026-12-24'],
  ['one that is over was followed by another', [permit('2026-11-29'), permit('2027-05-01')], '2027-05-01'],
  ['all of a kind are over', [permit('2026-11-29'), concept(null)], '2026-11-29'],
  ['one ends today', [permit(TODAY), permit(null)], TODAY],
])('the last day where %s', (_, shown, expected) => expect(lastDayOfAll(shown, TODAY)).toBe(expected));
