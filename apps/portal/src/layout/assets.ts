import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

export interface Asset {
  type: string;
  bytes: Buffer;
  /** the same, compressed; null where it would not help */
  brotli: Buffer | null;
}

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const KERN = join(dirname(require.resolve('@kern-ux/native/package.json')), 'dist');
/** `tsc` copies no CSS: from `dist` we read the files where they lie in the source. */
const OURS = join(__dirname.replace(/([\\/])dist[\\/]apps[\\/]/, '$1apps$1'), 'assets');

const FILES: Record<string, string> = {
  'kern.css': join(KERN, 'kern.min.css'),
  'portal.css': join(OURS, 'portal.css'),
  'icon.svg': join(OURS, 'icon.svg'),
  'pre-check.js': join(OURS, 'pre-check.js'),
  'submit-once.js': join(OURS, 'submit-once.js'),
  'session-end.js': join(OURS, 'session-end.js'),
  'sign-out.js': join(OURS, 'sign-out.js'),
  // only the weights KERN uses in our screens
  'FiraSans-Regular.woff2': join(KERN, 'fonts/fira-sans/FiraSans-Regular.woff2'),
  'FiraSans-Medium.woff2': join(KERN, 'fonts/fira-sans/FiraSans-Medium.woff2'),
  'FiraSans-SemiBold.woff2': join(KERN, 'fonts/fira-sans/FiraSans-SemiBold.woff2'),
};

const assets = new Map(
  Object.entries(FILES).map(([name, file]): [string, Asset] => {
    const bytes = readFileSync(file);
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    const brotli = type.startsWith('font/')
      ? null
      : brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } });
    return [name, { type, bytes, brotli }];
  }),
);

/** Changes with any asset, so that browsers may keep them for ever. */
const VERSION = [...assets.values()]
  .reduce((hash, { bytes }) => hash.update(createHash('sha256').update(bytes).digest()), createHash('sha256'))
  .digest('base64url')
  .slice(0, 12);

export const assetAddress = (name: string): string => `/assets/${VERSION}/${name}`;
export const assetOf = (name: string): Asset | undefined => assets.get(name);
