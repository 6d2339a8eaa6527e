import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ProofReport } from './proof.view';
import type { ProofOrder } from './prove-law';

export interface Bounds {
  seconds: number;
  megabytes: number;
}
/** Some ten times what the law book that ships needs. */
const BOUNDS: Bounds = { seconds: 600, megabytes: 2048 };

/** The proof was not finished: in German, why. Then nothing is proved. */
export class ProofUnfinished extends Error {}

/**
 * Proves in a thread, so that whoever asks something else meanwhile is answered. The thread is ended when it takes too long,
 * when it needs too much memory and when the signal fires. Throws ProofUnfinished.
 */
export async function runProof(order: ProofOrder, signal: AbortSignal, bounds = BOUNDS): Promise<ProofReport> {
  const thread = new Worker(require.resolve(join(__dirname, 'proof-thread')), {
    workerData: order,
    // of Node's own flags a thread takes only what loads code
    execArgv: process.execArgv.flatMap((flag, at, all) => (flag === '--require' ? [flag, all[at + 1]!] : [])),
    resourceLimits: { maxOldGenerationSizeMb: bounds.megabytes },
  });
  const ended = new AbortController();
  try {
    return await new Promise<ProofReport>((resolve, reject) => {
      const unfinished = (why: string, cause?: unknown) => reject(new ProofUnfinished(why, { cause }));
      thread.once('message', resolve);
      thread.once('error', (error: NodeJS.ErrnoException) => {
        const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        const why = outOfMemory
          ? `Der Beweis hat mehr Speicher gebraucht als erlaubt (${bounds.megabytes} MB).`
          : 'Der Beweis ist an einem Fehler des Programms gescheitert.';
        unfinished(why, error);
      });
      thread.once('exit', () => unfinished('Der Beweis ist ohne Ergebnis abgebrochen.'));
      const late = setTimeout(
        () => unfinished(`Der Beweis hat länger gedauert als erlaubt (${bounds.seconds} Sekunden).`),
        bounds.seconds * 1000,
      );
      ended.signal.addEventListener('abort', () => clearTimeout(late));
      const stopped = () => unfinished('Das Programm wurde beendet, bevor der Beweis fertig war.');
      signal.addEventListener('abort', stopped, { once: true, signal: ended.signal });
      if (signal.aborted) stopped();
    });
  } finally {
    ended.abort();
    await thread.terminate();
  }
}
