import { parse, type Tx } from '#lib/kernel';
import { RulesetVersion, type SourceText } from '#lib/law';
import type { Actor } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import { parseDocument, stringify } from 'yaml';
import { RulesetDrafts } from '../drafts.service';
import { rulebookProblems as problems } from '../rulebook.problems';
import type { Moved } from '../ruleset.view';
import { rulebookUseCases } from '../ruleset.use-cases';
import type { ShownCase } from './proof.view';
import { Proofs } from './proofs.service';

const FILE = 'cases/counter-examples.yaml';

/** Keeps what breaks a principle as a case of the draft, so that it is tried from then on. */
@Injectable()
export class CounterExamples {
  constructor(
    private readonly proofs: Proofs,
    private readonly drafts: RulesetDrafts,
  ) {}

  /**
   * Writes the counter-example of a principle into the cases of a draft, as it is decided now: when the rule is mended the case
   * asks for its answer. One that is there already stays as it is. Throws `ruleset_no_counterexample`, and what `change` throws.
   */
  async keep(tx: Tx, actor: Actor, id: string, input: unknown): Promise<Moved> {
    const { principle, revision } = parse(rulebookUseCases.keepCase.input, input);
    const { report } = await this.proofs.view(tx, actor, id);
    const found = report?.principles.find((one) => one.id === principle)?.counterexample;
    if (!found) throw problems.ruleset_no_counterexample();
    const { title, reason, sources } = await tx.em.findOneByOrFail(RulesetVersion, { id });
    return this.drafts.change(tx, actor, id, { title, reason, revision, files: [withCases(sources, found.cases)] });
  }
}

/** The file of counter-examples with these among its cases; one of the same name stays as it is. */
export function withCases(sources: readonly SourceText[], cases: readonly ShownCase[]): SourceText {
  const text = sources.find(({ file }) => file === FILE)?.text ?? '';
  const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  const there = (parseDocument(before).toJS() as { case?: string }[] | null) ?? [];
  const more = cases.filter(({ name }) => !there.some((one) => one.case === name));
  return { file: FILE, text: more.length > 0 ? before + stringify(more.map(({ written }) => written)) : before };
}
