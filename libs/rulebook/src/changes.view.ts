import { z } from 'zod';

/** What a text says differently from another, in German sentences. `before` empty: it is new; `after` empty: it is gone. */
export const change = z.strictObject({
  /** `Regel R-GEN-02`, `Grundregeln: Offene Daten für die Öffentlichkeit`, `Weg A3`, `Rolle Rechtsamt` */
  name: z.string(),
  before: z.array(z.string()),
  after: z.array(z.string()),
});
export type Change = z.output<typeof change>;
