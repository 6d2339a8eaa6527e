import { create } from 'content-disposition';
import Negotiator from 'negotiator';
import { FORMATS, type OutputFormat } from '#lib/sources';

/** The format an `Accept` field prefers (RFC 9110 §12.5.1): highest quality first, then our order. Null when it takes none of ours. */
export function formatFor<F extends OutputFormat = (typeof FORMATS)[number]>(
  accept: string | undefined,
  formats: readonly F[] = FORMATS as unknown as readonly F[],
): F['name'] | null {
  if (accept === undefined || accept.trim() === '') return formats[0]?.name ?? null;
  const [preferred] = new Negotiator({ headers: { accept } }).mediaTypes(formats.map(({ mediaType }) => mediaType));
  return formats.find(({ mediaType }) => mediaType === preferred)?.name ?? null;
}

/**
 * `attachment` with a file name for every client (RFC 6266): plain ASCII for old ones, RFC 8187 for the others.
 * Nothing of the name can end the field or start a path.
 */
export function attachment(fileName: string): string {
  const safe = fileName
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[/\\:*?"<>|]/g, '_')
    .slice(0, 150)
    .toWellFormed(); // after the cut, which may leave half a sign; nothing encodes that
  const fallback = safe
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/[%;']/g, '_');
  return create(safe, { fallback });
}
