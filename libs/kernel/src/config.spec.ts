import { ConfigFault, readConfig } from './config';

const sound = {
  DATENRAUM_ENV: 'test',
  DATABASE_URL: 'postgres://app@127.0.0.1/datenraum',
  OIDC_ISSUER: 'http://127.0.0.1:1/realms/datenraum',
  OBJECT_STORE_DIR: '/nowhere',
  PORTAL_CLIENT_SECRET: 'x'.repeat(48),
  PORTAL_SESSION_SECRET: 'x'.repeat(48),
};
const faultsOf = (env: Record<string, string>): string => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigFault) return error.message;
    throw error;
  }
  return '';
};

describe('the configuration', () => {
  it('is read when nothing is wrong', () => {
    expect(faultsOf(sound)).toBe('');
  });

  it('reports all its faults together, each by its key', () => {
    const { DATABASE_URL: _left, ...rest } = sound;
    const said = faultsOf({ ...rest, OIDC_ISSUER: 'nowhere', QUEUE_BACKEND: 'kafka', API_PORT: 'many' });
    for (const key of ['DATABASE_URL', 'OIDC_ISSUER', 'QUEUE_BACKEND', 'API_PORT']) expect(said).toContain(key);
  });

  it('asks for the address of Redis when Redis keeps the queue', () => {
    expect(faultsOf({ ...sound, QUEUE_BACKEND: 'redis' })).toContain('REDIS_URL');
  });

  it('never repeats a secret in what it says', () => {
    expect(faultsOf({ ...sound, PORTAL_CLIENT_SECRET: 'short-secret', API_PORT: 'many' })).not.toContain(
      'short-secret',
    );
  });
});
