/**
 * Entry of the process that reads one file of a stranger: recognition or ingest, then it ends. A crash of the engine,
 * a memory limit or an endless file ends this process and not the one that serves people.
 */
import { ingestFile } from '../ingest/ingest-parquet';
import type { JobAnswer, JobOrder } from '../engine/query-messages';
import { connectorOf } from '../connectors';
import { SourceFault } from '../source-fault';

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

process.once('message', (order: JobOrder) => {
  work(order)
    .then((done): JobAnswer => ({ done }))
    .catch((cause: unknown): JobAnswer => {
      if (cause instanceof SourceFault)
        return { fault: { code: cause.code, detail: cause.detail, errors: cause.errors } };
      return { failed: cause instanceof Error ? cause.message : 'unknown' };
    })
    .then((answer) => process.send?.(answer, undefined, undefined, () => process.exit(0)))
    .catch(() => process.exit(1));
});

function work(order: JobOrder): Promise<unknown> {
  return order.kind === 'recognise'
    ? connectorOf(order.connector).recognise(order.file, order.settings, order.limits)
    : ingestFile(order.file, order.recognition, order.folder, order.limits);
}
