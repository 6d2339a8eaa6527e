import { randomUUID } from 'node:crypto';
import { signIn } from '../support/sign-in';
import type { Stack } from './stack.fixture';

/** A change that was asked for: what a client knows of it, and nothing more. */
export interface Asked {
  who: string;
  path: string;
  body: unknown;
  key: string;
  /** one correlation id per attempt */
  attempts: string[];
  status: number;
  answer: Record<string, unknown>;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Clients as they should be: every change has an Idempotency-Key, and a change without an answer is asked for again
 * with the same key until there is one. Keeps a history of what was acknowledged.
 */
export class Callers {
  readonly history: Asked[] = [];
  lost = 0;
  private readonly tokens = new Map<string, Promise<string>>();

  constructor(private readonly stack: Stack) {}

  /** Signs in, also when the provider is just being killed. */
  private token(who: string): Promise<string> {
    let token = this.tokens.get(who);
    if (!token) {
      token = this.untilAnswered(() => signIn(this.stack.issuer, who).then(({ accessToken }) => accessToken));
      this.tokens.set(who, token);
    }
    return token;
  }

  async get<T>(who: string, path: string): Promise<T> {
    const token = await this.token(who);
    return this.untilAnswered(async () => {
      const response = await fetch(`${this.stack.api}${path}`, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(20_000),
      });
      if (response.status >= 500) throw new Error(`${path}: ${response.status}`);
      return (await response.json()) as T;
    });
  }

  async change(who: string, path: string, body: unknown): Promise<Asked> {
    const asked: Asked = { who, path, body, key: randomUUID(), attempts: [], status: 0, answer: {} };
    await this.ask(asked);
    this.history.push(asked);
    return asked;
  }

  /** Asks for the same once more: same key, same body. */
  async again(asked: Asked): Promise<Asked> {
    const repeated = { ...asked, attempts: [] };
    await this.ask(repeated);
    return repeated;
  }

  private async ask(asked: Asked): Promise<void> {
    const token = await this.token(asked.who);
    await this.untilAnswered(async () => {
      const correlation = randomUUID();
      asked.attempts.push(correlation);
      const response = await fetch(`${this.stack.api}${asked.path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': asked.key,
          'x-correlation-id': correlation,
        },
        body: JSON.stringify(asked.body),
        signal: AbortSignal.timeout(20_000),
      });
      const text = await response.text();
      // an answer that does not say what happened is asked for again
      if (response.status >= 500) throw new Error(`${asked.path}: ${response.status} ${text}`);
      asked.status = response.status;
      asked.answer = (text ? JSON.parse(text) : {}) as Record<string, unknown>;
    });
  }

  private async untilAnswered<T>(attempt: () => Promise<T>): Promise<T> {
    const until = Date.now() + 60_000;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        this.lost += 1;
        if (Date.now() > until) throw error;
        await pause(200);
      }
    }
  }
}
