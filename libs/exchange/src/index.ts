import { InitExchange1763712000000 } from './migrations/1763712000000-init-exchange';
import { UnitChangeExchange1763712000002 } from './migrations/1763712000002-unit-change';
import { PlainNamesExchange1796040000106 } from './migrations/1796040000106-plain-names';
import { AnyFormat1796040000140 } from './migrations/1796040000140-any-format';
import { Controller1796040000304 } from './migrations/1796040000304-controller';

export { type Delivered, type DeliveryHead, type DeliveryManifest, type DeliveryOrder, type Outlet } from './delivery';
export { DeliveryService } from './delivery.service';
export { ENFORCERS, type ObligationEnforcer } from './enforcers';
export * from './exchange.events';
export { ExchangeModule } from './exchange.module';
export { exchangeProblems } from './exchange.problems';
export { ExchangeReads } from './exchange.reads';
export { exchangeUseCases } from './exchange.use-cases';
export type { ExchangeView, Ticket } from './exchange.view';
export { type EndReason, type ExchangeState, exchangeStates } from './exchange.states';
export { DELIVERY_LIMITS, type DeliveryLimits, deliveryLimits } from './limits';
export { Reaper } from './reaper';
export { SUPPORTED } from './supported';
export { TicketHolders } from './ticket-holders';

/** The stage reads and writes by SQL of its own: conditional updates are its point. */
export const exchangeEntities = [];
export const exchangeMigrations = [
  InitExchange1763712000000,
  UnitChangeExchange1763712000002,
  PlainNamesExchange1796040000106,
  AnyFormat1796040000140,
  Controller1796040000304,
];
export * from './exchange.services';
