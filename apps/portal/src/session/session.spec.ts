import { sessionEnd, type SignedInSession } from './session';

const signedIn = (startedAt: string, seenAt: string) => ({ signedIn: { startedAt, seenAt } as SignedInSession });

test('a session ends half an hour after its last use, and after ten hours however busy it was', () => {
  expect(sessionEnd(signedIn('2026-11-21T08:00:00Z', '2026-11-21T09:10:00Z'))).toEqual({
    at: new Date('2026-11-21T09:40:00Z'),
    final: false,
  });
  expect(sessionEnd(signedIn('2026-11-21T08:00:00Z', '2026-11-21T17:45:00Z'))).toEqual({
    at: new Date('2026-11-21T18:00:00Z'),
    final: true,
  });
  expect(sessionEnd({})).toBeNull();
});
