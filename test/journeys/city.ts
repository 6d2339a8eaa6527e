import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Local } from '../../apps/local/src/local';
import { machineToken, signIn } from '../support/sign-in';

/** What one must know of a running stack to use it. */
export type Reachable = Pick<Local, 'api' | 'gateway' | 'issuer' | 'secrets'>;

/** An answer of the product: status and JSON body. */
export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T & { code?: string; because?: unknown[]; title?: string };
}

/** Somebody who is signed in and uses the API. */
export class Signed {
  constructor(
    private readonly local: Reachable,
    readonly name: string,
    readonly token: string,
  ) {}

  get<T>(path: string): Promise<Answer<T>> {
    return this.call('GET', path);
  }

  post<T>(path: string, body?: unknown): Promise<Answer<T>> {
    return this.call('POST', path, body);
  }

  put<T>(path: string, body: unknown): Promise<Answer<T>> {
    return this.call('PUT', path, body);
  }

  patch<T>(path: string, body: unknown): Promise<Answer<T>> {
    return this.call('PATCH', path, body);
  }

  /**
   * Like the others, but a problem ends the step with its code. Where the case changed since its task was read, the
   * person reads it again and decides on what it is now: a contract that was just registered has the request decided anew.
   */
  async must<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: unknown): Promise<T> {
    let answer = await this.call<T>(method, path, body);
    const task = /^\/v1\/tasks\/[^/]+(?=\/)/.exec(path)?.[0];
    if (answer.status === 412 && task) {
      const { revision } = await this.must<{ revision: number }>('GET', task);
      answer = await this.call<T>(method, path, { ...(body as object), revision });
    }
    if (answer.status >= 400)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 600)}`);
    return answer.body;
  }

  async upload<T>(path: string, file: string, hints?: object): Promise<T> {
    const form = new FormData();
    if (hints) form.set('hints', JSON.stringify(hints));
    form.set('file', new Blob([readFileSync(file)], { type: 'text/csv' }), basename(file));
    const response = await fetch(`${this.local.api}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}` },
      body: form,
    });
    const body = (await response.json()) as T;
    if (!response.ok)
      throw new Error(`upload of ${basename(file)}: ${response.status} ${JSON.stringify(body).slice(0, 600)}`);
    return body;
  }

  /** Sends a document with what is said of it, and gives the answer as it is. */
  async document(path: string, evidence: unknown, file: { name: string; content: string | Buffer }): Promise<Answer> {
    const form = new FormData();
    form.set('evidence', JSON.stringify(evidence));
    form.set('file', new Blob([new Uint8Array(Buffer.from(file.content))]), file.name);
    const response = await fetch(`${this.local.api}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}` },
      body: form,
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  }

  /** The file behind an address, with its head. */
  async file(path: string): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
    const response = await fetch(`${this.local.api}${path}`, { headers: { authorization: `Bearer ${this.token}` } });
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  }

  /** Opens a delivery at the gateway; the caller reads the stream. */
  receive(agreementId: string, format: string, signal?: AbortSignal): Promise<Response> {
    return fetch(`${this.local.gateway}/v1/agreements/${agreementId}/data?format=${format}`, {
      headers: { authorization: `Bearer ${this.token}` },
      ...(signal && { signal }),
    });
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const response = await fetch(`${this.local.api}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(method !== 'GET' && { 'idempotency-key': randomUUID() }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as Answer<T>['body'] };
  }
}

/** The people of the pilot domain, each signed in with a real code flow when needed. */
export class City {
  private readonly people = new Map<string, { person: Promise<Signed>; since: number }>();
  private readonly units = new Map<string, string>();

  constructor(readonly local: Reachable) {}

  as(username: string): Promise<Signed> {
    const known = this.people.get(username);
    // a token lives five minutes: whoever comes back later signs in again
    if (known && Date.now() - known.since < 120_000) return known.person;
    const person = signIn(this.local.issuer, username).then(
      ({ accessToken }) => new Signed(this.local, username, accessToken),
    );
    this.people.set(username, { person, since: Date.now() });
    return person;
  }

  /** The machine client of the Umweltamt, by private_key_jwt. */
  async machine(): Promise<Signed> {
    return new Signed(
      this.local,
      'umweltamt-fachverfahren',
      await machineToken(this.local.issuer, 'umweltamt-fachverfahren', this.local.secrets.machineKey),
    );
  }

  async unit(key: string): Promise<string> {
    if (this.units.size === 0) {
      const { items } = await (
        await this.as('eva.bach')
      ).must<{ items: { id: string; key: string }[] }>('GET', '/v1/units');
      for (const { id, key: unitKey } of items) this.units.set(unitKey, id);
    }
    const id = this.units.get(key);
    if (!id) throw new Error(`there is no unit \`${key}\``);
    return id;
  }
}

/** Asks again until there is an answer, at most `seconds`: what follows by event exists within a second. */
export async function eventually<T>(what: string, ask: () => Promise<T | null | undefined>, seconds = 15): Promise<T> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > until) throw new Error(`${what} did not happen within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
