import type { Chain, Step } from '../engine/decision';
import type { Provider } from '../facts/facts';
import type { StepText } from './law.schema';

/** The steps of several chains as one: each once, in the order of ranks, equal ranks side by side (governance §2.3). */
export function mergeChains(
  ids: readonly string[],
  wanted: ReadonlySet<string>,
  steps: readonly StepText[],
  provider: Provider,
): Chain {
  const replaced = new Set(
    steps.filter(({ id, replaces }) => wanted.has(id) && replaces).map(({ replaces }) => replaces),
  );
  const chosen = steps.filter(({ id }) => wanted.has(id) && !replaced.has(id));
  const ranks = [...new Set(chosen.map(({ rank }) => rank))].sort((a, b) => a - b);
  const stages = ranks.map((rank) =>
    chosen
      .filter((step) => step.rank === rank)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((step) => stepAt(step, provider)),
  );
  return { ids: [...new Set(ids)].sort(), stages };
}

/** The owner of a company's data is the company's, not the city's: the role follows the provider's legal form. */
function stepAt(
  { id, role, roleAt, kind, seat, workingDays, deputy, inPerson, needs, quorum }: StepText,
  provider: Provider,
): Step {
  return {
    id,
    role: roleAt?.[provider] ?? role,
    kind,
    seat,
    workingDays,
    deputy,
    ...(inPerson && { inPerson }),
    ...(needs && { needs }),
    ...(quorum && { quorum }),
  };
}
