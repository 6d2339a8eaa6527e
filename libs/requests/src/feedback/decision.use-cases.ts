import { defineUseCase } from '#lib/kernel';
import { z } from 'zod';
import { incident, replay, ruleUse } from './replay.view';

const rule = z.strictObject({ rule: z.string().regex(/^[A-Z][A-Z0-9:_-]{2,60}$/) });

/** Decisions looked at again: which were taken under a rule, and whether they come out the same. */
export const decisionUseCases = {
  ruleUse: defineUseCase({
    may: 'request.read',
    audit: 'none: decisions the reader may see',
    input: rule,
    output: ruleUse,
  }),
  incidents: defineUseCase({
    may: 'audit.read',
    audit: 'none: incidents stand in the log already',
    output: z.array(incident),
  }),
  replay: defineUseCase({
    may: 'audit.read',
    audit: 'decision.replayed.v1, decision.replay-failed.v1',
    output: replay,
  }),
};
