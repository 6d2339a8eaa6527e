import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { UNIT_KINDS, type UnitKind } from '../units/unit.entity';

/**
 * Roles that the program itself asks for by name, here or in stored functions, and the owner of an office's data, whom
 * every city has; `roles.yaml` must describe them. Every other role is an entry there alone, known by what it says of itself.
 */
export const NAMED_ROLES = [
  'OWNER',
  'LEITUNG_VERWALTUNG',
  'SK_MITGLIED',
  'GS_DG',
  'STEWARD',
  'TECH_STEWARD',
  'PLATTFORM',
  'ADMIN',
  'REQUESTER',
  'REQ_HEAD',
  'DSB',
  'ISB',
  'STAT',
  'LEGAL',
  'REVISION',
] as const;
declare const described: unique symbol;
/** Code of a role that `roles.yaml` describes; whoever writes one down writes a named one. */
export type RoleCode = (typeof NAMED_ROLES)[number] | (string & { readonly [described]: true });
/** What a code looks like; whether the role exists is known to the catalogue. */
export const roleCode = z
  .string()
  .regex(/^[A-Z][A-Z_]{1,39}$/)
  .meta({ description: 'Kennung einer Rolle, siehe /v1/roles' }) as unknown as z.ZodType<RoleCode, string>;

export const PERMISSIONS = [
  'catalogue.read',
  'product.edit',
  'product.release',
  'request.submit',
  'request.read',
  'task.decide',
  'agreement.read',
  'agreement.confirm',
  'agreement.revoke',
  'data.receive',
  'contract.register',
  'organisation.read',
  'organisation.administer',
  'audit.read',
  'mandate.register',
  'mandate.confirm',
  'reveal.read',
  'rulebook.read',
  'rulebook.draft',
  'rulebook.comment',
  'rulebook.vote',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What no programme may ever do: decide, release, bind its unit or grant roles. */
const HUMANS_ONLY: readonly Permission[] = [
  'task.decide',
  'product.release',
  'agreement.confirm',
  'agreement.revoke',
  'contract.register',
  'organisation.administer',
  'mandate.register',
  'mandate.confirm',
  'rulebook.draft',
  'rulebook.comment',
  'rulebook.vote',
];

/** Who takes a step of a role when nobody of it may: the line above, the head of the administration, or nobody. */
export const NOBODY = ['SUPERIOR', 'HEAD', 'NOTICE'] as const;

/** What whoever grants roles must not hold besides (SOD-4). */
const APPROVING: readonly Permission[] = [
  'task.decide',
  'product.release',
  'agreement.confirm',
  'rulebook.draft',
  'rulebook.vote',
  'data.receive',
];

const sentence = z.string().trim().min(1).max(300);
export const roleSchema = z.strictObject({
  code: roleCode,
  name: z.string().min(1),
  /** what the role is for, one German sentence */
  task: sentence,
  /** what its holder must do, German sentences */
  duties: z.array(sentence).min(1),
  /** strategic, tactical, operational */
  level: z.enum(['S', 'T', 'O']),
  /** CENTRAL or DECENTRAL */
  place: z.enum(['C', 'D', 'C-D']),
  /** whose rows the holder sees: the own unit's, or all */
  sees: z.enum(['UNIT', 'CITY']),
  permissions: z.array(z.enum(PERMISSIONS)),
  /** kinds of units for whose products it answers; a department's are its office's */
  answersForProductsOf: z.array(z.enum(UNIT_KINDS).exclude(['ABTEILUNG'])).default([]),
  /** kinds of units that must have it filled to take part */
  mustBeFilledIn: z.array(z.enum(UNIT_KINDS)).default([]),
  /** whether its holder may pass the decision on in writing (SOD-9); others act themselves or through their deputy */
  delegable: z.boolean().default(false),
  incompatible: z.array(z.strictObject({ role: roleCode, reach: z.enum(['ANYWHERE', 'UNIT']) })),
  /** who appoints, in words */
  appointedBy: sentence,
  deputy: z.strictObject({
    /** a seat without a deputy is a gap */
    needed: z.boolean(),
    rule: sentence,
    nobody: z.enum(NOBODY),
  }),
  /** what must not meet in a single case; enforced where the case is decided */
  apart: z.array(sentence),
  source: z.string().min(1),
});
const fileSchema = z.strictObject({
  machineClients: z.strictObject({ permissions: z.array(z.enum(PERMISSIONS)) }),
  roles: z.array(roleSchema),
});

export type Role = z.infer<typeof roleSchema>;
export interface Conflict {
  role: RoleCode;
  other: RoleCode;
  reach: 'ANYWHERE' | 'UNIT';
}

/** The file of roles cannot be used; `faults` names all of them. */
export class RolesFault extends Error {
  constructor(readonly faults: string[]) {
    super(`das Verzeichnis der Rollen hat ${faults.length} Fehler:\n- ${faults.join('\n- ')}`);
  }
}

/** Roles, what they may do, whom they answer for, and what must not meet in one person. The one reader of `roles.yaml`. */
export class RoleCatalogue {
  private readonly byCode: ReadonlyMap<string, Role>;

  constructor(
    roles: readonly Role[],
    readonly clientPermissions: readonly Permission[],
  ) {
    this.byCode = new Map(roles.map((role) => [role.code, role]));
  }

  get all(): Role[] {
    return [...this.byCode.values()];
  }

  has(code: string): code is RoleCode {
    return this.byCode.has(code);
  }

  role(code: RoleCode): Role {
    const role = this.byCode.get(code);
    if (!role) throw new RolesFault([`die Rolle \`${code}\` ist nicht beschrieben`]);
    return role;
  }

  /** Whether the role answers for the products of any kind of unit. */
  isAccountable(code: RoleCode): boolean {
    return this.role(code).answersForProductsOf.length > 0;
  }

  /** Roles every unit of a kind must have filled to take part, first who answers for its products. */
  seatsOf(kind: UnitKind): RoleCode[] {
    return this.all
      .filter(({ mustBeFilledIn }) => mustBeFilledIn.includes(kind))
      .map(({ code }) => code)
      .sort((a, b) => Number(this.isAccountable(b)) - Number(this.isAccountable(a)));
  }

  /** Both directions, so that a conflict need be written at one of the two roles only. */
  get conflicts(): Conflict[] {
    const all = this.all.flatMap(({ code, incompatible }) =>
      incompatible.flatMap(({ role: other, reach }): Conflict[] => [
        { role: code, other, reach },
        { role: other, other: code, reach },
      ]),
    );
    const strictest = new Map<string, Conflict>();
    for (const conflict of all) {
      const key = `${conflict.role} ${conflict.other}`;
      if (strictest.get(key)?.reach !== 'ANYWHERE') strictest.set(key, conflict);
    }
    return [...strictest.values()];
  }
}

/**
 * Reads `roles.yaml`. Throws RolesFault with every fault: unknown permission or role, a role missing or twice, a kind of
 * units for whose products nobody or more than one role answers, a role that decides without a deputy, an administrator
 * or a machine client that could decide.
 */
export function readRoles(yaml: string): RoleCatalogue {
  const read = fileSchema.safeParse(parseYaml(yaml));
  if (!read.success) {
    throw new RolesFault(read.error.issues.map((issue) => `/${issue.path.map(String).join('/')}: ${issue.message}`));
  }
  const { roles, machineClients } = read.data;
  const codes = roles.map((role) => role.code);
  const faults = [
    ...NAMED_ROLES.filter((code) => !codes.includes(code)).map((code) => `die Rolle \`${code}\` fehlt`),
    ...codes.filter((code, at) => codes.indexOf(code) !== at).map((code) => `die Rolle \`${code}\` steht doppelt da`),
    ...roles.flatMap(({ code, incompatible }) =>
      incompatible
        .filter(({ role }) => !codes.includes(role))
        .map(({ role }) => `die Rolle \`${code}\` ist unvereinbar mit \`${role}\`, die es nicht gibt`),
    ),
    ...accountabilityFaults(roles),
    ...machineClients.permissions
      .filter((permission) => HUMANS_ONLY.includes(permission))
      .map((permission) => `ein Fachverfahren darf die Berechtigung \`${permission}\` nicht haben`),
    ...roles
      .filter(({ permissions, deputy }) => permissions.includes('task.decide') && !deputy.needed)
      .map(({ code }) => `die Rolle \`${code}\` entscheidet und braucht eine Vertretung`),
    ...roles
      .filter(
        ({ permissions }) =>
          permissions.includes('organisation.administer') && permissions.some((may) => APPROVING.includes(may)),
      )
      .map(({ code }) => `die Rolle \`${code}\` verwaltet und darf nicht entscheiden`),
    ...roles
      .filter((role) => role.incompatible.some((other) => other.role === role.code))
      .map((role) => `die Rolle \`${role.code}\` ist mit sich selbst unvereinbar`),
  ];
  if (faults.length > 0) throw new RolesFault(faults);
  return new RoleCatalogue(roles, machineClients.permissions);
}

/** Exactly one role answers for the products of a unit, and it can release and decide on them. */
function accountabilityFaults(roles: readonly Role[]): string[] {
  const answering = roles.filter(({ answersForProductsOf }) => answersForProductsOf.length > 0);
  return [
    ...UNIT_KINDS.filter((kind) => kind !== 'ABTEILUNG').flatMap((kind) => {
      const codes = answering.filter((role) => role.answersForProductsOf.includes(kind)).map(({ code }) => code);
      if (codes.length === 1) return [];
      return `für die Produkte einer Stelle der Art \`${kind}\` ist ${codes.length === 0 ? 'keine Rolle' : `mehr als eine Rolle (${codes.join(', ')})`} verantwortlich`;
    }),
    ...answering.flatMap(({ code, permissions }) =>
      (['product.release', 'task.decide'] as const)
        .filter((permission) => !permissions.includes(permission))
        .map(
          (permission) =>
            `die Rolle \`${code}\` ist für Produkte verantwortlich und braucht die Berechtigung \`${permission}\``,
        ),
    ),
  ];
}

export function readRolesFile(file: string): RoleCatalogue {
  return readRoles(readFileSync(file, 'utf8'));
}
