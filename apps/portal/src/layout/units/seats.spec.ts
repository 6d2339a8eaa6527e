import type { RoleCode } from '#lib/organisation';
import { type HeldRole, type RoleNeed, seatsOf } from './seats';

const NOW = new Date('2026-11-21T10:00:00Z');
const before = new Date('2026-01-01T00:00:00Z');
const office = { id: 'amt', kind: 'AMT' } as const;
let number = 0;
const held = (role: RoleCode, more: Partial<HeldRole> = {}): HeldRole => ({
  id: `a${(number += 1)}`,
  role,
  unitId: 'amt',
  personId: 'p',
  name: 'Anna Ahorn',
  validFrom: before,
  validTo: null,
  deputyOf: null,
  state: 'IN_FORCE',
  scope: null,
  disabledAt: null,
  absent: false,
  ...more,
});
const need = (code: RoleCode, needed: boolean): RoleNeed => ({
  code,
  deputy: { needed, rule: '', nobody: 'NOTICE' },
  mustBeFilledIn: code === 'OWNER' || code === 'REQ_HEAD' ? ['AMT'] : [],
});
const seats = (...all: HeldRole[]) =>
  seatsOf(office, all, NOW, [
    need('STEWARD', true),
    need('OWNER', true),
    need('REQ_HEAD', true),
    need('REQUESTER', false),
  ]).filter(({ role }) => role !== 'REQ_HEAD');
const gaps = (...all: HeldRole[]) => seats(...all).map(({ role, gap }) => [role, gap]);

test('an office without anybody who answers for its data shows that as an empty seat', () => {
  expect(seats()).toMatchObject([{ role: 'OWNER', gap: 'EMPTY', emptySince: null }]);
});

test('an office without anybody who answers for its requests shows that too', () => {
  expect(
    seatsOf(office, [], NOW, [need('REQ_HEAD', true), need('OWNER', true), need('REQUESTER', false)]).map(
      ({ role, gap }) => [role, gap],
    ),
  ).toEqual([
    ['REQ_HEAD', 'EMPTY'],
    ['OWNER', 'EMPTY'],
  ]);
});

test('a seat that lost its last holder stays empty, since the day of the loss', () => {
  const ended = new Date('2026-10-01T00:00:00Z');
  expect(seats(held('OWNER'), held('STEWARD', { state: 'ENDED', validTo: ended }))[1]).toMatchObject({
    role: 'STEWARD',
    gap: 'EMPTY',
    emptySince: ended,
  });
  expect(seats(held('OWNER', { disabledAt: ended }))[0]).toMatchObject({
    gap: 'EMPTY',
    emptySince: ended,
    holders: [],
  });
});

test('a term that ended or has not begun gives no holder', () => {
  expect(gaps(held('OWNER', { validTo: NOW }))).toEqual([['OWNER', 'EMPTY']]);
  expect(gaps(held('OWNER', { validFrom: new Date('2027-01-01T00:00:00Z') }))).toEqual([['OWNER', 'EMPTY']]);
});

test('one holder without deputy is a gap where a case could wait for them, and none where nobody waits', () => {
  expect(gaps(held('OWNER'), held('REQUESTER'))).toEqual([
    ['OWNER', 'NO_DEPUTY'],
    ['REQUESTER', null],
  ]);
  expect(gaps(held('OWNER'), held('OWNER'))).toEqual([['OWNER', null]]);
});

test('a deputy fills the gap, but not while both are away', () => {
  const anna = held('OWNER', { absent: true });
  expect(gaps(anna, held('OWNER', { deputyOf: anna.id }))).toEqual([['OWNER', null]]);
  expect(gaps(anna, held('OWNER', { deputyOf: anna.id, absent: true }))).toEqual([['OWNER', 'AWAY']]);
  expect(gaps(held('OWNER', { state: 'ENDED', validTo: before }), held('OWNER', { deputyOf: 'gone' }))).toEqual([
    ['OWNER', 'EMPTY'],
  ]);
});

test('people of another office fill no seat here', () => {
  expect(gaps(held('OWNER', { unitId: 'other' }))).toEqual([['OWNER', 'EMPTY']]);
});
