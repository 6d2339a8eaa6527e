import { newId, UnitOfWork } from '#lib/kernel';
import { type Actor, UnitChangeReads, type UnitChangeView, type UnitKind } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import type { Option } from '../../../layout/forms';
import { slug } from '../../../layout/parts';
import { UNIT_KIND_NAME } from '../../../layout/words';

export interface ChangeFormModel {
  /** units that exist now, by name */
  units: Option[];
  once: string;
}

const german = new Intl.Collator('de');

@Injectable()
export class OrganisationChangesPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: UnitChangeReads,
  ) {}

  changes(actor: Actor): Promise<UnitChangeView[]> {
    return this.uow.read(actor.acting, (tx) => this.reads.changes(tx));
  }

  form(actor: Actor): Promise<ChangeFormModel> {
    return this.uow.read(actor.acting, async (tx) => {
      const units = await tx.sql<{ id: string; name: string; kind: UnitKind }>(
        `SELECT id, name, kind FROM organisation.unit WHERE valid_from <= now() AND (valid_to IS NULL OR now() < valid_to)`,
      );
      units.sort((a, b) => german.compare(a.name, b.name));
      return {
        units: units.map(({ id, name, kind }) => ({ value: id, text: `${name} (${UNIT_KIND_NAME[kind]})` })),
        once: newId(),
      };
    });
  }

  /** Gives each name a key nobody has: `bauamt`, else `bauamt-2`. Two people at once: the database refuses the second. */
  keys(actor: Actor): Promise<(name: string) => string> {
    return this.uow.read(actor.acting, async (tx) => {
      const taken = new Set((await tx.sql<{ key: string }>('SELECT key FROM organisation.unit')).map(({ key }) => key));
      return (name) => {
        const plain = slug(name).slice(0, 50).replace(/-+$/, '');
        const base = /^[a-z]/.test(plain) && plain.length > 1 ? plain : `stelle-${plain}`.replace(/-+$/, '');
        let key = base;
        for (let next = 2; taken.has(key); next += 1) key = `${base}-${next}`;
        taken.add(key);
        return key;
      };
    });
  }
}
