import { opening } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { EvidenceReads } from './evidence/evidence.reads';
import { Replays } from './feedback/replay.service';
import { RuleUseReads } from './feedback/rule-use.reads';

// What controllers call beside RequestService and its kin: each in a transaction of its own.

@Injectable()
export class ReplayService extends opening(Replays, { writes: ['replay'], reads: ['incidents', 'look'] }) {}
@Injectable()
export class RuleUseQueries extends opening(RuleUseReads, { reads: ['of'] }) {}
@Injectable()
export class EvidenceQueries extends opening(EvidenceReads, { readsAs: ['list'], reads: ['ofProduct'] }) {}
