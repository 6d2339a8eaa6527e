import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LocalFault } from './postgres/local-fault';

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 10_000;
const STEADY = 30_000; // one that ran this long gets the first pause again

/**
 * Runs the sealer, alone with the log key, as a child, and starts it again when it ends unasked. While it is away
 * events are stored and wait; the next one seals them. Ctrl-C reaches the child as soon as us: `closing` must be
 * aborted before, then its end is one that was asked for.
 */
export function keepSealer(
  environment: Record<string, string>,
  closing: AbortSignal,
  say: (doing: string) => void = () => undefined,
): { end(): Promise<void> } {
  const program = join(__dirname, '../../sealer/src/main.js');
  if (!existsSync(program)) throw new LocalFault('Das Programm ist nicht gebaut: rufen Sie es mit „npm start“ auf.');
  mkdirSync(dirname(environment.AUDIT_KEY_FILE!), { recursive: true, mode: 0o700 });

  let pause = FIRST_PAUSE;
  let timer: NodeJS.Timeout | undefined;
  let child = start();

  function start(): ChildProcess {
    const since = Date.now();
    const made = fork(program, [], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    made.once('error', () => undefined); // followed by exit, or by nothing to restart
    made.once('exit', (code, signal) => {
      if (closing.aborted) return;
      pause = Date.now() - since > STEADY ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
      say(`Protokollversiegelung neu starten (beendet mit ${signal ?? code})`);
      timer = setTimeout(() => {
        if (!closing.aborted) child = start();
      }, pause);
    });
    return made;
  }

  return {
    end: async () => {
      clearTimeout(timer);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((done) => child.once('exit', done).once('error', done));
      if (child.pid === undefined) return;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(force);
    },
  };
}
