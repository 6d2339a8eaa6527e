import { z } from 'zod';
import { UNIT_KINDS, type UnitKind } from '../facts/lists';

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
  'duty.register',
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
  'duty.register',
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
/** `roles.yaml`. A member that comes later is optional: a default would give another hash to versions that are stored. */
export const rolesSchema = z.strictObject({
  machineClients: z.strictObject({ permissions: z.array(z.enum(PERMISSIONS)) }),
  roles: z.array(roleSchema).min(1),
});
export type Roles = z.infer<typeof rolesSchema>;
export type Role = z.infer<typeof roleSchema>;
export interface Conflict {
  role: RoleCode;
  other: RoleCode;
  reach: 'ANYWHERE' | 'UNIT';
}

/** Roles of one law book: what they may do, whom they answer for, and what must not meet in one person. */
export class RoleCatalogue {
  private readonly byCode: ReadonlyMap<string, Role>;

  /** what a programme may do */
  readonly clientPermissions: readonly Permission[];

  constructor({ roles, machineClients }: Roles) {
    this.byCode = new Map(roles.map((role) => [role.code, role]));
    this.clientPermissions = machineClients.permissions;
  }

  get all(): Role[] {
    return [...this.byCode.values()];
  }

  has(code: string): code is RoleCode {
    return this.byCode.has(code);
  }

  role(code: RoleCode): Role {
    const role = this.byCode.get(code);
    if (!role) throw new Error(`the role \`${code}\` is not described by this law book`);
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
 * What is wrong with roles that have the right shape: a role missing or twice, a kind of units for whose products nobody
 * or more than one role answers, a role that decides without a deputy, an administrator or a programme that could decide.
 */
export function checkRoles({ roles, machineClients }: Roles, report: (id: string | null, text: string) => void): void {
  const codes = roles.map((role) => role.code);
  for (const code of NAMED_ROLES) if (!codes.includes(code)) report(code, `die Rolle \`${code}\` fehlt`);
  for (const code of codes.filter((one, at) => codes.indexOf(one) !== at)) report(code, 'steht doppelt da');
  for (const permission of machineClients.permissions.filter((one) => HUMANS_ONLY.includes(one)))
    report(null, `ein Fachverfahren darf die Berechtigung \`${permission}\` nicht haben`);
  for (const { code, incompatible, permissions, deputy } of roles) {
    for (const { role } of incompatible) {
      if (role === code) report(code, 'ist mit sich selbst unvereinbar');
      else if (!codes.includes(role)) report(code, `ist unvereinbar mit \`${role}\`, die Rolle gibt es nicht`);
    }
    if (permissions.includes('task.decide') && !deputy.needed) report(code, 'entscheidet und braucht eine Vertretung');
    if (permissions.includes('organisation.administer') && permissions.some((may) => APPROVING.includes(may)))
      report(code, 'verwaltet und darf nicht entscheiden');
  }
  checkAccountability(roles, report);
}

/** Exactly one role answers for the products of a unit, and it can release and decide on them. */
function checkAccountability(roles: readonly Role[], report: (id: string | null, text: string) => void): void {
  const answering = roles.filter(({ answersForProductsOf }) => answersForProductsOf.length > 0);
  for (const kind of UNIT_KINDS.filter((one) => one !== 'ABTEILUNG')) {
    const codes = answering.filter((role) => role.answersForProductsOf.includes(kind)).map(({ code }) => code);
    if (codes.length !== 1)
      report(
        null,
        `für die Produkte einer Stelle der Art \`${kind}\` ist ${codes.length === 0 ? 'keine Rolle' : `mehr als eine Rolle (${codes.join(', ')})`} verantwortlich`,
      );
  }
  for (const { code, permissions } of answering)
    for (const permission of ['product.release', 'task.decide'] as const)
      if (!permissions.includes(permission))
        report(code, `ist für Produkte verantwortlich und braucht die Berechtigung \`${permission}\``);
}
