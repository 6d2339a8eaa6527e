import { opening } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { LawInForce } from './law-in-force.service';

/** What controllers ask, each in a transaction of its own. */
@Injectable()
export class LawQueries extends opening(LawInForce, { reads: ['roles'] }) {}
