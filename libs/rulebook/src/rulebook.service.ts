import { Logger, newId, Problem, type Tx } from '#lib/kernel';
import { type Capabilities, EVERYTHING, faultText, type Ruleset, RulesetFault, STANDING } from '#lib/policy';
import { Inject, Injectable } from '@nestjs/common';
import { CAPABILITIES } from './capabilities';
import { lint, type LintReport } from './lint';
import {
  capabilitiesChanged,
  rulebookAdopted,
  rulebookEnteredForce,
  rulebookImported,
  rulebookReloadFailed,
} from './rulebook.events';
import { rulebookProblems } from './rulebook.problems';
import { compile, parseTexts, readFolder } from './ruleset-files';
import { installRoles, LawInForce, type NamedVersion, RulesetVersion, type SourceText } from '#lib/law';

/** A version with its compiled law book. */
export interface Law {
  id: string;
  version: number;
  hash: string;
  ruleset: Ruleset;
}

/** What an import did: the first one comes into force, a changed one lies as a draft, an unchanged one does nothing. */
export interface Installed {
  version: number;
  hash: string;
  state: 'IN_FORCE' | 'DRAFT';
  imported: boolean;
  /** why the text could not be imported; the version in force goes on */
  faults: string[];
}

/** Two apps that start at once must not both find an empty book, nor two adoptions the same gap. */
const VERSIONS_LOCK = 4_711_0005;

/** Which law is in force. The database holds it; files are only where a version comes from. */
@Injectable()
export class Rulebook {
  /** compiled once per text, however many transactions ask */
  private readonly compiled = new Map<string, Ruleset>();

  constructor(
    @Inject(CAPABILITIES) private readonly capabilities: Capabilities,
    private readonly logger: Logger,
    private readonly laws: LawInForce,
  ) {}

  /** The law in force now, by the time of the database. Problem `ruleset_missing` when there is none: nothing is decided without it. */
  inForce(tx: Tx): Promise<Law> {
    return this.inForceAt(tx, null);
  }

  /** The law that was in force at a moment; `null` is the moment of the transaction. Half-open: the first moment counts. */
  async inForceAt(tx: Tx, at: Date | null): Promise<Law> {
    const row = await this.laws.version(tx, at);
    return { ...row, ruleset: await this.rulesetOf(tx, row) };
  }

  /** The law a past decision was taken by. */
  async versionByHash(tx: Tx, hash: string): Promise<Law> {
    const [row] = await tx.sql<NamedVersion>(
      'SELECT id, version, hash FROM law.version WHERE hash = $1 ORDER BY version LIMIT 1',
      [hash],
    );
    if (!row) throw rulebookProblems.ruleset_version_not_found({ detail: `Kennung \`${hash.slice(0, 80)}\`` });
    return { ...row, ruleset: await this.rulesetOf(tx, row) };
  }

  /**
   * The law as it decided at a moment: the same text may have refused a chain then that can be carried out now. For a
   * moment before the first record the first one counts.
   */
  async lawOfThen(tx: Tx, hash: string, at: Date): Promise<Law> {
    const law = await this.versionByHash(tx, hash);
    const [then] = await tx.sql<Capabilities>(
      'SELECT steps, enforcers, forms, standing FROM rulebook.capability ORDER BY since <= $1 DESC, CASE WHEN since <= $1 THEN since END DESC, since LIMIT 1',
      [at],
    );
    if (!then || sameCapabilities(then, this.ours)) return law;
    const key = `${hash} ${JSON.stringify(then)}`;
    const ready = this.compiled.get(key);
    if (ready) return { ...law, ruleset: ready };
    const { sources } = await tx.em.findOneByOrFail(RulesetVersion, { id: law.id });
    const ruleset = orBroken(() => compile(sources, { ...then, standing: then.standing ?? [] }));
    this.compiled.set(key, ruleset);
    return { ...law, ruleset };
  }

  /** Any version, draft or not, by its id. */
  async law(tx: Tx, id: string): Promise<Law> {
    const [row] = await tx.sql<NamedVersion>('SELECT id, version, hash FROM law.version WHERE id = $1', [id]);
    if (!row) throw rulebookProblems.ruleset_version_not_found();
    return { ...row, ruleset: await this.rulesetOf(tx, row) };
  }

  /**
   * Imports the law book of a folder. On an empty database it becomes version 1 and is in force; a text with faults is
   * then the problem `ruleset_broken`, one whose cases do not hold `ruleset_cases_fail`, and both stop the start. Later
   * a changed text becomes a draft beside the version in force; one with faults, or whose cases do not hold, is told,
   * raises the alarm `rulebook.reload-failed.v1` and changes nothing else.
   */
  async install(tx: Tx, folder: string): Promise<Installed> {
    await lockVersions(tx);
    await this.recordCapabilities(tx);
    await this.completeRoles(tx);
    const [before] = await tx.sql<NamedVersion>(
      `SELECT id, version, hash FROM law.version WHERE state = 'ADOPTED' AND tstzrange(in_force_from, in_force_until) @> now()`,
    );
    let sources: SourceText[];
    let ruleset: Ruleset;
    try {
      sources = await this.files(folder);
      ruleset = this.read(sources);
      // what is in force is known to be sound; everything else proves itself before it is even a draft
      if (ruleset.hash !== before?.hash) this.prove(sources);
    } catch (error) {
      if (!before || !(error instanceof Problem)) throw error;
      const { version, hash } = before;
      const faults = error.because ?? [error.message];
      this.logger.error(
        { version, hash, faults },
        'the files of the law book can not be used; the version in force goes on',
      );
      await tx.emit(rulebookReloadFailed({ version, hash, faults: faults.length }));
      return { version, hash, state: 'IN_FORCE', imported: false, faults };
    }
    const { hash } = ruleset;
    if (before?.hash === hash) {
      this.compiled.set(hash, ruleset);
      return { version: before.version, hash, state: 'IN_FORCE', imported: false, faults: [] };
    }
    // a text that was drafted, refused or withdrawn before is not proposed again by a mere restart
    const [known] = await tx.sql<{ version: number }>(
      'SELECT version FROM law.version WHERE hash = $1 ORDER BY version DESC LIMIT 1',
      [hash],
    );
    if (known) return { version: known.version, hash, state: 'DRAFT', imported: false, faults: [] };
    const version = await nextVersion(tx);
    const id = newId();
    await tx.em.insert(RulesetVersion, {
      id,
      version,
      hash,
      sources,
      state: 'DRAFT',
      origin: version === 1 ? 'SETUP' : 'FILES',
      title: version === 1 ? 'Erste Fassung' : 'Aus den Dateien der Auslieferung',
      reason: '',
      revision: 1,
      basedOn: before?.version ?? null,
      importedAt: tx.now,
      changedAt: tx.now,
      announced: false,
    });
    await tx.emit(
      rulebookImported({ versionId: id, version, hash, files: sources.length, rules: ruleset.rules.length }),
    );
    this.compiled.set(hash, ruleset);
    if (version > 1) return { version, hash, state: 'DRAFT', imported: true, faults: [] };
    await installRoles(tx, id, ruleset.roles);
    await tx.sql(`UPDATE law.version SET state = 'ADOPTED', in_force_from = $2, announced = true WHERE id = $1`, [
      id,
      tx.now,
    ]);
    await tx.emit(rulebookAdopted({ versionId: id, version, hash, replaced: null }));
    return { version, hash, state: 'IN_FORCE', imported: true, faults: [] };
  }

  /** Compiles texts as this program can carry them out. All faults together as the problem `ruleset_broken`. */
  read(sources: readonly SourceText[]): Ruleset {
    return orBroken(() => compile(sources, this.capabilities));
  }

  /**
   * What a text means and whether its cases hold, as if everything were built: a law says what is allowed, the program what
   * it can carry out. Problem `ruleset_broken` when it does not even load.
   */
  check(sources: readonly SourceText[]): LintReport {
    return orBroken(() => lint(compile(sources, EVERYTHING), parseTexts(sources)));
  }

  /** Problem `ruleset_cases_fail` naming every case that does not hold and every rule without one. */
  prove(sources: readonly SourceText[]): void {
    const { faults } = this.check(sources);
    if (faults.length > 0)
      throw rulebookProblems.ruleset_cases_fail({ detail: `${faults.length} Fehler`, because: faults });
  }

  /** Tells the stages after this one when a date has come. Runs by the clock; what was missed is caught up. */
  async announce(tx: Tx): Promise<number> {
    const due = await tx.sql<NamedVersion & { replaced: number | null }>(
      `SELECT v.id, v.version, v.hash, (SELECT p.version FROM law.version p WHERE p.in_force_until = v.in_force_from) AS replaced
         FROM law.version v WHERE v.state = 'ADOPTED' AND NOT v.announced AND v.in_force_from <= now() ORDER BY v.in_force_from FOR UPDATE OF v SKIP LOCKED`,
    );
    for (const { id, version, hash, replaced } of due) {
      await tx.sql('UPDATE law.version SET announced = true WHERE id = $1', [id]);
      await tx.emit(rulebookEnteredForce({ versionId: id, version, hash, replaced }));
    }
    return due.length;
  }

  /** What the database knows of the roles of versions that were adopted before it kept it by version. */
  private async completeRoles(tx: Tx): Promise<void> {
    const without = await tx.sql<NamedVersion>(
      `SELECT id, version, hash FROM law.version v WHERE state = 'ADOPTED' AND (in_force_until IS NULL OR in_force_until > now())
          AND NOT EXISTS (SELECT FROM law.version_role r WHERE r.version_id = v.id)`,
    );
    for (const version of without) await installRoles(tx, version.id, await this.laws.rolesOf(tx, version.id));
  }

  /** What this program can carry out, and what it asks of every law book. */
  private get ours(): Capabilities {
    return { standing: STANDING, ...this.capabilities };
  }

  private async recordCapabilities(tx: Tx): Promise<void> {
    const [last] = await tx.sql<Capabilities>(
      'SELECT steps, enforcers, forms, standing FROM rulebook.capability ORDER BY since DESC LIMIT 1',
    );
    if (last && sameCapabilities(last, this.ours)) return;
    const [enforcers, forms, standing] = [this.ours.enforcers, this.ours.forms, this.ours.standing].map(
      (list) => list && [...list].sort(),
    );
    await tx.sql('INSERT INTO rulebook.capability (since, enforcers, forms, standing) VALUES ($1, $2, $3, $4)', [
      tx.now,
      enforcers,
      forms,
      standing,
    ]);
    // the same law decides otherwise from now on: what rests on decisions of before is decided anew
    if (last) {
      const [before, now] = [namesOf(last), namesOf(this.ours)];
      const without = (list: readonly string[], other: readonly string[]) =>
        list.filter((name) => !other.includes(name));
      await tx.emit(capabilitiesChanged({ added: without(now, before), removed: without(before, now) }));
    }
  }

  private async files(folder: string): Promise<SourceText[]> {
    try {
      return await readFolder(folder);
    } catch (cause) {
      if (cause instanceof RulesetFault)
        return orBroken((): never => {
          throw cause;
        });
      throw rulebookProblems.ruleset_broken({ detail: 'Der Ordner des Regelwerks ist nicht lesbar.', cause });
    }
  }

  private async rulesetOf(tx: Tx, { id, hash }: { id: string; hash: string }): Promise<Ruleset> {
    const ready = this.compiled.get(hash);
    if (ready) return ready;
    const { sources } = await tx.em.findOneByOrFail(RulesetVersion, { id });
    const ruleset = this.read(sources);
    // the stored name must be the name of the stored text, else somebody worked past the triggers
    if (ruleset.hash !== hash)
      throw rulebookProblems.ruleset_broken({ detail: `Die Fassung \`${hash}\` ist verändert worden.` });
    this.compiled.set(hash, ruleset);
    return ruleset;
  }
}

/** One at a time may add a version or change who is in force when. */
export const lockVersions = (tx: Tx): Promise<unknown> => tx.sql('SELECT pg_advisory_xact_lock($1)', [VERSIONS_LOCK]);

export async function nextVersion(tx: Tx): Promise<number> {
  const [row] = await tx.sql<{ last: number }>('SELECT coalesce(max(version), 0)::int AS last FROM law.version');
  return row!.last + 1;
}

const sameCapabilities = (a: Capabilities, b: Capabilities): boolean =>
  (['steps', 'enforcers', 'forms', 'standing'] as const).every((part) => inOrder(a[part]) === inOrder(b[part]));
const namesOf = ({ enforcers, forms, standing }: Capabilities): string[] => [
  ...(enforcers ?? ['*']),
  ...(forms ?? ['*']),
  ...(standing ?? []),
];
const inOrder = (parts?: readonly string[] | null): string => JSON.stringify(parts ? [...parts].sort() : null);

function orBroken<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RulesetFault)) throw error;
    throw rulebookProblems.ruleset_broken({
      detail: `${error.faults.length} Fehler`,
      because: error.faults.map(faultText),
      cause: error,
    });
  }
}
