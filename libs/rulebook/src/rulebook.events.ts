import { defineEvent } from '#lib/kernel';
import { z } from 'zod';
import { VOTES } from './rulebook.states';

const version = { versionId: z.uuid(), version: z.int().positive(), hash: z.string() };

/** A changed law book was read from its files and lies as a draft. */
export const rulebookImported = defineEvent(
  'rulebook.imported.v1',
  z.object({ ...version, files: z.int(), rules: z.int() }),
);
/**
 * A version was adopted and is in force from `inForceFrom` (ISO); `replaced` is the version that ends then, null for
 * the first. `decisionNumber` is null for the set that was there at the beginning.
 */
export const rulebookAdopted = defineEvent(
  'rulebook.adopted.v1',
  z.object({
    ...version,
    replaced: z.int().nullable(),
    inForceFrom: z.string().optional(),
    decisionNumber: z.string().nullable().optional(),
  }),
);
/** The date has come: from now on this version decides. */
export const rulebookEnteredForce = defineEvent(
  'rulebook.entered-force.v1',
  z.object({ ...version, replaced: z.int().nullable() }),
);
/** The files of the law book were read and can not be used; the version in force goes on. An alarm. */
export const rulebookReloadFailed = defineEvent(
  'rulebook.reload-failed.v1',
  z.object({ version: z.int(), hash: z.string(), faults: z.int().positive() }),
);

/**
 * An update of the program: it carries out other obligations or forms than before, so the same law decides otherwise. Names
 * of enforcers and forms; `*` stands for whatever a law names.
 */
export const capabilitiesChanged = defineEvent(
  'rulebook.capabilities-changed.v1',
  z.object({ added: z.array(z.string()), removed: z.array(z.string()) }),
);

/** A person wrote or changed a draft, on the text of another version. */
export const rulebookDrafted = defineEvent(
  'rulebook.drafted.v1',
  z.object({ ...version, basedOn: z.int().nullable(), revision: z.int() }),
);
/** The draft is open for comments; its text is fixed. */
export const rulebookConsulted = defineEvent('rulebook.consulted.v1', z.object(version));
/** The draft goes back to be changed. */
export const rulebookReturned = defineEvent('rulebook.returned.v1', z.object(version));
export const rulebookCommented = defineEvent(
  'rulebook.commented.v1',
  z.object({ ...version, commentId: z.uuid(), role: z.string(), unitId: z.uuid() }),
);
export const rulebookVoteCalled = defineEvent('rulebook.vote-called.v1', z.object({ ...version, until: z.string() }));
export const rulebookVoted = defineEvent(
  'rulebook.voted.v1',
  z.object({ ...version, unitId: z.uuid(), vote: z.enum(VOTES), as: z.enum(['PRINCIPAL', 'DEPUTY']) }),
);
/** An office asks to take back what is adopted and not yet in force. */
export const rulebookRecallAsked = defineEvent(
  'rulebook.recall-asked.v1',
  z.object({ ...version, unitId: z.uuid(), decisionNumber: z.string(), as: z.enum(['PRINCIPAL', 'DEPUTY']) }),
);
/** Enough offices asked: it never comes into force; `restored` goes on instead. */
export const rulebookRecalled = defineEvent(
  'rulebook.recalled.v1',
  z.object({ ...version, restored: z.int().nullable(), decisionNumber: z.string(), wouldHaveBegun: z.string() }),
);
/** No majority is possible any more. */
export const rulebookRefused = defineEvent(
  'rulebook.refused.v1',
  z.object({ ...version, yes: z.int(), no: z.int(), abstain: z.int() }),
);
export const rulebookWithdrawn = defineEvent('rulebook.withdrawn.v1', z.object(version));
