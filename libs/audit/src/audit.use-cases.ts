import { defineUseCase, itemsOf } from '#lib/kernel';
import { z } from 'zod';
import { entry, entryDetail, logReport, overview } from './audit.view';

const about = z.strictObject({ about: z.uuid() });
const verification = z.strictObject({ year: z.int().min(2000).max(2999) });

/** Reading the log. Every question is itself an event, committed before its answer is given. */
export const auditUseCases = {
  overview: defineUseCase({ may: 'audit.read', audit: 'audit.read.v1', output: overview }),
  about: defineUseCase({ may: 'audit.read', audit: 'audit.read.v1', input: about, output: itemsOf(entry) }),
  entry: defineUseCase({ may: 'audit.read', audit: 'audit.read.v1', output: entryDetail }),
  verify: defineUseCase({ may: 'audit.read', audit: 'audit.read.v1', input: verification, output: logReport }),
};

/** A size of the log, as its tools write it. */
const size = z.string().regex(/^\d{1,15}$/);
/** A file, as it lies in the log. */
const bytes = z.instanceof(Buffer);

/** The log as tlog-tiles tools read it. */
export const tileUseCases = {
  vkey: defineUseCase({ may: 'public', audit: 'none: the public key holds no data', output: z.string() }),
  checkpoint: defineUseCase({ may: 'audit.read', audit: 'none: size and root hold no data', output: bytes }),
  tile: defineUseCase({ may: 'audit.read', audit: 'audit.read.v1', output: bytes }),
  proof: defineUseCase({
    may: 'audit.read',
    audit: 'audit.read.v1',
    input: z.object({ entry: z.uuid() }),
    output: z.string(),
  }),
  consistency: defineUseCase({
    may: 'audit.read',
    audit: 'audit.read.v1',
    input: z.object({ from: size, to: size }),
    output: z.strictObject({ hashes: z.array(z.string()) }),
  }),
};
