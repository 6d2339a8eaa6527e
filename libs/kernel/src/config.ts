import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const address = z.url();
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);
const rate = z.coerce.number().int().min(1).max(1_000_000);
const networks = list.pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])));

/**
 * Every key of the configuration: its environment variable, its meaning, its default. This table is the documentation;
 * the README of the kernel is checked against it.
 */
export const CONFIG_KEYS = {
  DATENRAUM_ENV: {
    schema: z.enum(['development', 'test', 'production']).default('production'),
    says: 'kind of installation',
  },
  DATABASE_URL: { schema: z.url(), says: 'PostgreSQL (15 or newer) as the role datenraum_app, which owns nothing' },
  DATABASE_OWNER_URL: { schema: z.url().optional(), says: 'the same as the role datenraum_owner; migrations only' },
  DATABASE_SEALER_URL: { schema: z.url().optional(), says: 'the same as the role datenraum_sealer; sealer only' },
  DATABASE_POOL: {
    schema: z.coerce.number().int().min(2).max(200).default(20),
    says: 'most connections of one process',
  },
  QUEUE_BACKEND: { schema: z.enum(['postgres', 'redis']).default('postgres'), says: 'where BullMQ keeps its jobs' },
  REDIS_URL: { schema: z.url().optional(), says: 'Redis; needed when QUEUE_BACKEND is redis' },
  OIDC_ISSUER: { schema: address, says: 'issuer of tokens, exactly as in their `iss`' },
  OIDC_AUDIENCE: { schema: z.string().min(1).default('datenraum-api'), says: 'audience a token must name' },
  OIDC_CLIENTS: {
    schema: list.default(['datenraum-portal', 'datenraum-cli']),
    says: 'clients (`azp`) whose tokens are taken, by comma',
  },
  OIDC_JWKS_MAX_AGE: {
    schema: z.coerce.number().int().min(1).max(600).default(600),
    says: 'seconds a signing key is kept',
  },
  PORTAL_URL: { schema: address.default('http://127.0.0.1:3000'), says: 'public address of the portal' },
  PORTAL_PORT: { schema: port.default(3000), says: 'port of the portal' },
  PORTAL_CLIENT_ID: { schema: z.string().min(1).default('datenraum-portal'), says: 'client id of the portal' },
  PORTAL_CLIENT_SECRET: { schema: z.string().min(8).optional(), says: 'client secret of the portal; portal only' },
  PORTAL_SESSION_SECRET: { schema: z.string().min(32).optional(), says: 'signs session cookies; portal only' },
  API_URL: { schema: address.default('http://127.0.0.1:3001'), says: 'public address of the API' },
  API_PORT: { schema: port.default(3001), says: 'port of the API' },
  GATEWAY_URL: { schema: address.default('http://127.0.0.1:3002'), says: 'public address of the gateway' },
  GATEWAY_PORT: { schema: port.default(3002), says: 'port of the gateway' },
  LISTEN_HOST: { schema: z.string().default('127.0.0.1'), says: 'address the apps listen on' },
  TRUSTED_PROXIES: {
    schema: networks.default([]),
    says: 'proxies in front, by comma (10.0.0.7, 10.0.0.0/24): only their X-Forwarded fields say who calls',
  },
  RATE_PER_ACTOR: { schema: rate.default(1200), says: 'calls a minute of one person or machine client, per process' },
  RATE_PER_ADDRESS: {
    schema: rate.default(600),
    says: 'calls a minute of one address without a valid sign-in, per process',
  },
  RATE_AT_ONCE: {
    schema: rate.default(32),
    says: 'calls at once of one person or machine client, streams included, per process',
  },
  AUDIT_ORIGIN: {
    schema: z
      .string()
      .regex(/^[^\s+]+[^\s+/]$/)
      .default('datenraum.local/audit'),
    says: 'first part of the name of each yearly log',
  },
  AUDIT_KEY_FILE: { schema: z.string().optional(), says: 'private key of the log (PEM); sealer only' },
  OBJECT_STORE_DIR: { schema: z.string().min(1), says: 'folder of the immutable data files' },
  MALWARE_SCANNER: {
    schema: z
      .string()
      .regex(/^[\w.-]+:\d{1,5}$/)
      .transform((at) => ({ host: at.slice(0, at.lastIndexOf(':')), port: Number(at.slice(at.lastIndexOf(':') + 1)) }))
      .optional(),
    says: 'host:port of a clamd that scans documents; without it they are kept and marked as not scanned',
  },
  GOVERNANCE_DIR: { schema: z.string().default('config/governance'), says: 'folder of the rule set that ships' },
  PERSON_LEVEL_LOG_REVEAL: {
    schema: z
      .enum(['true', 'false'])
      .default('false')
      .transform((value) => value === 'true'),
    says: '`true` once the agreement with the Personalrat is signed: then persons in the log can be revealed by two roles',
  },
  LOG_LEVEL: {
    schema: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
    says: 'how much the service log says',
  },
} as const;

export interface Config {
  env: 'development' | 'test' | 'production';
  databaseUrl: string;
  databaseOwnerUrl?: string;
  databaseSealerUrl?: string;
  databasePool: number;
  queueBackend: 'postgres' | 'redis';
  redisUrl?: string;
  oidc: { issuer: string; audience: string; allowedClients: string[]; jwksMaxAgeSeconds: number };
  portal: { url: string; port: number; clientId: string; clientSecret?: string; sessionSecret?: string };
  api: { url: string; port: number };
  gateway: { url: string; port: number };
  listenHost: string;
  trustedProxies: string[];
  /** calls a minute, and calls at once of one actor */
  rate: { perActor: number; perAddress: number; atOnce: number };
  audit: { origin: string; keyFile?: string };
  objectStoreDir: string;
  /** a clamd; absent: documents are not scanned, and said not to be */
  malwareScanner?: { host: string; port: number };
  governanceDir: string;
  /** persons in the log can be revealed: only once the agreement with the Personalrat is signed */
  personLevelLogReveal: boolean;
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

/** Nest token of the configuration. */
export const CONFIG = Symbol('config');

/** The configuration can not be used. The message lists every fault, one a line. */
export class ConfigFault extends Error {}

/** Reads the configuration from an environment. Throws a ConfigFault that names all faults together. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const faults: string[] = [];
  const read = <K extends keyof typeof CONFIG_KEYS>(key: K): z.output<(typeof CONFIG_KEYS)[K]['schema']> => {
    const { schema, says } = CONFIG_KEYS[key];
    const result = (schema as z.ZodType).safeParse(env[key] === '' ? undefined : env[key]);
    if (!result.success) faults.push(`${key} (${says}): ${result.error.issues[0]?.message ?? 'not usable'}`);
    return result.data as z.output<(typeof CONFIG_KEYS)[K]['schema']>;
  };
  const config: Config = {
    env: read('DATENRAUM_ENV'),
    databaseUrl: read('DATABASE_URL'),
    databaseOwnerUrl: read('DATABASE_OWNER_URL'),
    databaseSealerUrl: read('DATABASE_SEALER_URL'),
    databasePool: read('DATABASE_POOL'),
    queueBackend: read('QUEUE_BACKEND'),
    redisUrl: read('REDIS_URL'),
    oidc: {
      issuer: read('OIDC_ISSUER'),
      audience: read('OIDC_AUDIENCE'),
      allowedClients: read('OIDC_CLIENTS'),
      jwksMaxAgeSeconds: read('OIDC_JWKS_MAX_AGE'),
    },
    portal: {
      url: read('PORTAL_URL'),
      port: read('PORTAL_PORT'),
      clientId: read('PORTAL_CLIENT_ID'),
      clientSecret: read('PORTAL_CLIENT_SECRET'),
      sessionSecret: read('PORTAL_SESSION_SECRET'),
    },
    api: { url: read('API_URL'), port: read('API_PORT') },
    gateway: { url: read('GATEWAY_URL'), port: read('GATEWAY_PORT') },
    listenHost: read('LISTEN_HOST'),
    trustedProxies: read('TRUSTED_PROXIES'),
    rate: { perActor: read('RATE_PER_ACTOR'), perAddress: read('RATE_PER_ADDRESS'), atOnce: read('RATE_AT_ONCE') },
    audit: { origin: read('AUDIT_ORIGIN'), keyFile: read('AUDIT_KEY_FILE') },
    objectStoreDir: read('OBJECT_STORE_DIR'),
    malwareScanner: read('MALWARE_SCANNER'),
    governanceDir: read('GOVERNANCE_DIR'),
    personLevelLogReveal: read('PERSON_LEVEL_LOG_REVEAL'),
    logLevel: read('LOG_LEVEL'),
  };
  if (config.queueBackend === 'redis' && !config.redisUrl)
    faults.push('REDIS_URL: needed because QUEUE_BACKEND is redis');
  if (config.env === 'production') {
    for (const [key, url] of [
      ['PORTAL_URL', config.portal.url],
      ['API_URL', config.api.url],
      ['GATEWAY_URL', config.gateway.url],
      ['OIDC_ISSUER', config.oidc.issuer],
    ] as const) {
      if (url && !url.startsWith('https:')) faults.push(`${key}: must be https in production`);
    }
  }
  if (faults.length > 0) throw new ConfigFault(`the configuration can not be used:\n  ${faults.join('\n  ')}`);
  return config;
}
