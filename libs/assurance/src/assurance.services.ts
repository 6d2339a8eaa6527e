import { opening } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { AuditReveals } from './audit-reveals.service';

/** What controllers call, each in a transaction of its own. A reveal is asked for through `AskForReveal`. */
@Injectable()
export class AuditRevealService extends opening(AuditReveals, { writes: ['answer', 'person'], readsAs: ['list'] }) {}
