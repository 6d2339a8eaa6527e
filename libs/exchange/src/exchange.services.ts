import { opening } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { ExchangeReads } from './exchange.reads';

/** What controllers ask about exchanges, in a transaction of its own. */
@Injectable()
export class ExchangeQueries extends opening(ExchangeReads, { reads: ['exchange', 'ofAgreement'] }) {}
