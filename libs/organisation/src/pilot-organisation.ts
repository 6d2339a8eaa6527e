import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { name, newId, type Tx } from '#lib/kernel';
import { roleCode } from '#lib/policy';
import { AppointmentRow } from './roles/appointment.entity';
import { AuditMandate, AuditMandateUnit, MANDATE_BASES } from './mandates/audit-mandate.entity';
import { Contract, CONTRACT_KINDS } from './contracts/contract.entity';
import { Duty } from './duties/duty.entity';
import { dutyCode } from './duties/duty.use-cases';
import { organisationLoaded } from './organisation.events';
import { Account, MachineClient, Person } from './people/person.entity';
import { Unit, UNIT_KINDS } from './units/unit.entity';

const key = z.string().regex(/^[a-z][a-z0-9.-]+$/);
const date = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const fileSchema = z.strictObject({
  validFrom: date,
  units: z.array(
    z.strictObject({
      key,
      name: name(200),
      kind: z.enum(UNIT_KINDS),
      parent: key.optional(),
      competition: z.boolean().default(false),
      nis2: z.boolean().default(false),
    }),
  ),
  people: z.array(
    z.strictObject({
      key,
      sub: z.uuid(),
      givenName: name(100),
      familyName: name(100),
      appointments: z.array(
        z.strictObject({
          role: roleCode,
          unit: key,
          scope: z.enum(['CITY', 'UNIT']).default('UNIT'),
          /** person whose appointment in the same role and unit this one stands in for */
          deputyOf: key.optional(),
        }),
      ),
    }),
  ),
  machineClients: z.array(z.strictObject({ clientId: z.string(), unit: key, responsible: key })),
  auditMandates: z
    .array(
      z.strictObject({
        reference: z.string(),
        basis: z.enum(MANDATE_BASES),
        subject: z.string(),
        units: z.union([z.literal('ALL'), z.array(key).min(1)]),
        registeredBy: key,
        confirmedBy: key,
      }),
    )
    .default([]),
  duties: z
    .array(z.strictObject({ unit: key, code: dutyCode, name: z.string().min(5), norm: z.string().optional() }))
    .default([]),
  contracts: z.array(
    z.strictObject({
      a: key,
      b: key,
      kind: z.enum(CONTRACT_KINDS),
      reference: z.string(),
      validFrom: date,
      validTo: date,
      /** absent: it does not say what it is about */
      subject: z.enum(['PARTIES']).optional(),
    }),
  ),
});

/**
 * Loads an organisation from a file; run again it adds what is missing and changes nothing that is there, so that
 * a role ended by hand stays ended. Needs a system transaction and a law in force. Accounts get the issuer given. Throws on an
 * unreadable file, and on any appointment the separation of duties refuses; the transaction is then lost as a whole.
 */
export async function loadPilotOrganisation(tx: Tx, file: string, iss: string): Promise<void> {
  const text = readFileSync(file, 'utf8');
  const pilot = fileSchema.parse(parseYaml(text));
  const added = { units: 0, people: 0, appointments: 0, contracts: 0, mandates: 0, duties: 0 };

  const units = new Map((await tx.em.find(Unit)).map((unit) => [unit.key, unit.id]));
  const people = new Map(
    (await tx.em.find(Person)).flatMap((person) => (person.key ? [[person.key, person.id] as const] : [])),
  );
  const unit = (name: string) => known(units, name, 'unit');
  const person = (name: string) => known(people, name, 'person');

  for (const { parent, ...one } of pilot.units.filter(({ key }) => !units.has(key))) {
    const id = newId();
    await tx.em.insert(Unit, {
      ...one,
      id,
      parentId: parent ? unit(parent) : null,
      officeNumber: null,
      validFrom: pilot.validFrom,
      validTo: null,
    });
    units.set(one.key, id);
    added.units += 1;
  }
  for (const one of pilot.people) {
    if (!people.has(one.key)) {
      const id = newId();
      const { givenName, familyName } = one;
      await tx.em.insert(Person, {
        id,
        key: one.key,
        givenName,
        familyName,
        email: `${one.key}@datenraum.example`,
        disabledAt: null,
      });
      people.set(one.key, id);
      added.people += 1;
    }
    await tx.em
      .createQueryBuilder()
      .insert()
      .into(Account)
      .values({ iss, sub: one.sub, personId: person(one.key) })
      .orIgnore()
      .execute();
  }
  // principals first: a deputy's row names the row it stands in for
  const all = pilot.people.flatMap((one) =>
    one.appointments.map((appointment) => ({ ...appointment, personId: person(one.key) })),
  );
  for (const { role, unit: at, scope, deputyOf, personId } of all.sort(
    (a, b) => Number(!!a.deputyOf) - Number(!!b.deputyOf),
  )) {
    const unitId = unit(at);
    if (await tx.em.existsBy(AppointmentRow, { personId, role, unitId })) continue;
    const principal = deputyOf
      ? await tx.em.findOneByOrFail(AppointmentRow, { personId: person(deputyOf), role, unitId })
      : null;
    await tx.em.insert(AppointmentRow, {
      id: newId(),
      personId,
      role,
      unitId,
      scopeKind: scope,
      scopeId: null,
      deputyOf: principal?.id ?? null,
      validFrom: pilot.validFrom,
      validTo: null,
      state: 'IN_FORCE',
      origin: 'SETUP',
      proposedBy: null,
      confirmedBy: null,
    });
    added.appointments += 1;
  }
  for (const { clientId, unit: at, responsible } of pilot.machineClients) {
    const values = { iss, clientId, unitId: unit(at), responsiblePersonId: person(responsible), disabledAt: null };
    await tx.em.createQueryBuilder().insert().into(MachineClient).values(values).orIgnore().execute();
  }
  for (const { a, b, subject, ...one } of pilot.contracts) {
    const [partyA, partyB] = [unit(a), unit(b)].sort() as [string, string];
    if (await tx.em.existsBy(Contract, { partyA, partyB, kind: one.kind, reference: one.reference })) continue;
    const about = { subjectKind: subject ?? null };
    await tx.em.insert(Contract, { id: newId(), partyA, partyB, ...one, ...about, registeredBy: null, endedBy: null });
    added.contracts += 1;
  }
  for (const { unit: at, code, name, norm = null } of pilot.duties) {
    if (await tx.em.existsBy(Duty, { code })) continue;
    const by = { registeredBy: null, endedBy: null };
    const validity = { validFrom: pilot.validFrom, validTo: null };
    await tx.em.insert(Duty, { id: newId(), code, name, norm, unitId: unit(at), ...validity, ...by });
    added.duties += 1;
  }
  for (const { units: named, registeredBy, confirmedBy, ...one } of pilot.auditMandates) {
    const [now] = await tx.sql<{ from: Date; until: Date; held: boolean }>(
      `SELECT date_trunc('milliseconds', now()) AS from, date_trunc('milliseconds', now()) + interval '6 months' AS until,
              EXISTS (SELECT FROM organisation.audit_mandate WHERE reference = $1 AND (valid_until > now() OR ended_at IS NOT NULL)) AS held`,
      [one.reference],
    );
    const { from, until, held } = now!;
    if (held) continue;
    const id = newId();
    await tx.em.insert(AuditMandate, {
      id,
      ...one,
      wholeCity: named === 'ALL',
      validFrom: from,
      validUntil: until,
      registeredBy: person(registeredBy),
      registeredAt: from,
    });
    for (const name of named === 'ALL' ? [] : named)
      await tx.em.insert(AuditMandateUnit, { mandateId: id, unitId: unit(name) });
    await tx.em.update(AuditMandate, { id }, { confirmedBy: person(confirmedBy), confirmedAt: from });
    added.mandates += 1;
  }
  if (Object.values(added).some((count) => count > 0)) {
    await tx.emit(organisationLoaded({ ...added, sourceSha256: createHash('sha256').update(text).digest('hex') }));
  }
}

function known(ids: Map<string, string>, name: string, what: string): string {
  const id = ids.get(name);
  if (!id) throw new Error(`pilot organisation names the unknown ${what} \`${name}\``);
  return id;
}
