import type { Tx } from '#lib/kernel';
import { readRoles, type RoleCatalogue } from '#lib/policy';
import { Injectable } from '@nestjs/common';
import { parse } from 'yaml';
import { lawProblems } from './law.problems';
import type { SourceText } from './ruleset-version.entity';

/** A version of the law book, by its names. */
export interface NamedVersion {
  id: string;
  version: number;
  hash: string;
}

/** Which law is in force at the moment of a transaction, by the time of the database, and its parts that stages before the rulebook need. */
@Injectable()
export class LawInForce {
  /** by hash: a text says the same for ever */
  private readonly read = new Map<string, RoleCatalogue>();
  /** a transaction has one moment, and a law begins at none within it */
  private readonly ofTransaction = new WeakMap<Tx, RoleCatalogue>();

  /** Throws `ruleset_missing`: without a law nobody may do anything. `at` null is the moment of the transaction. Half-open: the first moment counts. */
  async version(tx: Tx, at: Date | null = null): Promise<NamedVersion> {
    const [row] = await tx.sql<NamedVersion>(
      `SELECT id, version, hash FROM law.version
        WHERE state = 'ADOPTED' AND tstzrange(in_force_from, in_force_until) @> coalesce($1::timestamptz, now())`,
      [at],
    );
    if (!row) throw lawProblems.ruleset_missing();
    return row;
  }

  /** The roles of the law in force. Throws `ruleset_missing`. */
  async roles(tx: Tx): Promise<RoleCatalogue> {
    const ready = this.ofTransaction.get(tx);
    if (ready) return ready;
    const { id, hash } = await this.version(tx);
    const roles = this.read.get(hash) ?? (await this.rolesOf(tx, id));
    this.read.set(hash, roles);
    this.ofTransaction.set(tx, roles);
    return roles;
  }

  /** The roles of any version. */
  async rolesOf(tx: Tx, id: string): Promise<RoleCatalogue> {
    const [row] = await tx.sql<SourceText>(
      `SELECT s.file, s.text FROM law.version v CROSS JOIN LATERAL jsonb_to_recordset(v.sources) AS s (file text, text text)
        WHERE v.id = $1 AND s.file = 'roles.yaml'`,
      [id],
    );
    return readRoles(parse(row?.text ?? '', { maxAliasCount: 50 }));
  }
}
