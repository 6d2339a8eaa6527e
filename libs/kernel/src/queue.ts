import { Queue as RedisQueue, Worker as RedisWorker, type Processor, createPostgresBackend, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import type { Config } from './config';

/** The part of BullMQ we use, the same on both backends. */
export type Queue = Pick<
  RedisQueue,
  | 'addBulk'
  | 'add'
  | 'upsertJobScheduler'
  | 'removeJobScheduler'
  | 'getJobSchedulers'
  | 'getJobCounts'
  | 'clean'
  | 'obliterate'
  | 'close'
  | 'on'
  | 'waitUntilReady'
>;
export type Worker = Pick<RedisWorker, 'close' | 'on' | 'waitUntilReady'>;

/** Name of the database schema in which BullMQ's PostgreSQL backend lives. */
export const QUEUE_SCHEMA = 'bullmq';

const LOST_MS = 1_000;
const postgres = withBackend(createPostgresBackend);
// by age only: a count with concurrency deadlocks now and then on the PostgreSQL backend
const JOBS = {
  removeOnComplete: { age: 60 },
  removeOnFail: { age: 86_400 },
  attempts: 5,
  backoff: { type: 'exponential', delay: 500 },
};

const postgresConnection = (config: Config) => ({ connectionString: config.databaseUrl, schema: QUEUE_SCHEMA, max: 4 });
/** `patient`: waits for Redis to come back, as a worker must; else a call fails soon, so that its transaction can end. */
const redisConnection = (config: Config, patient: boolean) =>
  new Redis(config.redisUrl ?? '', { maxRetriesPerRequest: patient ? null : 1 });

/** A queue on the configured backend. Whoever opens it closes it. */
export function openQueue(config: Config, name: string): Queue {
  if (config.queueBackend === 'redis') {
    const connection = redisConnection(config, false);
    const queue = new RedisQueue(name, { connection, defaultJobOptions: JOBS });
    return closing(queue, connection);
  }
  return new postgres.Queue(name, {
    connection: postgresConnection(config),
    defaultJobOptions: JOBS,
  }) as unknown as Queue;
}

/** A worker on the configured backend. The processor must be idempotent: a job can come twice. */
export function openWorker(config: Config, name: string, processor: Processor, concurrency: number): Worker {
  const options = { concurrency, lockDuration: 30_000 };
  if (config.queueBackend === 'redis') {
    const connection = redisConnection(config, true);
    return closing(new RedisWorker(name, processor, { ...options, connection }), connection);
  }
  return new postgres.Worker(name, processor, {
    ...options,
    connection: postgresConnection(config),
  }) as unknown as Worker;
}

// BullMQ leaves a connection open that it was handed, and waits for ever for one that is lost
function closing<T extends { close(force?: boolean): Promise<void> }>(of: T, connection: Redis): T {
  const close = of.close.bind(of);
  of.close = async () => {
    if (connection.status === 'ready') await close();
    else
      await Promise.race([close(true), new Promise((resolve) => setTimeout(resolve, LOST_MS))]).catch(() => undefined);
    connection.disconnect();
  };
  return of;
}
