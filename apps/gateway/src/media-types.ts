import { FORMATS, type OutputFormat } from '#lib/sources';

/** The format an `Accept` field prefers (RFC 9110 §12.5.1): highest quality first, then our order. Null when it takes none of ours. */
export function formatFor<F extends OutputFormat = (typeof FORMATS)[number]>(
  accept: string | undefined,
  formats: readonly F[] = FORMATS as unknown as readonly F[],
): F['name'] | null {
  if (accept === undefined || accept.trim() === '') return formats[0]?.name ?? null;
  const ranges = accept.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    return { type, q: quality === undefined ? 1 : Number(quality.slice(2)) };
  });
  const quality = ({ mediaType: type }: OutputFormat): number => {
    // the most specific range that fits decides
    const fits = [type, `${type.split('/')[0]}/*`, '*/*']
      .map((wanted) => ranges.find((range) => range.type === wanted))
      .find((range) => range !== undefined);
    return fits && fits.q > 0 ? fits.q : 0;
  };
  return formats
    .map((format) => ({ name: format.name, q: quality(format) }))
    .reduce<{ name: F['name'] | null; q: number }>((best, one) => (one.q > best.q ? one : best), { name: null, q: 0 })
    .name;
}

/**
 * `attachment` with a file name for every client (RFC 6266): plain ASCII for old ones, RFC 8187 for the others.
 * Nothing of the name can end the field or start a path.
 */
export function attachment(fileName: string): string {
  const safe = fileName
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[/\\:*?"<>|]/g, '_')
    .slice(0, 150);
  const ascii = safe
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/[%;']/g, '_');
  const encoded = encodeURIComponent(safe).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
