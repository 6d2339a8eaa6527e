import type { ObligationEnforcer } from './obligation-enforcer';

/** Without a contract in force between the parties nothing is delivered. */
export const contract: ObligationEnforcer = {
  obligation: 'O-CONTRACT',
  enforcer: 'exchange.contract',
  apply: (_plan, _obligation, { contract: { status } }) =>
    status === 'VALID'
      ? null
      : status === 'EXPIRED'
        ? 'Der Vertrag zwischen den Parteien ist abgelaufen.'
        : 'Zwischen den Parteien steht kein Vertrag im Register.',
};
