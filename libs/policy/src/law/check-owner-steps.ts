import type { Provider, UnitKind } from '../facts/lists';
import type { Approvals } from './law.schema';
import type { Role } from './roles';

/** The kind of provider that rules see, by the kind of unit. */
export const PROVIDER_OF_KIND = {
  STADT: 'OFFICE',
  DEZERNAT: 'OFFICE',
  AMT: 'OFFICE',
  ABTEILUNG: 'OFFICE',
  STAB: 'OFFICE',
  STATISTIKSTELLE: 'STATISTIKSTELLE',
  EIGENBETRIEB: 'EIGENBETRIEB',
  GESELLSCHAFT: 'GESELLSCHAFT',
  ANDERE_KOMMUNE: 'OTHER_PUBLIC',
  LAND: 'OTHER_PUBLIC',
  FORSCHUNG: 'OTHER_PUBLIC',
  PRIVATE: 'OTHER_PUBLIC',
} as const satisfies Record<UnitKind, Provider>;

/** Who answers for a product must be who decides the owner's step. Else the step waits for a role that nobody need hold there. */
export function checkOwnerSteps(
  { steps }: Approvals,
  roles: readonly Pick<Role, 'code' | 'answersForProductsOf'>[],
  report: (file: string, id: string, text: string) => void,
): void {
  const answering = roles.filter(({ answersForProductsOf }) => answersForProductsOf.length > 0);
  const owners = new Set<string>(answering.map(({ code }) => code));
  for (const { id, role, roleAt = {}, seat } of steps) {
    if (seat !== 'PROVIDER' || !owners.has(role)) continue;
    for (const { code, answersForProductsOf } of answering) {
      for (const kind of answersForProductsOf) {
        const provider = PROVIDER_OF_KIND[kind];
        const decides = roleAt[provider] ?? role;
        if (decides !== code)
          report(
            'approvals.yaml',
            id,
            `für Produkte von \`${kind}\` antwortet laut roles.yaml \`${code}\`, hier entscheidet \`${decides}\`: bitte gleichen Sie \`roleAt\` bei \`${provider}\` an`,
          );
      }
    }
  }
}
