import { CommitUnknown, SealRefused } from './sealer.service';
import type { Sealer } from './sealer.service';

interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const POLL = 1_000; // catches announcements lost with a connection; the promise is "sealed within 10 s"
const LONGEST_PAUSE = 5_000;
const REMIND = 60_000; // a refusal is repeated in the log this often until a person has looked

/**
 * Seals until told to stop: the next batch as soon as the previous commit returned, one in flight, no timers while
 * there is work. A refusal or a lost database is said in the log and tried again; events wait, none is lost.
 */
export async function runSealerLoop(sealer: Sealer, log: Log, signal: AbortSignal): Promise<void> {
  let pause = 0;
  let said = { reason: '', at: 0 };
  const stop = () => void sealer.disconnect();
  signal.addEventListener('abort', stop);
  while (!signal.aborted) {
    try {
      const sealed = await sealer.seal();
      if (said.reason) log.info({}, 'sealing goes on');
      [pause, said] = [0, { reason: '', at: 0 }];
      if (sealed === 0 && !signal.aborted) await sealer.waitForEvents(POLL);
    } catch (error) {
      if (signal.aborted) break;
      const reason = error instanceof SealRefused ? error.code : error instanceof Error ? error.message : String(error);
      const fields = { reason, detail: error instanceof Error ? error.message : reason };
      if (reason !== said.reason || Date.now() - said.at > REMIND) {
        if (error instanceof CommitUnknown)
          log.warn(fields, 'the answer to a commit was lost, reading what became of it');
        else log.error(fields, 'nothing is sealed: events are stored and wait');
        said = { reason, at: Date.now() };
      }
      pause = Math.min(LONGEST_PAUSE, Math.max(250, pause * 2));
      await pauseFor(pause, signal);
    }
  }
  signal.removeEventListener('abort', stop);
  await sealer.disconnect();
}

function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
