// One file: the way of a draft from first text to adoption, one method per step.
import { type DomainEvent, move, type Movement, newId, parse, type Tx } from '#lib/kernel';
import { type Actor, OrganisationReads, permits, type RoleCode } from '#lib/organisation';
import type { Ruleset } from '#lib/policy';
import { Injectable } from '@nestjs/common';
import * as events from './rulebook.events';
import { rulebookProblems as problems } from './rulebook.problems';
import { lockVersions, nextVersion, Rulebook } from './rulebook.service';
import { rulesetStates, type RulesetStep, type StoredRulesetState } from './rulebook.states';
import { installRoles, LawInForce, RulesetVersion, type SourceText } from '#lib/law';
import { RulesetComment, RulesetVote } from './voices.entity';
import type { Moved } from './ruleset.view';
import { type DraftFiles, rulebookUseCases } from './ruleset.use-cases';

/** A law never begins within a running transaction: each sees one law from its first moment to its last. */
export const LEAD_SECONDS = 60;
const VOTE_DAYS = 28;

/** Drafts of the law book: written, commented on, voted on, adopted. One method is one step; each leaves its event. */
@Injectable()
export class RulesetDrafts {
  constructor(
    private readonly rulebook: Rulebook,
    private readonly organisation: OrganisationReads,
    private readonly laws: LawInForce,
  ) {}

  /** Starts from the version in force. Broken or empty is `ruleset_broken` with every fault, and nothing is kept. */
  async draft(tx: Tx, actor: Actor, input: unknown): Promise<Moved> {
    const { title, reason, files } = parse(rulebookUseCases.draft.input, input);
    await lockVersions(tx);
    const base = await this.rulebook.inForce(tx);
    const sources = await this.overlaid(tx, base.id, files);
    const { hash } = this.rulebook.read(sources);
    await this.refuseKnown(tx, hash, base.hash, null);
    const id = newId();
    const version = await nextVersion(tx);
    await tx.em.insert(RulesetVersion, {
      id,
      version,
      hash,
      sources,
      title,
      reason,
      state: 'DRAFT',
      origin: 'PERSON',
      revision: 1,
      basedOn: base.version,
      proposedBy: personOf(actor),
      importedAt: tx.now,
      changedAt: tx.now,
      announced: false,
    });
    await tx.emit(events.rulebookDrafted({ versionId: id, version, hash, basedOn: base.version, revision: 1 }));
    return { id, version, hash, state: 'DRAFT', revision: 1 };
  }

  /** Changes a draft. Only who proposed it; a draft made of files becomes the proposal of whoever changes it first. */
  async change(tx: Tx, actor: Actor, id: string, input: unknown): Promise<Moved> {
    const { title, reason, files, revision } = parse(rulebookUseCases.change.input, input);
    await lockVersions(tx);
    const row = await this.locked(tx, id);
    if (row.state !== 'DRAFT') throw problems.ruleset_step_impossible();
    if (row.revision !== revision) throw problems.ruleset_moved_on();
    this.answersFor(row, actor);
    const sources = overlay(row.sources, files);
    const { hash } = this.rulebook.read(sources);
    if (hash !== row.hash) await this.refuseKnown(tx, hash, (await this.rulebook.inForce(tx)).hash, id);
    await tx.em.update(
      RulesetVersion,
      { id },
      {
        title,
        reason,
        sources,
        hash,
        revision: revision + 1,
        changedAt: tx.now,
        proposedBy: row.proposedBy ?? personOf(actor),
      },
    );
    await tx.emit(
      events.rulebookDrafted({
        versionId: id,
        version: row.version,
        hash,
        basedOn: row.basedOn,
        revision: revision + 1,
      }),
    );
    return { id, version: row.version, hash, state: 'DRAFT', revision: revision + 1 };
  }

  /** What a text would mean: faults, and cases that do not hold. Keeps nothing. */
  async tryOut(tx: Tx, input: unknown): Promise<{ hash: string; rules: number; cases: number; faults: string[] }> {
    const { versionId, files } = parse(rulebookUseCases.check.input, input);
    const { id } = versionId ? { id: versionId } : await this.rulebook.inForce(tx);
    const sources = await this.overlaid(tx, id, files);
    const { hash } = this.rulebook.read(sources);
    const { rules, cases, faults } = this.rulebook.check(sources);
    return { hash, rules, cases, faults };
  }

  /** Entwurf → Beratung: from here the text is fixed. Every case has to hold and every rule to have one. */
  async consult(tx: Tx, actor: Actor, id: string): Promise<Moved> {
    const row = await this.locked(tx, id);
    this.answersFor(row, actor);
    const state = step(row, 'consult');
    await this.sound(tx, row);
    await moveVersion(tx, row, state, () => events.rulebookConsulted(facts(row)), {
      proposedBy: row.proposedBy ?? personOf(actor),
    });
    return result(row);
  }

  /** Beratung → Entwurf: comments ask for changes; they stay with the draft. */
  revise(tx: Tx, actor: Actor, id: string): Promise<Moved> {
    return this.byProposer(tx, actor, id, 'revise', events.rulebookReturned);
  }

  withdraw(tx: Tx, actor: Actor, id: string): Promise<Moved> {
    return this.byProposer(tx, actor, id, 'withdraw', events.rulebookWithdrawn);
  }

  /** Says something about a draft in consultation or before the vote, in the role that lets the person speak. */
  async comment(tx: Tx, actor: Actor, id: string, input: unknown): Promise<{ id: string }> {
    const { text: said, ruleId } = parse(rulebookUseCases.comment.input, input);
    const row = await this.locked(tx, id);
    if (row.state !== 'CONSULTATION' && row.state !== 'VOTE') throw problems.ruleset_step_impossible();
    const { role, unitId } = await this.speaksAs(tx, actor);
    const commentId = newId();
    await tx.em.insert(RulesetComment, {
      id: commentId,
      versionId: id,
      hash: row.hash,
      personId: personOf(actor),
      role,
      unitId,
      ruleId,
      text: said,
      createdAt: tx.now,
    });
    await tx.emit(events.rulebookCommented({ ...facts(row), commentId, role, unitId }));
    return { id: commentId };
  }

  /** Beratung → Beschluss. `until` is when deputies may vote for members who did not; 28 days if not said. */
  async callVote(tx: Tx, actor: Actor, id: string, input: unknown): Promise<Moved> {
    const { until } = parse(rulebookUseCases.callVote.input, input);
    const row = await this.locked(tx, id);
    this.answersFor(row, actor);
    const state = step(row, 'callVote');
    await this.sound(tx, row);
    const voteUntil = until ? new Date(until) : new Date(tx.now.getTime() + VOTE_DAYS * 86_400_000);
    if (voteUntil <= tx.now)
      throw problems.ruleset_date_impossible({ detail: 'Die Frist liegt in der Vergangenheit.' });
    const called = events.rulebookVoteCalled({ ...facts(row), until: voteUntil.toISOString() });
    await moveVersion(tx, row, state, () => called, { voteUntil });
    return result(row);
  }

  /**
   * One vote per office of the steering group. The deputy only when entitled; who proposed does not vote, nor does the
   * deputy of who proposed. When no majority is possible any more the proposal is refused with the last vote.
   */
  async vote(tx: Tx, actor: Actor, id: string, input: unknown): Promise<Moved> {
    const { vote } = parse(rulebookUseCases.vote.input, input);
    const row = await this.locked(tx, id);
    if (row.state !== 'VOTE') throw problems.ruleset_step_impossible();
    const member = await this.memberOf(tx, actor, row);
    if (await officeHasVoted(tx, 'vote', id, member.unitId)) throw problems.ruleset_vote_cast();
    await tx.em.insert(RulesetVote, {
      versionId: id,
      unitId: member.unitId,
      personId: member.personId,
      principalPersonId: member.principalPersonId,
      appointmentId: member.appointmentId,
      vote,
      castAt: tx.now,
    });
    await tx.emit(events.rulebookVoted({ ...facts(row), unitId: member.unitId, vote, as: member.as }));
    const { votes, of } = await this.quorum(tx);
    const { yes, no, abstain } = await this.tally(tx, id);
    if (of - no - abstain >= votes) return result(row);
    const state = step(row, 'refuse');
    await moveVersion(tx, row, state, () => events.rulebookRefused({ ...facts(row), yes, no, abstain }));
    return result(row);
  }

  /**
   * Beschluss → in Kraft ab Datum. By a member of the steering group who did not propose it, under the number of the
   * decision, once enough offices said yes. The version before it ends at the same moment; nothing is in between.
   */
  async adopt(tx: Tx, actor: Actor, id: string, input: unknown): Promise<Moved & { inForceFrom: string }> {
    const { decisionNumber, inForceFrom } = parse(rulebookUseCases.adopt.input, input);
    await lockVersions(tx);
    const row = await this.locked(tx, id);
    const state = step(row, 'adopt');
    const member = await this.memberOf(tx, actor, row);
    const { votes } = await this.quorum(tx);
    const { yes } = await this.tally(tx, id);
    if (yes < votes) throw problems.ruleset_no_majority({ detail: `${yes} von ${votes} nötigen Ja-Stimmen` });
    const ruleset = await this.sound(tx, row); // what the program can keep, and who holds what, may have changed since the draft
    const earliest = tx.now.getTime() + LEAD_SECONDS * 1000;
    const from = inForceFrom ? new Date(inForceFrom) : new Date(earliest);
    if (from.getTime() < earliest)
      throw problems.ruleset_date_impossible({ detail: 'Der Zeitpunkt liegt zu nah oder in der Vergangenheit.' });
    await installRoles(tx, row.id, ruleset.roles);
    const until = await this.makeRoom(tx, from);
    const adopted = events.rulebookAdopted({
      ...facts(row),
      replaced: until.replaced,
      inForceFrom: from.toISOString(),
      decisionNumber,
    });
    await moveVersion(tx, row, state, () => adopted, {
      decisionNumber,
      activatedBy: member.personId,
      activatedAt: tx.now,
      inForceFrom: from,
      inForceUntil: until.until,
    });
    return { ...result(row), inForceFrom: from.toISOString() };
  }

  /** Ends the version that would be in force then; the new one lasts as long as that one would have. */
  private async makeRoom(tx: Tx, from: Date): Promise<{ until: Date | null; replaced: number | null }> {
    const [before] = await tx.sql<{ id: string; version: number; from: Date; until: Date | null }>(
      `SELECT id, version, in_force_from AS from, in_force_until AS until FROM law.version
        WHERE state = 'ADOPTED' AND tstzrange(in_force_from, in_force_until) @> $1::timestamptz FOR UPDATE`,
      [from],
    );
    if (!before) return { until: null, replaced: null };
    if (before.from.getTime() === from.getTime())
      throw problems.ruleset_date_impossible({
        detail: `Zu diesem Zeitpunkt beginnt schon Fassung ${before.version}.`,
      });
    await tx.sql('UPDATE law.version SET in_force_until = $2 WHERE id = $1', [before.id, from]);
    return { until: before.until, replaced: before.version };
  }

  private async byProposer(
    tx: Tx,
    actor: Actor,
    id: string,
    by: 'revise' | 'withdraw',
    event: typeof events.rulebookReturned,
  ): Promise<Moved> {
    const row = await this.locked(tx, id);
    this.answersFor(row, actor);
    const state = step(row, by);
    await moveVersion(tx, row, state, () => event(facts(row)));
    return result(row);
  }

  /** @internal */
  async locked(tx: Tx, id: string): Promise<RulesetVersion> {
    const row = await tx.em.findOne(RulesetVersion, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw problems.ruleset_version_not_found();
    return row;
  }

  /** Drafts are the work of one person; one made of files is taken up by anybody who may draft. */
  private answersFor({ proposedBy }: RulesetVersion, actor: Actor): void {
    if (!permits(actor, 'rulebook.draft') || (proposedBy !== null && proposedBy !== actor.personId)) {
      throw problems.ruleset_step_impossible({
        detail: 'Nur wer den Entwurf vorgeschlagen hat, kann ihn ändern, beraten lassen oder zurückziehen.',
      });
    }
  }

  /** Problem `ruleset_broken` or `ruleset_cases_fail`; also for a role that somebody holds or held and that it does not describe. */
  private async sound(tx: Tx, row: RulesetVersion): Promise<Ruleset> {
    const ruleset = this.rulebook.read(row.sources);
    const lost = (await this.organisation.rolesEverGiven(tx)).filter((role) => !ruleset.roles.has(role));
    if (lost.length > 0)
      throw problems.ruleset_broken({
        detail: `${lost.length} Fehler`,
        because: lost.map((role) => `roles.yaml ${role}: die Rolle wurde schon vergeben und muss beschrieben bleiben`),
      });
    this.rulebook.prove(row.sources);
    return ruleset;
  }

  /** @internal The member or deputy who speaks for an office of the steering group now. */
  async memberOf(tx: Tx, actor: Actor, row: RulesetVersion) {
    const overdue = row.voteUntil !== null && row.voteUntil <= tx.now;
    for (const { role, unitId } of actor.appointments) {
      if (role !== 'SK_MITGLIED') continue;
      const member = await this.organisation.entitledAs(tx, actor, 'SK_MITGLIED', unitId, { overdue });
      // the office named a member and a deputy: a delegate is neither
      if (!member || member.unitId !== unitId || member.as === 'DELEGATE') continue;
      if (row.proposedBy !== null && member.limits.includes(row.proposedBy)) throw problems.ruleset_own_proposal();
      return { ...member, as: member.as };
    }
    throw problems.ruleset_vote_not_entitled();
  }

  /** What the law in force asks of the steering group: two of three offices. Never fewer than two (database). */
  async quorum(tx: Tx): Promise<{ votes: number; of: number }> {
    const { ruleset } = await this.rulebook.inForce(tx);
    return ruleset.steps.find(({ quorum }) => quorum)?.quorum ?? { votes: 2, of: 3 };
  }

  /** The role somebody comments in; of several the one for the whole city, then in the order of `roles.yaml`. */
  private async speaksAs(tx: Tx, actor: Actor): Promise<{ role: RoleCode; unitId: string }> {
    const { all } = await this.laws.roles(tx);
    const speaking = all.filter(({ permissions }) => permissions.includes('rulebook.comment'));
    const [found] = [...speaking]
      .sort((a, b) => Number(b.sees === 'CITY') - Number(a.sees === 'CITY'))
      .flatMap(({ code }) => actor.appointments.filter(({ role }) => role === code));
    if (!found) throw problems.ruleset_vote_not_entitled();
    return { role: found.role, unitId: found.unitId };
  }

  private async tally(tx: Tx, id: string): Promise<{ yes: number; no: number; abstain: number }> {
    const votes = await tx.sql<{ vote: string }>('SELECT vote FROM rulebook.votes_per_office($1)', [id]);
    const count = (which: string): number => votes.filter(({ vote }) => vote === which).length;
    return { yes: count('YES'), no: count('NO'), abstain: count('ABSTAIN') };
  }

  private async overlaid(tx: Tx, id: string, files: DraftFiles): Promise<SourceText[]> {
    const base = await tx.em.findOneBy(RulesetVersion, { id });
    if (!base) throw problems.ruleset_version_not_found();
    return overlay(base.sources, files);
  }

  private async refuseKnown(tx: Tx, hash: string, inForce: string, own: string | null): Promise<void> {
    if (hash === inForce) throw problems.ruleset_unchanged();
    const [open] = await tx.sql<{ version: number }>(
      `SELECT version FROM law.version WHERE hash = $1 AND state IN ('DRAFT', 'CONSULTATION', 'VOTE') AND id IS DISTINCT FROM $2`,
      [hash, own],
    );
    if (open) throw problems.ruleset_unchanged({ detail: `Dasselbe sagt schon Entwurf ${open.version}.` });
  }
}

function overlay(base: readonly SourceText[], files: DraftFiles): SourceText[] {
  const all = new Map(base.map(({ file, text: content }) => [file, content]));
  for (const { file, text: content } of files) {
    if (content === null) all.delete(file);
    else all.set(file, content.replaceAll('\r\n', '\n'));
  }
  return [...all].map(([file, content]) => ({ file, text: content })).sort((a, b) => (a.file < b.file ? -1 : 1));
}

function step(row: RulesetVersion, by: RulesetStep): StoredRulesetState {
  const state = rulesetStates.after(row.state, by);
  if (!state) throw problems.ruleset_step_impossible();
  return state;
}

/** The one way a version's state changes, see `move`. Throws `ruleset_step_impossible`, `ruleset_moved_on`. */
export const moveVersion = (
  tx: Tx,
  row: RulesetVersion,
  to: StoredRulesetState,
  event: () => DomainEvent | Promise<DomainEvent>,
  changes: Partial<RulesetVersion> = {},
): Promise<void> => move(tx, movement, row, to, event, changes);

const movement: Movement<RulesetVersion> = {
  entity: RulesetVersion,
  states: rulesetStates,
  refused: () => problems.ruleset_step_impossible(),
  changed: problems.ruleset_moved_on,
  changedAt: 'changedAt',
};

const facts = ({ id, version, hash }: RulesetVersion) => ({ versionId: id, version, hash });
const result = ({ id, version, hash, state, revision }: RulesetVersion): Moved => ({
  id,
  version,
  hash,
  state,
  revision,
});

function personOf(actor: Actor): string {
  // a programme neither proposes nor votes; its permissions say so already
  if (actor.personId === null) throw problems.ruleset_vote_not_entitled();
  return actor.personId;
}

/** Whether the office was heard on a version, under whatever name it had then. */
export async function officeHasVoted(
  tx: Tx,
  where: 'vote' | 'recall',
  versionId: string,
  unitId: string,
): Promise<boolean> {
  const rows = await tx.sql(
    `SELECT FROM rulebook.${where} WHERE version_id = $1 AND organisation.office_of(unit_id) = organisation.office_of($2)`,
    [versionId, unitId],
  );
  return rows.length > 0;
}
