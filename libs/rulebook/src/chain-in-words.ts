import type { Ruleset, StepText } from '#lib/policy';
import { inWords, listed } from './clauses';
import type { ReadableStep } from './readable.view';

const NEEDS: Record<NonNullable<StepText['needs']>, string> = {
  CONTRACT: 'ein Vertrag muss beiliegen',
  EVIDENCE: 'die Nachweise müssen beiliegen',
  ADMISSION: 'die schriftliche Zulassung muss beiliegen',
};

/** `A3 „Personenbezogene Daten an öffentliche Stellen“` */
export const chainName = (ruleset: Ruleset, id: string): string => {
  const name = ruleset.chains.find((one) => one.id === id)?.name;
  return name ? `${id} „${name}“` : id;
};

export const chainText = (ruleset: Ruleset, id: string): string =>
  ruleset.chains.find((one) => one.id === id)?.name ?? id;

export const stepName = (ruleset: Ruleset, id: string): string =>
  ruleset.steps.find((step) => step.id === id)?.name ?? id;

/** The steps of one chain in order; those of one rank stand side by side. */
export function stagesOf(
  ruleset: Ruleset,
  written: Ruleset['chains'][number]['steps'],
  roleName: ReadonlyMap<string, string>,
): ReadableStep[][] {
  const stages = new Map<number, ReadableStep[]>();
  for (const entry of written) {
    const [id, when] = typeof entry === 'string' ? [entry, null] : [entry.step, inWords(ruleset, entry.when)];
    const step = ruleset.steps.find((one) => one.id === id);
    if (!step) continue;
    const { name, role, roleAt = {}, kind, workingDays, deputy, inPerson, needs, quorum } = step;
    const others = [...new Set(Object.values(roleAt))].map((code) => roleName.get(code) ?? code);
    const stage = stages.get(step.rank) ?? [];
    stage.push({
      name,
      workingDays,
      when,
      role: `${roleName.get(role) ?? role}${others.length > 0 ? ` (je nach Rechtsform der Stelle: ${listed(others, 'oder')})` : ''}`,
      kind: kind === 'CONSULT' ? 'Stellungnahme' : 'Entscheidung',
      more: [
        ...(quorum ? [`${quorum.votes} von ${quorum.of} Stimmen, ohne die eigene Stelle`] : []),
        ...(inPerson ? ['nur persönlich, nicht durch Beauftragte'] : []),
        ...(deputy ? ['Vertretung möglich'] : []),
        ...(needs ? [NEEDS[needs]] : []),
      ],
    });
    stages.set(step.rank, stage);
  }
  return [...stages].sort(([a], [b]) => a - b).map(([, steps]) => steps);
}
