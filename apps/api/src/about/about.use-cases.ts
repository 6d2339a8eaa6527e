import { defineUseCase, itemsOf } from '#lib/kernel';
import { PERMISSIONS, roleCode } from '#lib/organisation';
import { z } from 'zod';

const problemKind = z.strictObject({ code: z.string(), status: z.int(), title: z.string(), remedy: z.string() });

/** What the API says about itself, and about who asks. */
export const aboutUseCases = {
  openapi: defineUseCase({
    may: 'public',
    audit: 'none: the document holds no data',
    output: z.record(z.string(), z.unknown()),
  }),
  health: defineUseCase({
    may: 'public',
    audit: 'none: says nothing about anybody',
    output: z.strictObject({ status: z.literal('ok') }),
  }),
  me: defineUseCase({
    may: 'signed-in',
    audit: 'none: the caller reads about itself',
    output: z.strictObject({
      name: z.string(),
      personId: z.uuid().nullable(),
      clientId: z.string().nullable(),
      units: z.array(z.uuid()),
      appointments: z.array(
        z.strictObject({
          id: z.uuid(),
          role: roleCode,
          unitId: z.uuid(),
          deputyOf: z.uuid().nullable(),
        }),
      ),
      permissions: z.array(z.enum(PERMISSIONS)),
    }),
  }),
  problems: defineUseCase({ may: 'public', audit: 'none: the list holds no data', output: itemsOf(problemKind) }),
  problem: defineUseCase({ may: 'public', audit: 'none: the page holds no data', output: problemKind }),
};
