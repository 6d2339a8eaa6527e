import { createHash } from 'node:crypto';
import { CONFIG, type Config, kernelProblems, Logger } from '#lib/kernel';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SealedJson } from './sealed-json';
import { ABSOLUTE_MS, IDLE_MS, type SessionData } from './session';

type Done = (error?: unknown, session?: SessionData | null) => void;

const CLEANING_MS = 15 * 60_000;

/**
 * Keeps sessions in PostgreSQL, so that every process of the portal knows them and a restart signs nobody out.
 * An ended session leaves a mark until it would have expired: a request that was under way while somebody signed out
 * saves its copy afterwards, and must not bring the session back to life.
 */
@Injectable()
export class SessionStore implements OnModuleInit, OnApplicationShutdown {
  private readonly sealing: SealedJson;
  private cleaning?: NodeJS.Timeout;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly database: DataSource,
    private readonly logger: Logger,
  ) {
    if (!config.portal.sessionSecret)
      throw new Error('PORTAL_SESSION_SECRET: needed by the portal, at least 32 characters');
    this.sealing = new SealedJson(config.portal.sessionSecret, 'datenraum portal session');
  }

  onModuleInit(): void {
    this.cleaning = setInterval(() => void this.clean(), CLEANING_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.cleaning);
  }

  get(id: string, done: Done): void {
    this.find(id).then(
      (session) => done(null, session),
      (error: unknown) => done(unavailable(error)),
    );
  }

  set(id: string, session: SessionData, done: Done): void {
    this.write(id, session).then(
      () => done(),
      (error: unknown) => done(unavailable(error)),
    );
  }

  destroy(id: string, done: Done): void {
    this.end('id_hash = $1', [hash(id)]).then(
      () => done(),
      (error: unknown) => done(unavailable(error)),
    );
  }

  /** Ends sessions the identity provider has ended: one session of it, or all of an account. Gives how many. */
  async endWhere({ sessionId, sub }: { sessionId?: string; sub?: string }): Promise<number> {
    if (sessionId !== undefined) return this.end('provider_session = $1', [sessionId]);
    if (sub !== undefined) return this.end('subject = $1', [sub]);
    return 0;
  }

  private async find(id: string): Promise<SessionData | null> {
    const rows: { sealed: Buffer }[] = await this.database.query(
      'SELECT sealed FROM identity.session WHERE id_hash = $1 AND NOT ended AND expires_at > now()',
      [hash(id)],
    );
    return rows[0] ? this.sealing.open<SessionData>(rows[0].sealed, hash(id)) : null;
  }

  private async write(id: string, session: SessionData): Promise<void> {
    const { signedIn } = session;
    const left = signedIn ? Date.parse(signedIn.startedAt) + ABSOLUTE_MS - Date.now() : IDLE_MS;
    const seconds = Math.max(0, Math.min(left, IDLE_MS)) / 1000;
    await this.database.query(
      `INSERT INTO identity.session (id_hash, sealed, subject, provider_session, expires_at)
       VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5))
       ON CONFLICT (id_hash) DO UPDATE SET sealed = EXCLUDED.sealed, subject = EXCLUDED.subject,
         provider_session = EXCLUDED.provider_session, expires_at = EXCLUDED.expires_at
       WHERE NOT session.ended`,
      [
        hash(id),
        this.sealing.seal(session, hash(id)),
        signedIn?.principal.sub ?? null,
        signedIn?.principal.sessionId ?? null,
        seconds,
      ],
    );
  }

  private async end(where: string, parameters: unknown[]): Promise<number> {
    const [, count]: [unknown, number] = await this.database.query(
      `UPDATE identity.session SET ended = true, sealed = NULL WHERE NOT ended AND ${where}`,
      parameters,
    );
    return count;
  }

  private async clean(): Promise<void> {
    await this.database
      .query('DELETE FROM identity.session WHERE expires_at < now()')
      .catch((err: unknown) => this.logger.warn({ err }, 'expired sessions could not be removed'));
  }
}

const hash = (id: string): Buffer => createHash('sha256').update(id).digest();
const unavailable = (cause: unknown): Error => kernelProblems.database_unavailable({ cause });
