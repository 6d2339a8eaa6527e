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
