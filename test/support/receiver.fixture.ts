import { type ClientRequest, get, type IncomingMessage } from 'node:http';

/** A client at the gate that reads as fast or slowly as the test wants, and tells how the body ended. */
export interface Receiver {
  status: number;
  headers: IncomingMessage['headers'];
  /** bytes read so far */
  received(): number;
  /** reads on, without a pause */
  read(): void;
  /** stops reading; the connection stays open */
  pause(): void;
  /** goes away */
  leave(): void;
  /** resolves when the body ended regularly or the library reported that it did not */
  ended: Promise<{ complete: boolean; error: string | null; body: Buffer; trailers: IncomingMessage['trailers'] }>;
}

/** Sends the request and resolves with the head of the answer. Nothing of the body is read before `read()`. */
export function aReceiver(url: string, bearer?: string): Promise<Receiver> {
  return new Promise((resolve, reject) => {
    const request: ClientRequest = get(url, {
      agent: false,
      headers: bearer ? { authorization: `Bearer ${bearer}` } : {},
    });
    request.once('error', reject);
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      let received = 0;
      let error: string | null = null;
      const ended = new Promise<Awaited<Receiver['ended']>>((done) => {
        response.once('error', (cause: NodeJS.ErrnoException) => (error = cause.code ?? cause.message));
        response.once('close', () =>
          done({ complete: response.complete, error, body: Buffer.concat(chunks), trailers: response.trailers }),
        );
      });
      request.removeListener('error', reject);
      request.on('error', () => undefined);
      resolve({
        status: response.statusCode!,
        headers: response.headers,
        received: () => received,
        read: () => {
          if (response.listenerCount('data') === 0) {
            response.on('data', (chunk: Buffer) => {
              received += chunk.length;
              chunks.push(chunk);
            });
          }
          response.resume();
        },
        pause: () => void response.pause(),
        leave: () => void request.destroy(),
        ended,
      });
    });
  });
}

/** Waits until something becomes true; the test's own time limit is the limit. */
export async function until<T>(look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 20));
  }
}
