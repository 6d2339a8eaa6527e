// One file above our usual size: the exchange is one procedure whose order is the point.
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Writable } from 'node:stream';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { agreementProblems, AgreementReads } from '#lib/agreements';
import { correlationId, kernelProblems, Logger, newId, Problem, systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import type { Actor } from '#lib/organisation';
import { type DeliveryPlan, type FormatName, needsKey, PseudonymKeys, QueryEngine } from '#lib/sources';
import { Admission } from './admission';
import type { Delivered, DeliveryHead, DeliveryManifest, DeliveryOrder, Outlet } from './delivery';
import { END_EVENT, exchangeCompleted, exchangeRefused, exchangeStarted, ticketIssued } from './exchange.events';
import { exchangeProblems } from './exchange.problems';
import { ExchangeRepository } from './exchange.repository';
import { END_OF, type EndReason } from './exchange.states';
import { DELIVERY_LIMITS, type DeliveryLimits } from './limits';
import { Pace } from './pace';
import { obstacleOf } from './agreement-obstacle';
import { TicketRepository } from './ticket.repository';
import type { Ticket } from './exchange.view';
import { type CreditResult, Windows } from './windows';

/** The windows and ends of a stream are the gate's own acts; who asked stands in `exchange.started.v1`. */
const GATE = systemActing('gateway');

/** What the steps after the start must know of an exchange. */
interface Started {
  exchangeId: string;
  agreementId: string;
  productId: string;
  agreementRevision: number;
  /** frozen with the agreement */
  validUntil: Date;
}

const beforeTheFirstByte = (reason: EndReason, failure: unknown): Problem => {
  if (END_OF[reason] === 'REVOKED') return exchangeProblems.agreement_not_active();
  if (reason === 'gate_stopped') return exchangeProblems.gate_closing();
  if (reason !== 'engine_failed') return kernelProblems.audit_unavailable({ cause: failure });
  return failure instanceof Problem ? failure : exchangeProblems.source_unavailable({ cause: failure });
};

@Injectable()
export class DeliveryService implements OnModuleDestroy {
  private readonly running = new Map<string, { stop(reason: EndReason): void; ended: Promise<unknown> }>();
  private opening = 0;
  private closing = false;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly agreements: AgreementReads,
    private readonly admission: Admission,
    private readonly exchanges: ExchangeRepository,
    private readonly tickets: TicketRepository,
    private readonly engine: QueryEngine,
    private readonly keys: PseudonymKeys,
    private readonly logger: Logger,
    @Inject(DELIVERY_LIMITS) private readonly limits: DeliveryLimits,
  ) {}

  /**
   * A ticket with which a browser fetches the data once, within 60 seconds. The clear token is in the answer and
   * nowhere else. Asking again gives another ticket: an Idempotency-Key is not honoured, for it would keep the token.
   * Throws `agreement_unknown`, `agreement_not_active`, `receiving_not_permitted`, `deliveries_used_up`.
   */
  createTicket(actor: Actor, agreementId: string, format: FormatName): Promise<Ticket> {
    return this.uow.run({ ...actor.acting, idempotency: undefined }, async (tx) => {
      const agreement = await this.agreements.forDelivery(tx, agreementId);
      if (!agreement) throw agreementProblems.agreement_unknown();
      const { personId } = actor;
      if (!personId) {
        throw exchangeProblems.receiving_not_permitted({
          detail: 'Ein Fachverfahren ruft Daten mit seinem eigenen Zugangstoken ab, ohne Abrufschein.',
        });
      }
      const refusal = await this.admission.refusal(tx, actor, agreement);
      if (refusal) throw refusal;
      const ticket = await this.tickets.issue(tx, {
        agreementId,
        consumerUnitId: agreement.consumerUnitId,
        personId,
        format,
        seconds: this.limits.ticketSeconds,
      });
      await tx.emit(ticketIssued({ ticketId: ticket.ticketId, agreementId, format }));
      return ticket;
    });
  }

  /**
   * The whole exchange: decide again, record, stream in windows, record the end. Before the first byte it throws a
   * Problem and nothing was served; after it, it always returns how the delivery ended. The order is the promise:
   * every step says what happens if we die there.
   */
  async deliver(order: DeliveryOrder, outlet: Outlet): Promise<Delivered> {
    if (this.closing) throw exchangeProblems.gate_closing();
    if (this.running.size + this.opening >= this.limits.streamsPerProcess) throw exchangeProblems.too_many_streams();
    this.opening++;
    let admitted: { exchange: Started; plan: DeliveryPlan; head: DeliveryHead };
    try {
      // 1. Decide and record, in one transaction: ticket used up, decision stored, `exchange.started` with the first
      //    credit. If we die before its commit, nothing happened and the ticket still works. If we die after it, the
      //    record says STARTED with no byte served; the reaper closes it once the lease is over.
      admitted = await this.start(order);
    } finally {
      this.opening--;
    }

    const { exchangeId } = admitted.exchange;
    const abort = new AbortController();
    const digest = createHash('sha256');
    const pace = new Pace(this.limits.slowBytesPerSecond, this.limits.slowForMs);
    let out: Writable | undefined;
    let sent = 0; // handed to the outlet, never more than the credit
    let flushed = 0; // taken by the operating system
    let stopped: EndReason | undefined;
    let done = false;
    let failure: unknown;
    let wake = (): void => undefined;
    const change = (): Promise<void> => new Promise((resolve) => (wake = resolve));

    // Whoever sees first that no further byte may go: cut the connection now, even if it is blocked, and stop the engine.
    const stop = (reason: EndReason, cause?: unknown): void => {
      if (stopped || done) return;
      stopped = reason;
      if (cause) this.logger.warn({ err: cause, exchangeId, reason }, 'a delivery is stopped');
      if (out) outlet.sever();
      abort.abort();
      wake();
    };
    const { windowBytes, checkWithinMs, checkEveryMs } = this.limits;
    const windows = new Windows(
      windowBytes,
      windowBytes,
      checkWithinMs,
      (upTo) => this.window(admitted.exchange, upTo),
      stop,
    );
    const clock = setInterval(() => {
      // a stream that does not flow must still hear of a revocation, and keep its lease
      void windows.renew(sent);
      if (pace.tooSlow(performance.now(), flushed, flushed < sent)) stop('consumer_too_slow');
    }, checkEveryMs);
    let ended = (): void => undefined;
    this.running.set(exchangeId, { stop, ended: new Promise<void>((resolve) => (ended = resolve)) });

    try {
      // 2. Ask the engine, and wait for its first bytes. If it fails here the answer is still a problem with a status;
      //    if we die here, as in 1.
      const { productId, agreementId } = admitted.exchange;
      const key = needsKey(admitted.plan) ? await this.keys.keyFor({ productId, agreementId }) : undefined;
      const { stream, rows } = await this.engine.open(admitted.plan, { signal: abort.signal, key });
      const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
      let next = await chunks.next();

      // 3. Announce the answer. If we die from here on, the client sees a broken connection, never a regular end.
      if (!stopped) {
        out = outlet.begin(admitted.head);
        out.on('error', (cause) => stop('consumer_aborted', cause));
        out.on('close', () => stop('consumer_aborted'));
        out.on('drain', () => wake());
        if (out.destroyed) stop('consumer_aborted'); // left while we asked the engine
      }

      // 4. Bytes leave below the committed credit only. If we die here: served ≤ released, and the reaper writes
      //    INTERRUPTED with `releasedBytes` as the upper bound.
      while (out && !stopped && !next.done) {
        const chunk = next.value;
        if (!(await windows.cover(sent, chunk.length)) || stopped) break;
        sent += chunk.length;
        digest.update(chunk);
        out.write(chunk, (error) => {
          if (!error) flushed += chunk.length;
          wake();
        });
        windows.ahead(sent);
        while (!stopped && out.writableNeedDrain) await change();
        if (!stopped) next = await chunks.next();
      }
      // the operating system must have taken the last byte before anything calls this complete
      while (!stopped && flushed < sent) await change();

      // 5. Record completeness, with a last look at the agreement. If we die before the commit, the reaper writes
      //    INTERRUPTED and the client saw no end. If we die after it, the record is right, and the client can ask for it.
      if (!stopped) {
        const manifest: DeliveryManifest = {
          exchangeId,
          rows: await rows(),
          bytes: sent,
          sha256: digest.copy().digest('hex'),
        };
        const obstacle = stopped ?? (await this.complete(admitted.exchange, manifest));
        if (obstacle) stop(obstacle);
        else {
          // 6. Only now the regular end goes out. Should the receiver have left meanwhile, the record stands: it got every byte.
          done = true;
          outlet.finish(manifest);
          return { state: 'COMPLETED', manifest };
        }
      }
    } catch (cause) {
      failure = cause;
      stop('engine_failed', cause); // does nothing when the engine only fails because it was stopped
    } finally {
      clearInterval(clock);
      if (!done) {
        // 7. Record why it stopped, with what was handed over so far. If we die here, or the database is gone, the
        //    reaper writes INTERRUPTED instead: there is one end, and it never claims more than is known.
        await this.end(admitted.exchange, stopped ?? 'engine_failed', sent, digest.digest('hex'));
      }
      this.running.delete(exchangeId);
      ended();
    }
    if (!out) throw beforeTheFirstByte(stopped ?? 'engine_failed', failure);
    return { state: 'STOPPED', exchangeId, reason: stopped! };
  }

  /** Refuses new orders, waits for running ones, then stops them with their record. Called at shutdown, before the engine stops. */
  async onModuleDestroy(): Promise<void> {
    await this.drain(this.limits.drainMs);
  }

  async drain(graceMs: number): Promise<void> {
    this.closing = true;
    const timer = setTimeout(() => this.running.forEach(({ stop }) => stop('gate_stopped')), graceMs);
    await Promise.all([...this.running.values()].map(({ ended }) => ended));
    clearTimeout(timer);
  }

  private async start(order: DeliveryOrder): Promise<{ exchange: Started; plan: DeliveryPlan; head: DeliveryHead }> {
    const { agreementId, format } = order;
    const outcome = await this.uow.run({ ...order.actor.acting, idempotency: undefined }, async (tx) => {
      const ticketId =
        order.ticket === undefined
          ? null
          : await this.tickets.use(tx, order.ticket, { agreementId, format, personId: order.actor.personId });
      // a revocation that comes now waits until the start is committed, and then finds the exchange and stops it
      const agreement = await this.agreements.forDelivery(tx, agreementId, { lock: true });
      if (!agreement) throw agreementProblems.agreement_unknown();
      const { consumerUnitId, providerUnitId, productId, requestId, revision } = agreement;
      const open = await this.exchanges.open(tx, agreementId, consumerUnitId);
      // thrown, not recorded: the ticket stays good for when a stream has ended
      if (open.ofAgreement >= this.limits.streamsPerAgreement || open.ofUnit >= this.limits.streamsPerUnit)
        throw exchangeProblems.too_many_streams();

      const admitted = await this.admission.admit(tx, order, agreement);
      if ('problem' in admitted) {
        const { problem, rules, rulesetHash, decisionId } = admitted;
        await tx.emit(
          exchangeRefused({
            agreementId,
            code: problem.code,
            rules: rules && [...rules],
            rulesetHash,
            decisionId,
            ticketId: ticketId ?? undefined,
          }),
        );
        return { problem };
      }
      const { plan, decisionId, rulesetHash, obligations } = admitted;
      const exchangeId = newId();
      const releasedBytes = this.limits.windowBytes;
      const { productVersionId } = agreement.terms;
      const facts = {
        agreementId,
        requestId,
        productVersionId,
        consumerUnitId,
        providerUnitId,
        decisionId,
        ticketId,
        format,
        releasedBytes,
      };
      const { validUntil } = agreement;
      const row = { ...facts, id: exchangeId, agreementRevision: revision, correlation: correlationId() };
      if (!(await this.exchanges.start(tx, row, validUntil, this.limits.leaseSeconds))) {
        const problem = exchangeProblems.agreement_not_active();
        await tx.emit(
          exchangeRefused({ agreementId, code: problem.code, decisionId, ticketId: ticketId ?? undefined }),
        );
        return { problem };
      }
      await tx.emit(exchangeStarted({ ...facts, exchangeId, agreementRevision: revision, rulesetHash, obligations }));
      return {
        exchange: { exchangeId, agreementId, productId, agreementRevision: revision, validUntil },
        plan,
        head: { ...admitted.head, exchangeId },
      };
    });
    if ('problem' in outcome) throw outcome.problem;
    return outcome;
  }

  /** One look: the agreement as it is now, and the next credit, in one transaction. */
  private window(exchange: Started, upTo: number): Promise<CreditResult> {
    return this.uow.run(GATE, async (tx) => {
      const obstacle = await this.obstacle(tx, exchange);
      if (obstacle) return { stop: obstacle };
      const { exchangeId, validUntil } = exchange;
      const credit = await this.exchanges.release(tx, exchangeId, upTo, validUntil, this.limits.leaseSeconds);
      if (credit === 'OPEN') return { releasedBytes: upTo };
      return { stop: credit === 'OVER' ? 'agreement_expired' : 'lease_passed' };
    });
  }

  /** Null when the exchange is recorded as complete; else why it is not. A revocation waits for this, or is seen by it. */
  private async complete(exchange: Started, manifest: DeliveryManifest): Promise<EndReason | null> {
    try {
      return await this.uow.run(GATE, async (tx) => {
        const obstacle = await this.obstacle(tx, exchange, true);
        if (obstacle) return obstacle;
        const { exchangeId, rows, bytes, sha256 } = manifest;
        const { validUntil } = exchange;
        const credit = await this.exchanges.release(tx, exchangeId, bytes, validUntil, this.limits.leaseSeconds);
        if (credit !== 'OPEN') return credit === 'OVER' ? 'agreement_expired' : 'lease_passed';
        const ended = await this.exchanges.end(tx, exchangeId, {
          state: 'COMPLETED',
          reason: null,
          rows,
          bytes,
          sha256,
        });
        if (!ended) return 'lease_passed';
        const { releasedBytes } = ended;
        await tx.emit(
          exchangeCompleted({ exchangeId, agreementId: exchange.agreementId, rows, bytes, releasedBytes, sha256 }),
        );
        return null;
      });
    } catch (err) {
      this.logger.error({ err, exchangeId: exchange.exchangeId }, 'a delivery could not be recorded as complete');
      return 'credit_unavailable';
    }
  }

  private async end(
    { exchangeId, agreementId }: Started,
    reason: EndReason,
    bytes: number,
    sha256: string,
  ): Promise<void> {
    try {
      await this.uow.run(GATE, async (tx) => {
        const ended = await this.exchanges.end(tx, exchangeId, {
          state: END_OF[reason],
          reason,
          bytes,
          rows: null,
          sha256,
        });
        if (!ended) return;
        const { releasedBytes } = ended;
        await tx.emit(END_EVENT[END_OF[reason]]({ exchangeId, agreementId, reason, bytes, releasedBytes, sha256 }));
      });
    } catch (err) {
      this.logger.error({ err, exchangeId, reason }, 'the end of a delivery could not be recorded; the reaper will');
    }
  }

  private async obstacle(tx: Tx, { agreementId, agreementRevision }: Started, lock = false): Promise<EndReason | null> {
    return obstacleOf(await this.agreements.forDelivery(tx, agreementId, { lock }), agreementRevision, tx.now);
  }
}
