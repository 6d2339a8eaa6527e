// keycloak-connect publishes types for its Express middleware only. We use one class of it, the one that checks
// grants; these are the parts of it that we touch.
declare module 'keycloak-connect/middleware/auth-utils/grant-manager' {
  interface GrantManagerConfig {
    realmUrl: string;
    clientId: string;
    bearerOnly: boolean;
    verifyTokenAudience: boolean;
  }
  interface Grant {
    access_token?: { content: Record<string, unknown> };
  }
  class GrantManager {
    constructor(config: GrantManagerConfig);
    /** its own key cache; replaced by ours, because it has no timeout, no maximum age and a throttle that breaks */
    rotation: { getJWK(kid: string | undefined): Promise<import('node:crypto').KeyObject> };
    createGrant(data: { access_token: string }): Promise<Grant>;
  }
  export = GrantManager;
}
