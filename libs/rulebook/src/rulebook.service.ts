import { newId, Problem, type Tx } from '#lib/kernel';
import { type Capabilities, type Fault, type Ruleset, RulesetFault } from '#lib/policy';
import { Inject, Injectable } from '@nestjs/common';
import { CAPABILITIES } from './capabilities';
import { rulebookAdopted, rulebookImported } from './rulebook.events';
import { rulebookProblems } from './rulebook.problems';
import { compile, readFolder } from './ruleset-files';
import { RulesetVersion, type SourceText } from './ruleset-version.entity';

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

/** Serialises imports: two apps that start at once must not both find an empty book. */
const IMPORT_LOCK = 4_711_0005;

/** Which law is in force. The database holds it; files are only where a version comes from. */
@Injectable()
export class Rulebook {
  /** compiled once per text, however many transactions ask */
  private readonly compiled = new Map<string, Ruleset>();

  constructor(@Inject(CAPABILITIES) private readonly capabilities: Capabilities) {}

  /** The law in force. Problem `ruleset_missing` when there is none: nothing is decided without it. */
  async inForce(tx: Tx): Promise<Law> {
    const [row] = await tx.sql<{ id: string; version: number; hash: string }>(
      `SELECT id, version, hash FROM rulebook.ruleset_version WHERE state = 'IN_FORCE'`,
    );
    if (!row) throw rulebookProblems.ruleset_missing();
    return { ...row, ruleset: await this.rulesetOf(tx, row) };
  }

  /** The law a past decision was taken by. */
  async versionByHash(tx: Tx, hash: string): Promise<Law> {
    const [row] = await tx.sql<{ id: string; version: number; hash: string }>(
      'SELECT id, version, hash FROM rulebook.ruleset_version WHERE hash = $1 ORDER BY version LIMIT 1',
      [hash],
    );
    if (!row) throw rulebookProblems.ruleset_version_not_found({ detail: `Kennung \`${hash.slice(0, 80)}\`` });
    return { ...row, ruleset: await this.rulesetOf(tx, row) };
  }

  /**
   * Imports the law book of a folder. On an empty database it becomes version 1 and is in force; a text with faults is
   * then the problem `ruleset_broken`, which stops the start. Later a changed text becomes a draft beside the version
   * in force; a text with faults is told and changes nothing.
   */
  async install(tx: Tx, folder: string): Promise<Installed> {
    await tx.sql('SELECT pg_advisory_xact_lock($1)', [IMPORT_LOCK]);
    const before = await tx.em.findOneBy(RulesetVersion, { state: 'IN_FORCE' });
    let sources: SourceText[];
    let ruleset: Ruleset;
    try {
      sources = await this.files(folder);
      ruleset = this.read(sources);
    } catch (error) {
      if (!before || !(error instanceof Problem)) throw error;
      const { version, hash } = before;
      return { version, hash, state: 'IN_FORCE', imported: false, faults: error.because ?? [error.message] };
    }
    const known = await tx.em.findOne(RulesetVersion, {
      where: [
        { hash: ruleset.hash, state: 'IN_FORCE' },
        { hash: ruleset.hash, state: 'DRAFT' },
      ],
    });
    if (known) return { version: known.version, hash: known.hash, state: known.state as 'IN_FORCE' | 'DRAFT', imported: false, faults: [] };
    const [{ last }] = (await tx.sql<{ last: number }>(
      `SELECT coalesce(max(version), 0)::int AS last FROM rulebook.ruleset_version`,
    )) as [{ last: number }];
    const version = last + 1;
    const { hash } = ruleset;
    const id = newId();
    // roles are the organisation's; they are read here to check the steps, and kept so that the version reads alone
    await tx.em.insert(RulesetVersion, { id, version, hash, state: 'DRAFT', sources, importedAt: tx.now, inForceFrom: null, inForceUntil: null });
    await tx.emit(rulebookImported({ versionId: id, version, hash, files: sources.length, rules: ruleset.rules.length }));
    this.compiled.set(hash, ruleset);
    if (before) return { version, hash, state: 'DRAFT', imported: true, faults: [] };
    await tx.sql(`UPDATE rulebook.ruleset_version SET state = 'IN_FORCE', in_force_from = $2 WHERE id = $1`, [id, tx.now]);
    await tx.emit(rulebookAdopted({ versionId: id, version, hash, replaced: null }));
    return { version, hash, state: 'IN_FORCE', imported: true, faults: [] };
  }

  private async files(folder: string): Promise<SourceText[]> {
    try {
      return await readFolder(folder);
    } catch (cause) {
      throw rulebookProblems.ruleset_broken({ detail: 'Der Ordner des Regelwerks ist nicht lesbar.', cause });
    }
  }

  /** Compiles texts; all faults together as one problem. */
  private read(sources: readonly SourceText[]): Ruleset {
    try {
      return compile(sources, this.capabilities);
    } catch (error) {
      if (!(error instanceof RulesetFault)) throw error;
      throw rulebookProblems.ruleset_broken({ detail: `${error.faults.length} Fehler`, because: error.faults.map(faultText), cause: error });
    }
  }

  private async rulesetOf(tx: Tx, { id, hash }: { id: string; hash: string }): Promise<Ruleset> {
    const ready = this.compiled.get(hash);
    if (ready) return ready;
    const { sources } = await tx.em.findOneByOrFail(RulesetVersion, { id });
    const ruleset = this.read(sources);
    // the stored name must be the name of the stored text, else somebody worked past the triggers
    if (ruleset.hash !== hash) throw rulebookProblems.ruleset_broken({ detail: `Die Fassung \`${hash}\` ist verändert worden.` });
    this.compiled.set(hash, ruleset);
    return ruleset;
  }
}

const faultText = ({ file, id, text }: Fault): string => `${file}${id ? ` ${id}` : ''}: ${text}`;
