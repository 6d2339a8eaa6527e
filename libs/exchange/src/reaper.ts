import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Schedules, systemActing, UnitOfWork } from '#lib/kernel';
import { exchangeInterrupted } from './exchange.events';
import { ExchangeRepository } from './exchange.repository';

const BATCH = 100;

/**
 * Closes the record of streams whose process is gone: nobody renews their lease. What was served is not known then,
 * only that it was `releasedBytes` at most. A process that still lives finds its exchange ended at its next look.
 */
@Injectable()
export class Reaper implements OnModuleInit {
  constructor(
    private readonly schedules: Schedules,
    private readonly exchanges: ExchangeRepository,
  ) {}

  onModuleInit(): void {
    // lease (20 s) and this period together stay below the promised minute
    this.schedules.register({
      name: 'exchange.reaper',
      everySeconds: 15,
      run: async (uow) => void (await this.run(uow)),
    });
  }

  /** Gives how many exchanges it closed. Safe to run anywhere, any number at once; if we die in it, the next run does it. */
  async run(uow: UnitOfWork): Promise<number> {
    let closed = 0;
    for (;;) {
      const batch = await uow.run(systemActing('exchange.reaper'), async (tx) => {
        const ids = await this.exchanges.abandoned(tx, BATCH);
        for (const id of ids) {
          const ended = await this.exchanges.end(tx, id, {
            state: 'INTERRUPTED',
            reason: 'lease_passed',
            bytes: null,
            rows: null,
            sha256: null,
          });
          if (!ended) continue;
          const { agreementId, releasedBytes } = ended;
          await tx.emit(
            exchangeInterrupted({
              exchangeId: id,
              agreementId,
              reason: 'lease_passed',
              bytes: null,
              releasedBytes,
              sha256: null,
            }),
          );
        }
        return ids.length;
      });
      closed += batch;
      if (batch < BATCH) return closed;
    }
  }
}
