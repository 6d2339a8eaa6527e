import type { ClientMetadata } from 'oidc-provider';
import type { Realm } from './realm';

type RealmClient = Realm['clients'][number];

/** A client of the realm file in the words of oidc-provider. */
export function clientMetadata(client: RealmClient): ClientMetadata {
  const loopbackAnyPort = client.redirectUris.some((uri) => new URL(uri).port === '');
  const { attributes } = client;
  const metadata: ClientMetadata = {
    client_id: client.clientId,
    application_type: loopbackAnyPort && client.publicClient ? 'native' : 'web', // a native app's port is not known before
    redirect_uris: client.redirectUris,
    response_types: client.standardFlowEnabled ? ['code'] : [],
    grant_types: [
      ...(client.standardFlowEnabled ? ['authorization_code', 'refresh_token'] : []),
      ...(client.serviceAccountsEnabled ? ['client_credentials'] : []),
    ],
    id_token_signed_response_alg: 'RS256',
    ...authentication(client),
  };
  const signedOut = attributes['post.logout.redirect.uris'];
  if (signedOut) metadata.post_logout_redirect_uris = signedOut.split('##');
  const backChannel = attributes['backchannel.logout.url'];
  if (backChannel) {
    metadata.backchannel_logout_uri = backChannel;
    metadata.backchannel_logout_session_required = attributes['backchannel.logout.session.required'] === 'true';
  }
  return metadata;
}

/** The audience that the client's mapper puts into access tokens. */
export function audienceOf(client: RealmClient): string {
  const mapper = client.protocolMappers.find(({ protocolMapper }) => protocolMapper === 'oidc-audience-mapper');
  const audience = mapper?.config['included.custom.audience'];
  if (!audience) throw new Error(`client \`${client.clientId}\` has no audience mapper: nobody would take its tokens`);
  return audience;
}

function authentication(client: RealmClient): Partial<ClientMetadata> {
  if (client.publicClient) return { token_endpoint_auth_method: 'none' };
  if (client.clientAuthenticatorType === 'client-jwt') {
    return {
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'RS256',
      jwks: JSON.parse(client.attributes['jwks.string'] ?? '{"keys":[]}') as NonNullable<ClientMetadata['jwks']>,
    };
  }
  if (!client.secret) throw new Error(`client \`${client.clientId}\` has no secret`);
  return { token_endpoint_auth_method: 'client_secret_basic', client_secret: client.secret };
}
