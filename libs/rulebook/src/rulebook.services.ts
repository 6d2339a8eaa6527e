import { opening } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { RulesetDrafts } from './drafts.service';
import { RulesetRecall } from './recall.service';
import { RulebookReads } from './rulebook.reads';

// What controllers call: the use cases of this stage, each in a transaction of its own.

@Injectable()
export class RulesetDraftService extends opening(RulesetDrafts, {
  writes: ['draft', 'change', 'consult', 'revise', 'withdraw', 'comment', 'callVote', 'vote', 'adopt'],
  reads: ['tryOut'],
}) {}
@Injectable()
export class RulesetRecallService extends opening(RulesetRecall, { writes: ['recall'] }) {}
@Injectable()
export class RulebookQueries extends opening(RulebookReads, {
  readsAs: ['version'],
  reads: ['law', 'versions', 'at', 'sources', 'changes'],
}) {}
