import { taskStates } from '#lib/approvals';
import { productStates } from '#lib/catalogue';
import type { Touched, UnitChangePreview } from '#lib/reorganisation';
import { LawQueries } from '#lib/law';
import type { Actor } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import { CONTRACT_KIND_NAME, UNIT_KIND_NAME } from '../../../layout/words';

type Source = UnitChangePreview['sources'][number];

/** The preview names roles, states and kinds by their codes; people read words. Titles and names stay as they are. */
@Injectable()
export class ChangeWords {
  constructor(private readonly laws: LawQueries) {}

  async inWords(actor: Actor, preview: UnitChangePreview): Promise<UnitChangePreview> {
    const roles = Object.fromEntries((await this.laws.roles(actor)).all.map(({ code, name }) => [code, name]));
    const note =
      (words: Record<string, string>) =>
      (one: Touched): Touched => ({ ...one, note: spelled(one.note, words) });
    const name =
      (words: Record<string, string>) =>
      (one: Touched): Touched => ({ ...one, name: spelled(one.name, words) });
    const sources = preview.sources.map((source): Source => ({
      ...source,
      products: each(source.products, note(productStates.label)),
      tasks: each(source.tasks, (one) => name(roles)(note(taskStates.label)(one))),
      appointments: each(source.appointments, note(roles)),
      contracts: each(source.contracts, name(CONTRACT_KIND_NAME)),
      departments: each(source.departments, note(UNIT_KIND_NAME)),
    }));
    const targets = preview.targets.map((target) => ({
      ...target,
      roles: target.roles.map((role) => ({ ...role, roleCode: roles[role.roleCode] ?? role.roleCode })),
    }));
    return { ...preview, sources, targets };
  }
}

const each = ({ count, items }: Source['products'], change: (one: Touched) => Touched): Source['products'] => ({
  count,
  items: items.map(change),
});

const spelled = (text: string, words: Record<string, string>): string =>
  text.replace(/\b[A-Z][A-Z_]+\b/, (code) => words[code] ?? code);
