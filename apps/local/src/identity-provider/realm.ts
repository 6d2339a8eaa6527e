import { readFileSync } from 'node:fs';
import { z } from 'zod';

const mapper = z.looseObject({ protocolMapper: z.string(), config: z.record(z.string(), z.string()).default({}) });

const realmOf = z.looseObject({
  realm: z.string().regex(/^[a-z][\w-]*$/),
  displayName: z.string().default(''),
  accessTokenLifespan: z.number().int().positive(),
  accessCodeLifespan: z.number().int().positive(),
  ssoSessionIdleTimeout: z.number().int().positive(),
  ssoSessionMaxLifespan: z.number().int().positive(),
  revokeRefreshToken: z.boolean(),
  clients: z.array(
    z.looseObject({
      clientId: z.string().min(1),
      enabled: z.boolean(),
      publicClient: z.boolean(),
      standardFlowEnabled: z.boolean(),
      serviceAccountsEnabled: z.boolean(),
      implicitFlowEnabled: z.literal(false),
      directAccessGrantsEnabled: z.literal(false),
      clientAuthenticatorType: z.enum(['client-secret', 'client-jwt']).optional(),
      secret: z.string().optional(),
      redirectUris: z.array(z.url()),
      attributes: z.record(z.string(), z.string()).default({}),
      protocolMappers: z.array(mapper).default([]),
    }),
  ),
  users: z.array(
    z.looseObject({
      id: z.string().min(1),
      username: z.string().min(1),
      enabled: z.boolean(),
      serviceAccountClientId: z.string().optional(),
      credentials: z.array(z.looseObject({ type: z.literal('password'), value: z.string() })).default([]),
    }),
  ),
});

/** The parts of a Keycloak realm file that the development identity provider understands. */
export type Realm = z.infer<typeof realmOf>;

/**
 * Reads a realm file as Keycloak's import does: `${NAME}` and `${NAME:default}` are replaced in the text. Values are
 * escaped for JSON here; Keycloak does not do that, so its environment must carry them escaped.
 * @throws Error naming every placeholder without a value, or what the file lacks
 */
export function readRealm(file: string, placeholders: Readonly<Record<string, string>>): Realm {
  const missing = new Set<string>();
  const text = readFileSync(file, 'utf8').replace(/\$\{(\w+)(?::([^}]*))?\}/g, (_, name: string, fallback?: string) => {
    const value = placeholders[name] ?? fallback;
    if (value === undefined) missing.add(name);
    return JSON.stringify(value ?? '').slice(1, -1);
  });
  if (missing.size > 0) throw new Error(`the realm file needs values for ${[...missing].join(', ')}`);
  const realm = realmOf.parse(JSON.parse(text));
  for (const client of realm.clients) for (const uri of client.redirectUris) onLoopback(uri);
  return realm;
}

/** Addresses of the development provider stay on this machine: its passwords are printed on the screen. */
function onLoopback(uri: string): void {
  if (!['127.0.0.1', '[::1]', 'localhost'].includes(new URL(uri).hostname)) {
    throw new Error(
      `\`${uri}\` is not on this machine: the development identity provider serves loopback addresses only`,
    );
  }
}
