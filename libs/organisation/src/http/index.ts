export { Access, type AccessDeclaration, type PermittedUseCase } from './access';
export { AccessGuard } from './access.guard';
export { type ActorCall, AUTHENTICATOR, type Authenticator, type HttpRequest } from './authenticator';
export { AnyActor, CurrentActor } from './current-actor';
export { HealthController } from './health.controller';
export { accessProviders } from './providers';
export { type Route, routeInventory } from './route-inventory';
