import { setImmediate } from 'node:timers/promises';
import { systemActing, UnitOfWork } from '#lib/kernel';
import { readCases, readFacts, suggestAlternatives } from '#lib/policy';
import type { INestApplicationContext } from '@nestjs/common';
import { parseTexts } from './ruleset-files';
import { RulesetVersion } from '#lib/law';
import { Rulebook } from './rulebook.service';

/**
 * Decides the cases of the law book in force once and searches their alternatives, so that the first applicant does not wait
 * until the program has worked out its tables. Gives how many; 0 when it could not. Changes nothing.
 */
export async function warmUp(app: INestApplicationContext): Promise<number> {
  try {
    const { ruleset, cases } = await app.get(UnitOfWork).read(systemActing('start'), async (tx) => {
      const { id, ruleset } = await app.get(Rulebook).inForce(tx);
      const { sources } = await tx.em.findOneByOrFail(RulesetVersion, { id });
      return { ruleset, cases: readCases(parseTexts(sources), ruleset) };
    });
    for (const { facts } of cases) {
      suggestAlternatives(ruleset, readFacts(facts));
      // who already asks is answered in between
      await setImmediate();
    }
    return cases.length;
  } catch {
    // a slow first answer is no reason not to start; a fault of the law book is told to whoever asks it
    return 0;
  }
}
