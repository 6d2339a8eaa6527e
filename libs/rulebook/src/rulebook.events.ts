import { defineEvent } from '#lib/kernel';
import { z } from 'zod';

const version = { versionId: z.uuid(), version: z.int().positive(), hash: z.string() };

/** A changed law book was read from its files and lies as a draft. */
export const rulebookImported = defineEvent('rulebook.imported.v1', z.object({ ...version, files: z.int(), rules: z.int() }));
/** A version came into force; `replaced` is the version before it, null for the first. */
export const rulebookAdopted = defineEvent('rulebook.adopted.v1', z.object({ ...version, replaced: z.int().nullable() }));
