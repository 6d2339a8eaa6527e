import { Problem, systemActing, UnitOfWork } from '#lib/kernel';
import type { INestApplicationContext } from '@nestjs/common';
import { Rulebook } from './rulebook.service';

/** Stops an app that would run without a usable law book; it would refuse everything anyway. Other faults are not its matter. */
export async function requireLaw(app: INestApplicationContext): Promise<void> {
  try {
    await app.get(UnitOfWork).read(systemActing('start'), (tx) => app.get(Rulebook).inForce(tx));
  } catch (error) {
    if (!(error instanceof Problem) || !error.code.startsWith('ruleset_')) return;
    await app.close();
    throw error;
  }
}
