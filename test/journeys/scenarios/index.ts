import { gebaeude } from './01-gebaeude';
import { kinder } from './02-kinder';
import { kita } from './03-kita';
import { gas } from './04-gas';
import { waermekataster } from './05-waermekataster';
import { verkehr } from './06-verkehr';
import { fahrgaeste } from './07-fahrgaeste';
import { baeume } from './08-baeume';
import { sgb2 } from './09-sgb2';
import { behaelter } from './11-behaelter';
import { hitze } from './12-hitze';
import type { Scenario } from './telling';

/** In the order of the role concept, §8. */
export const SCENARIOS: readonly Scenario[] = [gebaeude, kinder, kita, gas, waermekataster, verkehr, fahrgaeste, baeume, sgb2, behaelter, hitze];
