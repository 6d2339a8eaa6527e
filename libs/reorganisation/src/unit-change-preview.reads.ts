import { type Tx, UnitOfWork, systemActing } from '#lib/kernel';
import { type Actor, organisationProblems, permits, UnitChangeReads } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import { ROLES_AT, TOUCHED } from './touched-by-change';
import { hintsOf } from './unit-change-hints';
import { obstaclesOf } from './unit-change-obstacles';
import { type Part, type PartName, PARTS, type Touched, type UnitChangePreview } from './unit-change-preview.view';

const LISTED = 500;

/** What a change of the organisation would touch, before anybody confirms it. Reads only, past row-level security. */
@Injectable()
export class UnitChangePreviews {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly changes: UnitChangeReads,
  ) {}

  /** For the administration, which sees names and numbers here and no content. Throws `not_permitted`, `unit_change_not_found`. */
  async of(actor: Actor, changeId: string): Promise<UnitChangePreview> {
    if (!permits(actor, 'organisation.administer')) throw organisationProblems.not_permitted();
    return this.uow.read(systemActing('reorganisation.preview'), (tx) => this.read(tx, changeId));
  }

  private async read(tx: Tx, changeId: string): Promise<UnitChangePreview> {
    const change = await this.changes.change(tx, changeId);
    const sources: UnitChangePreview['sources'] = [];
    for (const { unitId, name } of change.sources) {
      const parts = {} as Record<PartName, Part>;
      for (const part of PARTS) {
        const found = await tx.sql<Touched>(TOUCHED[part], [changeId, unitId]);
        parts[part] = { count: found.length, items: found.slice(0, LISTED) };
      }
      sources.push({ unitId, name, ...parts });
    }
    const targets: UnitChangePreview['targets'] = [];
    for (const { unitId, name, isNew } of change.targets) {
      const arriving = (part: PartName): number =>
        sources.flatMap((source) => source[part].items).filter(({ toUnitId }) => toUnitId === unitId).length;
      const arrives = {
        products: arriving('products'),
        requests: arriving('requests'),
        agreements: arriving('agreements'),
      };
      targets.push({ unitId, name, isNew, arrives, roles: await tx.sql(ROLES_AT, [changeId, unitId]) });
    }
    return {
      change,
      sources,
      targets,
      obstacles: await obstaclesOf(tx, change, sources),
      hints: hintsOf(change, sources),
    };
  }
}
