import { Injectable } from '@nestjs/common';
import { systemActing } from './acting';
import { UnitOfWork } from './unit-of-work';

const ROLLED_BACK = Symbol('rolled back');

/** Whether a decision could be recorded now: the promise of `/health`. */
@Injectable()
export class Health {
  private running: Promise<void> | null = null;

  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Writes an event on the way every decision takes (record, outbox, list of the sealer) and rolls it back. Throws
   * `audit_unavailable` when it can not be written, `database_unavailable` when there is no database to write to. Who
   * asks while a check runs gets its answer: a flood of questions is one transaction at a time.
   */
  mustRecord(): Promise<void> {
    this.running ??= this.probe().finally(() => (this.running = null));
    return this.running;
  }

  private async probe(): Promise<void> {
    try {
      await this.uow.run(systemActing('health'), async (tx) => {
        await tx.emit({ type: 'health.probed.v1', facts: {} });
        throw ROLLED_BACK;
      });
    } catch (outcome) {
      if (outcome !== ROLLED_BACK) throw outcome;
    }
  }
}
