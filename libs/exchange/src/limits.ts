/** The measures of the gate; tests and operations may set others. Bytes, milliseconds, streams. */
export interface DeliveryLimits {
  /** credit that is committed at once */
  windowBytes: number;
  /** the agreement is read again at least this often while a stream is open, flowing or not */
  checkEveryMs: number;
  /** a credit that is not committed within this time stops the stream */
  checkWithinMs: number;
  /** the record of a stream that is not renewed for this long is closed by the reaper */
  leaseSeconds: number;
  /** a receiver slower than this over the whole of `slowForMs` is cut off */
  slowBytesPerSecond: number;
  slowForMs: number;
  ticketSeconds: number;
  streamsPerAgreement: number;
  streamsPerUnit: number;
  streamsPerProcess: number;
  /** how long running deliveries may go on when the gate is told to stop */
  drainMs: number;
}

export const DELIVERY_LIMITS = Symbol('DELIVERY_LIMITS');

export const deliveryLimits: DeliveryLimits = {
  windowBytes: 4 * 1024 * 1024,
  // a revocation must bite within two seconds: one second between looks leaves one for the look itself
  checkEveryMs: 1000,
  checkWithinMs: 5000,
  leaseSeconds: 20,
  slowBytesPerSecond: 1024,
  slowForMs: 60_000,
  ticketSeconds: 60,
  streamsPerAgreement: 4,
  streamsPerUnit: 8,
  // each blocked FIFO may hold a libuv thread; the gateway starts with 32 of them
  streamsPerProcess: 16,
  drainMs: 30_000,
};
