import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fetcher } from '#proof';

/** The log could not be looked at. Says nothing about whether it is sound. */
export class SourceFault extends Error {}

const LARGEST = 256 * (2 + 65_535); // bytes of the largest entry bundle
const PATIENCE = 30_000;

/** Reads a log over HTTP or from an exported folder. Only an answer 404, or a file that is not there, means absent. */
export function openSource(place: string, bearer?: string): Fetcher {
  return /^https?:\/\//.test(place) ? overHttp(place.replace(/\/+$/, ''), bearer) : fromFolder(place);
}

function overHttp(base: string, bearer: string | undefined): Fetcher {
  const headers: Record<string, string> = bearer ? { authorization: `Bearer ${bearer}` } : {};
  return async (path) => {
    const url = `${base}/${path}`;
    const failed = (why: string, cause?: unknown) => new SourceFault(`${url}: ${why}`, { cause });
    let response: Response;
    let body: Uint8Array;
    try {
      // never follow: a redirect to a login page would be read as a log
      response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
      if (response.status === 404) {
        await response.body?.cancel();
        return null;
      }
      if (response.status !== 200) {
        await response.body?.cancel();
        throw failed(`answered ${response.status}`);
      }
      body = new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      throw cause instanceof SourceFault ? cause : failed('can not be reached', cause);
    }
    if (body.length > LARGEST) throw failed(`answered ${body.length} bytes, more than any part of a log has`);
    return body;
  };
}

function fromFolder(folder: string): Fetcher {
  return async (path) => {
    try {
      return await readFile(join(folder, path));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return null;
      throw new SourceFault(`${join(folder, path)}: can not be read`, { cause: error });
    }
  };
}
