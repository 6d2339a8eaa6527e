/**
 * Runs delivery plans, each in a process of its own, and hands on the bytes. One piece, because the order of the steps
 * of `open` and the ways it can end belong together.
 */
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type ChildProcess, execFile } from 'node:child_process';
import { closeSync, constants, createReadStream, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { parse, type Problem } from '#lib/kernel';
import { forkChild } from '../process/child-process';
import {
  type DeliveryPlan,
  deliveryPlanSchema,
  filterTooDeep,
  needsKey,
  planFaults,
  type StoredColumn,
} from './delivery-plan';
import { formatOf } from '../formats';
import { asProblem } from '../fault-problem';
import { OBJECT_STORE, type ObjectStore } from '../store/object-store';
import type { QueryAnswer, QueryOrder } from './query-messages';
import { sourcesProblems } from '../sources.problems';
import { WorkFolders } from '../process/work-folder';

export interface QueryLimits {
  /** most deliveries at once in this process; the next one gets `engine_busy` */
  streams: number;
  memory: string;
  threads: number;
  tempBytes: string;
  /** processes kept ready, so that the first byte need not wait for the start of one */
  ready: number;
}
export const QUERY_LIMITS: QueryLimits = { streams: 16, memory: '140MB', threads: 2, tempBytes: '2GB', ready: 1 };
export const QUERY_LIMITS_TOKEN = Symbol('query limits');

export interface OpenOptions {
  signal?: AbortSignal;
  /** secret bytes, 16 to 64, for pseudonyms and the order of rows of this delivery; a plan that `needsKey` is refused without */
  key?: Uint8Array;
}

export interface OpenDelivery {
  /** the delivery; it ends only when the engine has finished well, else it is destroyed with a Problem */
  stream: Readable;
  /** delivered rows, known after the end; rejects when there was no good end */
  rows(): Promise<number>;
  /** resolves when process, pipe and work folder are gone */
  closed: Promise<void>;
}

interface Engine {
  child: ChildProcess;
  folder: string;
  pipe: string;
}

@Injectable()
export class QueryEngine implements OnModuleInit, OnModuleDestroy {
  private readonly idle: Promise<Engine>[] = [];
  private readonly busy = new Set<Engine>();
  private open_ = 0;
  private stopping = false;

  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    private readonly folders: WorkFolders,
    @Inject(QUERY_LIMITS_TOKEN) private readonly limits: QueryLimits,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.folders.sweep();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    for (const starting of this.idle.splice(0)) {
      const engine = await starting.catch(() => undefined);
      if (engine) await this.end(engine);
    }
    await Promise.all([...this.busy].map((engine) => this.end(engine)));
  }

  /** Checks a plan; with `columns` also against the object. Throws `validation_failed` or `plan_not_valid`. */
  validate(plan: unknown, columns?: readonly StoredColumn[]): DeliveryPlan {
    if (filterTooDeep((plan as { rows?: unknown } | null)?.rows)) {
      const errors = [
        {
          pointer: '/rows',
          code: 'filter_too_large',
          detail: 'Die Bedingungen sind zu viele oder zu tief verschachtelt.',
        },
      ];
      throw sourcesProblems.plan_not_valid({ errors });
    }
    const checked = parse(deliveryPlanSchema, plan);
    const errors = columns ? planFaults(checked, columns) : [];
    if (errors.length > 0) throw sourcesProblems.plan_not_valid({ errors });
    return checked;
  }

  /** The columns of a stored object. */
  async describe(objectKey: string): Promise<StoredColumn[]> {
    const parquet = this.store.path(objectKey);
    const engine = await this.take();
    try {
      const answer = await ask(engine.child, { kind: 'describe', parquet });
      if ('columns' in answer) return answer.columns;
      throw problemOf(answer);
    } finally {
      await this.end(engine);
    }
  }

  /** Opens a delivery of a stored object. Nothing is delivered before the plan was checked against the file itself. */
  async open(plan: DeliveryPlan, opts: OpenOptions = {}): Promise<OpenDelivery> {
    return this.openPath(plan, this.store.path(plan.objectKey), opts);
  }

  /** The same for a Parquet file outside the store; for benchmarks and tests. */
  async openPath(plan: DeliveryPlan, parquet: string, opts: OpenOptions = {}): Promise<OpenDelivery> {
    opts.signal?.throwIfAborted();
    const checked = this.validate(plan);
    const key = needsKey(checked) ? (opts.key ?? new Uint8Array()) : null;
    if (key && (key.length < 16 || key.length > 64)) throw sourcesProblems.pseudonym_key_missing();
    if (this.open_ >= this.limits.streams) throw sourcesProblems.engine_busy();
    this.open_++;
    let engine: Engine | undefined;
    try {
      engine = await this.take();
      return await this.start(engine, checked, parquet, key && Buffer.from(key).toString('hex'), opts.signal);
    } catch (cause) {
      if (engine) await this.end(engine);
      this.open_--;
      opts.signal?.throwIfAborted();
      throw cause;
    }
  }

  private async start(
    engine: Engine,
    plan: DeliveryPlan,
    parquet: string,
    key: string | null,
    signal: AbortSignal | undefined,
  ): Promise<OpenDelivery> {
    const { child } = engine;
    const stop = () => child.kill('SIGKILL');
    signal?.addEventListener('abort', stop, { once: true });
    const pipe = !formatOf(plan.format).needsFile;
    const target = pipe ? engine.pipe : join(engine.folder, 'delivery');
    // our reading end first: the child's open for writing would wait for it
    const reading = pipe ? openSync(target, constants.O_RDONLY | constants.O_NONBLOCK) : undefined;
    let source: Readable | undefined;
    try {
      const counted = countOf(child);
      counted.catch(() => undefined);
      const first = await ask(child, { kind: 'open', plan, parquet, target, pipe, key });
      if (!('ready' in first) && !('rows' in first)) throw problemOf(first);
      source =
        reading === undefined ? createReadStream(target) : new Socket({ fd: reading, readable: true, writable: false });
      const stream = forward(source, counted);
      const closed = new Promise<void>((resolve) => {
        stream.once('close', () => {
          signal?.removeEventListener('abort', abort);
          source?.destroy();
          // whoever left early leaves a child blocked in its pipe; killing is the only way out and harms nothing
          void this.end(engine).then(() => {
            this.open_--;
            resolve();
          });
        });
      });
      const abort = () => stream.destroy(asError(signal?.reason));
      signal?.removeEventListener('abort', stop);
      signal?.addEventListener('abort', abort, { once: true });
      if (signal?.aborted) abort();
      const good = new Promise<number>((resolve, reject) => {
        stream.once('end', () => void counted.then(resolve, reject));
        stream.once('error', reject);
        stream.once('close', () => {
          if (!stream.readableEnded) reject(sourcesProblems.engine_failed({ cause: 'closed before its end' }));
        });
      });
      good.catch(() => undefined);
      return { stream, rows: () => good, closed };
    } catch (cause) {
      signal?.removeEventListener('abort', stop);
      if (!source && reading !== undefined) closeSync(reading);
      throw cause;
    }
  }

  private async take(): Promise<Engine> {
    if (this.stopping) throw sourcesProblems.engine_busy();
    const waiting = this.idle.shift();
    let engine = await waiting?.catch(() => undefined);
    // one that died while waiting is cleaned up and replaced
    if (engine && (engine.child.exitCode !== null || engine.child.signalCode !== null)) {
      await this.end(engine);
      engine = undefined;
    }
    return engine ?? this.launch();
  }

  /** Starts processes for the deliveries to come; when one has ended, so as not to take its processor time. */
  private replenish(): void {
    while (this.idle.length < this.limits.ready && !this.stopping) {
      const next = this.launch();
      next.catch(() => undefined);
      this.idle.push(next);
    }
  }

  private async launch(): Promise<Engine> {
    const folder = await this.folders.make();
    const pipe = join(folder, 'pipe');
    await promisify(execFile)('mkfifo', ['-m', '600', pipe]);
    const { memory, threads, tempBytes } = this.limits;
    const env = {
      ENGINE_TEMP: join(folder, 'spill'),
      ENGINE_MEMORY: memory,
      ENGINE_THREADS: String(threads),
      ENGINE_TEMP_BYTES: tempBytes,
    };
    const child = forkChild('engine/query-child', env, 128);
    child.on('error', () => undefined);
    child.unref();
    child.channel?.unref();
    const engine = { child, folder, pipe };
    this.busy.add(engine);
    return engine;
  }

  private async end(engine: Engine): Promise<void> {
    engine.child.kill('SIGKILL');
    this.busy.delete(engine);
    await this.folders.remove(engine.folder);
    this.replenish();
  }
}

/** Sends the one order and waits for the first answer, or for the death of the process. */
function ask(child: ChildProcess, order: QueryOrder): Promise<QueryAnswer> {
  return new Promise((resolve) => {
    child.ref();
    child.channel?.ref();
    child.once('message', (answer) => resolve(answer as QueryAnswer));
    child.once('exit', (code, signal) => resolve({ failed: `query process ended: ${signal ?? code}` }));
    child.send(order, (cause) => {
      if (cause) resolve({ failed: cause.message });
    });
  });
}

/** The number of rows the engine says it wrote; rejects when it fails or dies before it says so. */
function countOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const answer = message as QueryAnswer;
      if ('rows' in answer) resolve(answer.rows);
      else if (!('ready' in answer)) reject(problemOf(answer));
    });
    child.once('exit', (code, signal) =>
      reject(sourcesProblems.engine_failed({ cause: `query process ended: ${signal ?? code}` })),
    );
  });
}

/**
 * Bytes of the pipe as they come, no faster than they are taken. The end of the pipe is the end of the stream only
 * when the engine reported its count: a crash closes the pipe as well, and must not look like a complete delivery.
 */
function forward(source: Readable, counted: Promise<number>): Readable {
  const stream = new Readable({
    highWaterMark: 1 << 18,
    read: () => source.resume(),
    destroy: (cause, done) => (source.destroy(), done(cause)),
  });
  source.on('data', (chunk: Buffer) => {
    if (!stream.push(chunk)) source.pause();
  });
  source.once('end', () => {
    void counted.then(
      () => stream.push(null),
      (cause: unknown) => stream.destroy(asError(cause)),
    );
  });
  source.once('error', (cause) => stream.destroy(sourcesProblems.engine_failed({ cause })));
  return stream;
}

function problemOf(answer: QueryAnswer): Problem {
  if ('fault' in answer) return asProblem(answer.fault);
  return sourcesProblems.engine_failed({ cause: 'failed' in answer ? answer.failed : 'unexpected answer' });
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error('aborted', { cause });
}
