import { MUSTS, type Product } from '#lib/catalogue';
import { bodyOf, cardParts, patchOf } from './card-values';

const product = {
  title: 'Bäume',
  summary: 'Alle Bäume.',
  description: '',
  themes: ['GRUEN'],
  keywords: ['Baum'],
  openness: 'OPEN',
  personalRef: 'NONE',
  secrecy: [],
  protectionC: 'normal',
  protectionI: null,
  protectionA: null,
  reviewBy: '2027-01-01',
  accessRights: null,
  discoverScope: null,
  sealedStatistics: false,
  securityRelevant: null,
  entrusted: null,
  singleCaseCells: null,
  strictestPart: null,
  rawSensor: false,
  protectedSpecies: false,
  coveredBySatzung: false,
  nonPublicReason: null,
  aboutThings: true,
  allowedPurposes: [],
  recipientKinds: [],
  licence: null,
  maxRetentionDays: 30,
  card: { linkKeys: [], contact: 'a@b.example', leadingSource: true, slaDays: 5 },
} as unknown as Product;

test('every statement that is a must can be made in the form, under the same name', () => {
  const asked = new Map(cardParts().flatMap(({ entries }) => entries));
  for (const { pointer, label } of MUSTS) {
    if (pointer === '/currentVersionId') continue; // by an upload
    const name = pointer.split('/').at(-1) ?? '';
    expect([pointer, asked.get(name)?.label]).toEqual([pointer, label]);
    expect(asked.get(name)?.in).toBe(pointer.startsWith('/card/') ? 'card' : undefined);
  }
});

test('a form sent back unchanged changes nothing', () => {
  expect(patchOf(bodyOf(product), product, true)).toEqual({});
});

test('only what was changed is sent', () => {
  expect(
    patchOf({ ...bodyOf(product), title: 'Stadtbäume', contact: 'c@d.example', linkKeys: 'baum_id' }, product, true),
  ).toEqual({ title: 'Stadtbäume', card: { contact: 'c@d.example', linkKeys: ['baum_id'] } });
});

test('„none“ is a statement, nothing at all is none', () => {
  const open = { ...product, secrecy: null } as Product;
  expect(patchOf({ ...bodyOf(open), secrecy: '-' }, open, true)).toEqual({ secrecy: [] });
  expect(patchOf({ ...bodyOf(open), secrecy: ['-', 'SOZIAL'] }, open, true)).toEqual({ secrecy: [] });
  expect(patchOf({ ...bodyOf(product), secrecy: [] }, product, true)).toEqual({ secrecy: null });
  expect(patchOf({ ...bodyOf(product), linkKeys: '' }, product, true)).toEqual({ card: { linkKeys: null } });
});

test('what only the giving side knows can be said, taken back, and left open', () => {
  const said = patchOf(
    { ...bodyOf(product), entrusted: 'nein', singleCaseCells: 'ja', strictestPart: 'PERSONAL', coveredBySatzung: 'ja' },
    product,
    true,
  );
  expect(said).toEqual({ entrusted: false, singleCaseCells: true, strictestPart: 'PERSONAL', coveredBySatzung: true });
  const held = { ...product, ...said } as Product;
  expect(patchOf({ ...bodyOf(held), entrusted: '', coveredBySatzung: '' }, held, true)).toEqual({
    entrusted: null,
    coveredBySatzung: false,
  });
});

test('what was released can not be changed past its release', () => {
  expect(patchOf({ ...bodyOf(product), openness: 'RESTRICTED', title: 'Neu' }, product, false)).toEqual({
    title: 'Neu',
  });
});
