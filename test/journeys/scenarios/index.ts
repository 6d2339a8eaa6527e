import { gebaeude } from './01-gebaeude';
import { kinder } from './02-kinder';
import { kita } from './03-kita';
import { gas } from './04-gas';
import { waermekataster } from './05-waermekataster';
import { verkehr } from './06-verkehr';
import { fahrgaeste } from './07-fahrgaeste';
import { baeume } from './08-baeume';
import { sgb2 } from './09-sgb2';
import { starkregen } from './10-starkregen';
import { behaelter } from './11-behaelter';
import { hitze } from './12-hitze';
import { stellungnahme } from './k2-stellungnahme';
import { geheimhaltung } from './k4-k6-geheimhaltung';
import { pruefauftrag } from './k5-pruefauftrag';
import { theLawChanges } from './k7-regelwerk';
import { vakanz } from './k8-vakanz';
import { rechtsgrundlage } from './k9-rechtsgrundlage';
import type { Script } from './scenario';

const law = theLawChanges();

/** In the order of the role concept, §8: the exchange scenarios, then the control cases; a law adopted at the beginning is in force at the end. */
export const SCENARIOS: readonly Script[] = [
  law.adopted,
  gebaeude,
  kinder,
  kita,
  gas,
  waermekataster,
  verkehr,
  fahrgaeste,
  baeume,
  sgb2,
  starkregen,
  behaelter,
  hitze,
  stellungnahme,
  geheimhaltung,
  pruefauftrag,
  vakanz,
  rechtsgrundlage,
  law.inForce,
];
