import { canonicalJson, Logger, newId, Problem, systemActing, type Tx, type UnitOfWork } from '#lib/kernel';
import { RulesetVersion } from '#lib/law';
import { type Actor, permits } from '#lib/organisation';
import type { Ruleset } from '#lib/policy';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { rulebookProofAsked, rulebookProved } from '../rulebook.events';
import { rulebookProblems as problems } from '../rulebook.problems';
import { Rulebook } from '../rulebook.service';
import { parseTexts } from '../ruleset-files';
import { sha256 } from '../sha256';
import { changedPrinciples, principlesOf, reasonFor } from './principle-changes';
import { program } from './program';
import { proofHashes } from './proof-hashes';
import type { PrincipleChange, ProofReport, ProofView } from './proof.view';
import type { ProofOrder } from './prove-law';
import { ProofUnfinished, runProof } from './run-proof';

interface Due {
  id: string;
  version: number;
  hash: string;
  /** hash of the law in force; null where this is the one */
  against: string | null;
}
interface Next {
  due: Due;
  principlesHash: string;
  /** or why there is nothing to prove */
  order: ProofOrder | string;
}
interface Stored {
  program: string;
  provedAt: Date;
  failure: string | null;
  holds: boolean;
  principlesHash: string | null;
  proofHash: string | null;
  againstVersion: number | null;
  report: ProofReport | null;
}

/** What is proved of the versions of the law book, and what therefore can not come into force. */
@Injectable()
export class Proofs implements OnModuleDestroy {
  private running: Promise<number> | null = null;
  private readonly stop = new AbortController();

  constructor(
    private readonly rulebook: Rulebook,
    private readonly logger: Logger,
  ) {}

  /**
   * Proves what is due, one after another: drafts first, then the law in force. Gives how many. One run at a time in a
   * process; in two processes both may prove the same, which costs time and changes nothing.
   */
  proveDue(uow: UnitOfWork): Promise<number> {
    return (this.running ??= this.all(uow)
      .catch((error: Error) => {
        this.logger.error({ err: error }, 'the law book could not be proved, trying again');
        return 0;
      })
      .finally(() => (this.running = null)));
  }

  async onModuleDestroy(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  /** A version with its proof as a page shows it. Throws `ruleset_version_not_found`. */
  async view(tx: Tx, actor: Actor, id: string): Promise<ProofView> {
    const row = await this.row(tx, id);
    const stored = await this.stored(tx, row.hash);
    const ruleset = await this.readToday(tx, id);
    const isOpen = ruleset !== null && OPEN.includes(row.state);
    const mine = permits(actor, 'rulebook.draft') && (row.proposedBy === null || row.proposedBy === actor.personId);
    return {
      provedAt: stored && !stored.failure ? stored.provedAt.toISOString() : null,
      current: stored?.program === program(),
      program: stored?.program ?? null,
      holds: stored?.holds ?? false,
      failure: stored?.failure ?? null,
      principlesHash: stored?.principlesHash ?? null,
      proofHash: stored?.proofHash ?? null,
      comparedWith: stored?.againstVersion ?? null,
      promised: ruleset?.principles.list.length ?? 0,
      report: stored?.report ?? null,
      changes: isOpen ? await this.changes(tx, row, stored?.report ?? null) : [],
      obstacles: isOpen ? await this.obstacles(tx, row) : [],
      may: { prove: permits(actor, 'rulebook.draft'), keep: mine && row.state === 'DRAFT' },
    };
  }

  /** Why a version can not come to the vote or into force, each in German. */
  async obstacles(tx: Tx, row: RulesetVersion): Promise<string[]> {
    const stored = await this.stored(tx, row.hash);
    const unexplained = (await this.changes(tx, row, null))
      .filter(({ because }) => because === null)
      .map(
        ({ id, after }) =>
          `Der Entwurf ${after.length > 0 ? 'ändert' : 'streicht'} ${named(id)} und sagt nicht, warum. Bitte schreiben Sie in die Begründung des Entwurfs eine eigene Zeile, die mit „${id}:“ beginnt.`,
      );
    return [...(await this.unproved(tx, row, stored)), ...unexplained];
  }

  /** Throws `ruleset_not_proved` naming every reason; else the hashes of principles and proof. */
  async requireProof(tx: Tx, row: RulesetVersion): ReturnType<typeof proofHashes> {
    const because = await this.obstacles(tx, row);
    if (because.length > 0) throw problems.ruleset_not_proved({ because });
    return proofHashes(tx, row.hash);
  }

  /** Has a version proved again, whatever is known of it. Throws `ruleset_version_not_found`. */
  async ask(tx: Tx, actor: Actor, id: string): Promise<{ id: string; hash: string }> {
    const { version, hash } = await this.row(tx, id);
    await tx.sql('INSERT INTO rulebook.proof_request (id, version_id, person_id, asked_at) VALUES ($1, $2, $3, $4)', [
      newId(),
      id,
      actor.personId,
      tx.now,
    ]);
    await tx.emit(rulebookProofAsked({ versionId: id, version, hash }));
    return { id, hash };
  }

  private async all(uow: UnitOfWork): Promise<number> {
    for (let done = 0; ; done += 1) {
      const next = await uow.read(BY, (tx) => this.next(tx));
      if (!next || this.stop.signal.aborted) return done;
      const result = typeof next.order === 'string' ? next.order : await this.result(next.order);
      // if we die before this, nothing is stored, and it is proved again
      if (this.stop.signal.aborted) return done;
      await uow.run(BY, (tx) => this.store(tx, next, result));
    }
  }

  /** What is due, and what there is to prove; a text that this program can not read is none. */
  private async next(tx: Tx): Promise<Next | null> {
    const [due] = await tx.sql<Due>(DUE, [program()]);
    if (!due) return null;
    try {
      const { ruleset } = await this.rulebook.law(tx, due.id);
      const principlesHash = sha256(canonicalJson(principlesOf(ruleset) ?? null));
      const law = await this.files(tx, due.id);
      if (due.against === null) return { due, principlesHash, order: { law, before: null, former: [], idle: true } };
      const before = await this.rulebook.inForce(tx);
      const former = changedPrinciples(before.ruleset, ruleset).map(({ id }) => id);
      return { due, principlesHash, order: { law, before: await this.files(tx, before.id), former, idle: false } };
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      return { due, principlesHash: '', order: UNREADABLE };
    }
  }

  private async files(tx: Tx, id: string): Promise<ProofOrder['law']> {
    return parseTexts((await this.row(tx, id)).sources);
  }

  private async result(order: ProofOrder): Promise<ProofReport | string> {
    try {
      return await runProof(order, this.stop.signal);
    } catch (error) {
      if (!(error instanceof ProofUnfinished)) throw error;
      this.logger.error({ err: error.cause ?? error }, 'a proof was not finished');
      return error.message;
    }
  }

  private async store(tx: Tx, { due, principlesHash }: Next, result: ProofReport | string): Promise<void> {
    const { id: versionId, version, hash, against } = due;
    const report = typeof result === 'string' ? null : result;
    const refuted = report?.principles.filter((one) => !isProved(one)).length ?? 0;
    const holds = report !== null && refuted === 0;
    const hashes = report && {
      principlesHash,
      proofHash: sha256(
        canonicalJson(report.principles.map((one) => [one.id, one.verdict, one.proof?.sha256 ?? null])),
      ),
    };
    await tx.sql(
      `INSERT INTO rulebook.proof (id, law_hash, against_hash, program, proved_at, failure, holds, principles_hash, proof_hash, report)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        newId(),
        hash,
        against,
        program(),
        tx.now,
        typeof result === 'string' ? result : null,
        holds,
        hashes?.principlesHash ?? null,
        hashes?.proofHash ?? null,
        report && JSON.stringify(report),
      ],
    );
    await tx.emit(
      rulebookProved({
        versionId,
        version,
        hash,
        result: report === null ? 'UNFINISHED' : holds ? 'HOLDS' : 'BROKEN',
        principles: report?.principles.length ?? 0,
        refuted,
        program: program(),
        ...hashes,
      }),
    );
  }

  /** What was found of a text: by this program if there is one, what was finished before what was not, the newest first. */
  private async stored(tx: Tx, hash: string): Promise<Stored | null> {
    const [row] = await tx.sql<Stored>(
      `SELECT p.program, p.proved_at AS "provedAt", p.failure, p.holds, p.principles_hash AS "principlesHash", p.proof_hash AS "proofHash", p.report,
              (SELECT min(v.version) FROM law.version v WHERE v.hash = p.against_hash)::int AS "againstVersion"
         FROM rulebook.proof p WHERE p.law_hash = $1 ORDER BY p.program = $2 DESC, p.failure IS NULL DESC, p.proved_at DESC LIMIT 1`,
      [hash, program()],
    );
    return row ?? null;
  }

  private async unproved(tx: Tx, row: RulesetVersion, stored: Stored | null): Promise<string[]> {
    if (!stored) {
      const earlier = row.revision > 1 ? 'Ein früherer Beweis gilt für einen früheren Text. ' : '';
      return [`Die Leitsätze sind für diesen Text noch nicht bewiesen. ${earlier}${SOON}`];
    }
    if (stored.program !== program())
      return [`Der Beweis stammt von einer früheren Fassung des Programms. Er wird wiederholt. ${SOON}`];
    if (stored.failure)
      return [`${stored.failure} Ohne Beweis gilt der Entwurf nicht; lassen Sie ihn noch einmal beweisen.`];
    return stored
      .report!.principles.filter((one) => !isProved(one))
      .map(({ id, sentence, verdict }) =>
        verdict === 'REFUTED'
          ? `Nach diesem Entwurf gilt Leitsatz ${id} nicht: ${sentence} Das Gegenbeispiel steht beim Leitsatz. Ändern Sie die Regeln, oder ändern Sie den Leitsatz und begründen Sie es.`
          : verdict === 'EMPTY'
            ? `Leitsatz ${id} spricht von keiner Anfrage, die es geben kann: ${sentence}`
            : `Der Beweis von Leitsatz ${id} wurde bei der Nachprüfung nicht anerkannt: ${sentence}`,
      );
  }

  private async changes(tx: Tx, row: RulesetVersion, report: ProofReport | null): Promise<PrincipleChange[]> {
    const { ruleset: before } = await this.rulebook.inForce(tx);
    const { ruleset: after } = await this.rulebook.law(tx, row.id);
    return changedPrinciples(before, after).map((one) => ({
      ...one,
      because: reasonFor(one.id, row.reason),
      former: report?.former.find(({ id }) => id === one.id) ?? null,
    }));
  }

  /** Null: a text of before that this program can not read. */
  private async readToday(tx: Tx, id: string): Promise<Ruleset | null> {
    try {
      return (await this.rulebook.law(tx, id)).ruleset;
    } catch (error) {
      if (error instanceof Problem && error.code === 'ruleset_broken') return null;
      throw error;
    }
  }

  private async row(tx: Tx, id: string): Promise<RulesetVersion> {
    const row = await tx.em.findOneBy(RulesetVersion, { id });
    if (!row) throw problems.ruleset_version_not_found();
    return row;
  }
}

const BY = systemActing('rulebook.prove');
const UNREADABLE = 'Der Text lässt sich mit dieser Fassung des Programms nicht lesen.';
const OPEN: readonly string[] = ['DRAFT', 'CONSULTATION', 'VOTE'];
const SOON = 'Das geschieht von selbst und dauert meist weniger als eine Minute. Bitte laden Sie die Seite dann neu.';
const named = (id: string): string =>
  id.startsWith('L-') ? `den Leitsatz ${id}` : 'die Annahmen, unter denen bewiesen wird,';
const isProved = ({ verdict, proof }: ProofReport['principles'][number]): boolean =>
  verdict === 'HOLDS' && proof!.accepted;

/**
 * What nobody proved yet with this program: drafts against the law in force, and then that law itself. A law in force has time
 * until the program has been at work for a while. Whatever somebody asked for comes again.
 */
const DUE = `
  WITH law AS (SELECT id, hash, in_force_from FROM law.version WHERE id = law.in_force())
  SELECT v.id, v.version, v.hash, CASE WHEN v.id <> law.id THEN law.hash END AS against
    FROM law.version v, law
    LEFT JOIN LATERAL (SELECT max(a.asked_at) AS at FROM rulebook.proof_request a WHERE a.version_id = v.id) asked ON true
   WHERE (v.state IN ('DRAFT', 'CONSULTATION', 'VOTE') OR (v.id = law.id AND (asked.at IS NOT NULL OR v.in_force_from < now() - interval '2 minutes')))
     AND NOT EXISTS (
       SELECT FROM rulebook.proof p
        WHERE p.law_hash = v.hash AND p.program = $1 AND p.against_hash IS NOT DISTINCT FROM CASE WHEN v.id <> law.id THEN law.hash END
          AND p.proved_at >= coalesce(asked.at, '-infinity'))
   ORDER BY v.id = law.id, v.changed_at LIMIT 1`;
