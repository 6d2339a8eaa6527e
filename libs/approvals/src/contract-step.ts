import type { Tx } from '#lib/kernel';
import type { ConsumerKind, ContractStatus, OrganisationReads } from '#lib/organisation';
import type { CaseContracts, RequestReads, StoredDecision } from '#lib/requests';
import type { Task } from './task.entity';

/** Parts of the one legal person of the city: between them a recorded decision stands where a contract would (§1.3). */
const CITY: readonly ConsumerKind[] = ['SAME_OFFICE', 'OTHER_OFFICE', 'STATISTIKSTELLE'];

/**
 * Whether the step of the Rechtsamt rests on a contract: when the decision asks for one, when both sides are to be
 * controllers together, or when one side is not simply an office of the city. Otherwise it checks the legal basis alone.
 */
export async function contractAsked(
  tx: Tx,
  { decisionId, requestId, needs }: Task,
  requests: RequestReads,
  organisation: OrganisationReads,
): Promise<boolean> {
  if (needs !== 'CONTRACT') return false;
  const decision = await requests.decision(tx, decisionId);
  if (!decision || decision.facts.consumer.kind === 'PROCESSOR' || decision.facts.recipient?.processor) return true;
  if (needsOwn(decision)) return true;
  const { providerUnitId, consumerUnitId } = await requests.partiesNow(tx, await requests.request(tx, requestId));
  const kinds = [
    await organisation.consumerKind(tx, providerUnitId, consumerUnitId),
    await organisation.consumerKind(tx, consumerUnitId, providerUnitId),
  ];
  return !kinds.every((kind) => CITY.includes(kind));
}

/** The contract a request rests on, as it stands now, and between whom it is registered. */
export async function contractOf(
  tx: Tx,
  requestId: string,
  requests: RequestReads,
  contracts: CaseContracts,
): Promise<{ unitA: string; unitB: string; contract: ContractStatus }> {
  const request = await requests.request(tx, requestId);
  const product = await contracts.dataOf(tx, request);
  const decision = await requests.decision(tx, request.decisionId ?? '');
  const ownUse = !decision || needsOwn(decision);
  return contracts.forLegal(tx, request.scope, await requests.partiesNow(tx, request), product, { ownUse });
}

/** Whether whose purpose it is needs a contract with the giving side. */
const needsOwn = ({ facts, obligations }: Pick<StoredDecision, 'facts' | 'obligations'>): boolean =>
  facts.jointControl === true || obligations.some(({ id }) => id === 'O-CONTRACT');
