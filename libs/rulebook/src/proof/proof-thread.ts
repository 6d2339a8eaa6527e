// Runs in a thread of its own: one order in, one answer out.
import { parentPort, workerData } from 'node:worker_threads';
import { proveLaw, type ProofOrder } from './prove-law';

parentPort!.postMessage(proveLaw(workerData as ProofOrder));
