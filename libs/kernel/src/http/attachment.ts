import { create } from 'content-disposition';

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

/** The head of a document of a stranger: saved, never shown or run by a browser, kept by no cache. */
export const documentHeaders = ({ fileName, mediaType }: { fileName: string; mediaType: string }) => ({
  'content-type': mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType,
  'content-disposition': attachment(fileName),
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
});
