import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { JobAnswer, JobOrder } from '../engine/query-messages';
import { sourcesProblems } from '../sources.problems';
import { asProblem } from '../fault-problem';

/**
 * Forks one of our two child entries. The child sees no variable of ours but those given: no database address, no
 * secret. Node's own flags are handed on, as `fork` does when nobody says otherwise.
 */
export function forkChild(
  entry: 'engine/query-child' | 'process/job-child',
  env: Record<string, string>,
  heapMegabytes: number,
): ChildProcess {
  return fork(require.resolve(join(__dirname, '..', entry)), [], {
    execArgv: [...process.execArgv, `--max-old-space-size=${heapMegabytes}`],
    env: { PATH: process.env.PATH, TZ: 'UTC', UV_THREADPOOL_SIZE: '8', ...env },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
}

/** Runs one job in a process of its own; it is killed after `seconds` or when the signal fires. Throws Problems. */
export async function runJob<T>(order: JobOrder, opts: { seconds: number; signal?: AbortSignal }): Promise<T> {
  opts.signal?.throwIfAborted();
  const child = forkChild('process/job-child', {}, 1024);
  let cause = 'ended';
  const stop = (why: string) => {
    cause = why;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => stop('timeout'), opts.seconds * 1000);
  const abort = () => stop('aborted');
  opts.signal?.addEventListener('abort', abort, { once: true });
  try {
    const answer = await new Promise<JobAnswer | undefined>((resolve) => {
      child.once('message', (message) => resolve(message as JobAnswer));
      child.once('error', () => resolve(undefined));
      child.once('exit', () => resolve(undefined));
      child.send(order, () => undefined);
    });
    opts.signal?.throwIfAborted();
    if (answer && 'done' in answer) return answer.done as T;
    if (answer && 'fault' in answer) throw asProblem(answer.fault);
    const outOfMemory = answer?.failed.startsWith('Out of Memory') ?? false;
    if (cause === 'timeout' || outOfMemory) throw sourcesProblems.file_too_costly();
    throw sourcesProblems.engine_failed({
      cause: answer?.failed ?? `job process died: ${child.signalCode ?? child.exitCode}`,
    });
  } finally {
    clearTimeout(timer);
    opts.signal?.removeEventListener('abort', abort);
    child.kill('SIGKILL');
  }
}
