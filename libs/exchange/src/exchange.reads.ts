import { Injectable } from '@nestjs/common';
import { isId, type Tx } from '#lib/kernel';
import { exchangeProblems } from './exchange.problems';
import { ExchangeRepository } from './exchange.repository';
import type { ExchangeView } from './exchange.view';

/** Answers about exchanges. Row-level security shows them to the two sides only. */
@Injectable()
export class ExchangeReads {
  constructor(private readonly exchanges: ExchangeRepository) {}

  /** Throws `exchange_not_found`, also for one that is not the reader's. */
  async exchange(tx: Tx, id: string): Promise<ExchangeView> {
    const found = isId(id) ? await this.exchanges.find(tx, id) : null;
    if (!found) throw exchangeProblems.exchange_not_found();
    return found;
  }

  /** Newest first, 200 at most. */
  ofAgreement(tx: Tx, agreementId: string, limit = 50): Promise<ExchangeView[]> {
    return isId(agreementId) ? this.exchanges.ofAgreement(tx, agreementId, Math.min(limit, 200)) : Promise.resolve([]);
  }
}
