import { Injectable } from '@nestjs/common';
import type { StoredEvent } from './event';
import type { Tx, UnitOfWork } from './unit-of-work';

/** What follows by event. Effect and mark "handled" commit together, so a second delivery has no second effect. */
export interface EventHandler {
  /** stable: part of the mark in `kernel.processed_event` */
  name: string;
  on: readonly string[];
  handle(tx: Tx, event: StoredEvent): Promise<void>;
}

/** Stages register their handlers here when their module starts; only the worker runs them. */
@Injectable()
export class EventHandlers {
  private readonly byType = new Map<string, EventHandler[]>();

  register(handler: EventHandler): void {
    for (const type of handler.on)
      this.byType.set(type, [...this.of(type).filter(({ name }) => name !== handler.name), handler]);
  }

  of(type: string): readonly EventHandler[] {
    return this.byType.get(type) ?? [];
  }
}

/** Work that comes back by the clock: reminders, reapers. The truth stays in PostgreSQL; a missed run is caught up. */
export interface Schedule {
  name: string;
  everySeconds: number;
  run(uow: UnitOfWork): Promise<void>;
}

@Injectable()
export class Schedules {
  private readonly byName = new Map<string, Schedule>();

  register(schedule: Schedule): void {
    this.byName.set(schedule.name, schedule);
  }

  all(): readonly Schedule[] {
    return [...this.byName.values()];
  }

  named(name: string): Schedule | undefined {
    return this.byName.get(name);
  }
}
