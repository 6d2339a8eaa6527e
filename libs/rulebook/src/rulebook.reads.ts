import { Problem, type Tx } from '#lib/kernel';
import { type Actor, permits } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import { changesBetween } from './changes';
import type { Change } from './changes.view';
import { RulesetDrafts } from './drafts.service';
import { readable } from './readable';
import type { ReadableLaw } from './readable.view';
import { rulebookProblems } from './rulebook.problems';
import { Rulebook } from './rulebook.service';
import { parseTexts } from './ruleset-files';
import { rulesetStates, stateAt, type StoredRulesetState, type Vote } from './rulebook.states';
import { RulesetVersion, type SourceText } from '#lib/law';
import type { VersionLine, VersionView } from './ruleset.view';

type Row = Omit<VersionLine, 'state' | 'stateName' | 'inForceFrom' | 'inForceUntil' | 'changedAt'> & {
  state: StoredRulesetState;
  inForceFrom: Date | null;
  inForceUntil: Date | null;
  changedAt: Date;
};
const LINE = `id, version, hash, title, state, origin, based_on AS "basedOn", decision_number AS "decisionNumber",
  in_force_from AS "inForceFrom", in_force_until AS "inForceUntil", changed_at AS "changedAt"`;
const NAME = (person: string) =>
  `(SELECT given_name || ' ' || family_name FROM organisation.person WHERE id = ${person})`;

/** What screens and the API show of the law book's versions. The law book is open to everybody who may read it. */
@Injectable()
export class RulebookReads {
  /** by hash: a text says the same for ever */
  private readonly read = new Map<string, ReadableLaw>();

  constructor(
    private readonly drafts: RulesetDrafts,
    private readonly rulebook: Rulebook,
  ) {}

  async versions(tx: Tx): Promise<VersionLine[]> {
    const rows = await tx.sql<Row>(`SELECT ${LINE} FROM law.version ORDER BY version DESC`);
    return rows.map((row) => line(row, tx.now));
  }

  /** On how many versions the actor's office has a vote and has not given it. */
  async votesWaiting(tx: Tx, actor: Actor): Promise<number> {
    const open = await tx.sql<{ id: string }>(`SELECT id FROM law.version WHERE state = 'VOTE'`);
    let waiting = 0;
    for (const { id } of open) if ((await this.version(tx, actor, id)).may.vote) waiting += 1;
    return waiting;
  }

  async version(tx: Tx, actor: Actor, id: string): Promise<VersionView> {
    const row = await this.row(tx, id);
    const [names] = await tx.sql<{ proposed: string | null; activated: string | null }>(
      `SELECT ${NAME('v.proposed_by')} AS proposed, ${NAME('v.activated_by')} AS activated FROM law.version v WHERE id = $1`,
      [id],
    );
    const comments = await tx.sql<{
      id: string;
      by: string;
      role: string;
      unitName: string;
      ruleId: string | null;
      text: string;
      hash: string;
      at: Date;
    }>(
      `SELECT c.id, ${NAME('c.person_id')} AS by, c.role, u.name AS "unitName", c.rule_id AS "ruleId", c.text, c.hash, c.created_at AS at
         FROM rulebook.comment c JOIN organisation.unit u ON u.id = c.unit_id WHERE c.version_id = $1 ORDER BY c.created_at, c.id`,
      [id],
    );
    const votes = await tx.sql<{ unitName: string; by: string; deputy: boolean; vote: Vote; at: Date; unitId: string }>(
      `SELECT u.name AS "unitName", ${NAME('w.person_id')} AS by, w.principal_person_id IS NOT NULL AS deputy, w.vote, w.cast_at AS at, w.unit_id AS "unitId"
         FROM rulebook.vote w JOIN organisation.unit u ON u.id = w.unit_id WHERE w.version_id = $1 ORDER BY w.cast_at`,
      [id],
    );
    const recalls = await tx.sql<{
      unitName: string;
      by: string;
      reason: string;
      decisionNumber: string;
      at: Date;
      unitId: string;
    }>(
      `SELECT u.name AS "unitName", ${NAME('w.person_id')} AS by, w.reason, w.decision_number AS "decisionNumber", w.cast_at AS at, w.unit_id AS "unitId"
         FROM rulebook.recall w JOIN organisation.unit u ON u.id = w.unit_id WHERE w.version_id = $1 ORDER BY w.cast_at`,
      [id],
    );
    const shown = line(row, tx.now);
    const mine = permits(actor, 'rulebook.draft') && (row.proposedBy === null || row.proposedBy === actor.personId);
    const offices = actor.appointments.filter(({ role }) => role === 'SK_MITGLIED').map(({ unitId }) => unitId);
    const member = offices.length > 0 && row.proposedBy !== actor.personId;
    const quorum = await this.drafts.quorum(tx);
    const base = row.basedOn === null ? null : await tx.em.findOneBy(RulesetVersion, { version: row.basedOn });
    return {
      ...shown,
      reason: row.reason,
      revision: row.revision,
      proposedByName: names?.proposed ?? null,
      activatedByName: names?.activated ?? null,
      voteUntil: row.voteUntil?.toISOString() ?? null,
      comments: comments.map(({ hash, at, ...one }) => ({
        ...one,
        aboutThisText: hash === row.hash,
        at: at.toISOString(),
      })),
      votes: votes.map(({ unitName, by, deputy, vote, at }) => ({
        unitName,
        by,
        as: deputy ? 'DEPUTY' : 'PRINCIPAL',
        vote,
        at: at.toISOString(),
      })),
      quorum,
      recalls: recalls.map(({ unitId: _unit, at, ...one }) => ({ ...one, at: at.toISOString() })),
      changedFiles: base ? differing(base.sources, row.sources) : [],
      may: {
        change: mine && row.state === 'DRAFT',
        consult: mine && row.state === 'DRAFT',
        revise: mine && row.state === 'CONSULTATION',
        callVote: mine && row.state === 'CONSULTATION',
        withdraw: mine && ['DRAFT', 'CONSULTATION', 'VOTE'].includes(row.state),
        comment: permits(actor, 'rulebook.comment') && ['CONSULTATION', 'VOTE'].includes(row.state),
        vote: member && row.state === 'VOTE' && !votes.some(({ unitId }) => offices.includes(unitId)),
        adopt: member && row.state === 'VOTE' && votes.filter(({ vote }) => vote === 'YES').length >= quorum.votes,
        recall: member && shown.state === 'ADOPTED' && !recalls.some(({ unitId }) => offices.includes(unitId)),
      },
    };
  }

  /** The files of a version as they were written. */
  async sources(tx: Tx, id: string): Promise<SourceText[]> {
    return (await this.row(tx, id)).sources;
  }

  /** A version in German sentences; without an id the one in force. Costs some milliseconds once per text. */
  async law(tx: Tx, id: string | null): Promise<ReadableLaw & { version: VersionLine }> {
    const row = await this.row(tx, id ?? (await this.rulebook.inForce(tx)).id);
    const known = this.read.get(row.hash) ?? readable(this.rulebook.read(row.sources), parseTexts(row.sources));
    this.read.set(row.hash, known);
    return { version: line(row, tx.now), ...known };
  }

  /** What a version says differently from the one it is based on; null when one of them can not be read today. */
  async changes(tx: Tx, id: string): Promise<Change[] | null> {
    const { basedOn } = await this.row(tx, id);
    const base = basedOn === null ? null : await tx.em.findOneBy(RulesetVersion, { version: basedOn });
    if (!base) return [];
    try {
      const [before, after] = [await this.rulebook.law(tx, base.id), await this.rulebook.law(tx, id)];
      return changesBetween(
        { ...(await this.law(tx, base.id)), content: before.ruleset.content },
        { ...(await this.law(tx, id)), content: after.ruleset.content },
      );
    } catch (error) {
      if (error instanceof Problem && error.code.startsWith('ruleset_')) return null;
      throw error;
    }
  }

  /** Which version decided at a moment; null when there was none. */
  async at(tx: Tx, moment: Date): Promise<VersionLine | null> {
    const [row] = await tx.sql<Row>(
      `SELECT ${LINE} FROM law.version WHERE state = 'ADOPTED' AND tstzrange(in_force_from, in_force_until) @> $1::timestamptz`,
      [moment],
    );
    return row ? { ...line(row, moment) } : null;
  }

  private async row(tx: Tx, id: string): Promise<RulesetVersion> {
    const row = await tx.em.findOneBy(RulesetVersion, { id });
    if (!row) throw rulebookProblems.ruleset_version_not_found();
    return row;
  }
}

function line(
  { id, version, hash, title, origin, basedOn, decisionNumber, changedAt, ...row }: Row,
  now: Date,
): VersionLine {
  const state = stateAt(row, now);
  return {
    id,
    version,
    hash,
    title,
    origin,
    basedOn,
    decisionNumber,
    state,
    stateName: rulesetStates.label[state],
    inForceFrom: row.inForceFrom?.toISOString() ?? null,
    inForceUntil: row.inForceUntil?.toISOString() ?? null,
    changedAt: changedAt.toISOString(),
  };
}

function differing(before: readonly SourceText[], after: readonly SourceText[]): string[] {
  const old = new Map(before.map(({ file, text }) => [file, text]));
  const now = new Map(after.map(({ file, text }) => [file, text]));
  return [...new Set([...old.keys(), ...now.keys()])].filter((file) => old.get(file) !== now.get(file)).sort();
}
