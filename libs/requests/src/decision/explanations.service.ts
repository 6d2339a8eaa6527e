import { type Tx, UnitOfWork } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import { type Actor, permits, type RoleCatalogue } from '#lib/organisation';
import { type Considered, explain, type Facts, MODEL, type Ruleset, valueAt } from '#lib/policy';
import { inWords, Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import type { AccessRequest } from '../request/access-request.entity';
import { outcomeName, OUTCOME_SUMMARY } from '../form/labels';
import { Replays } from '../feedback/replay.service';
import { requestProblems } from '../requests.problems';
import { RequestRepository } from '../request/requests.repository';
import type { StoredDecision } from './stored-decision.entity';
import { TELLS_OF_ANOTHER, type VisibleReasons, ReasonRedaction } from './reason-redaction';
import type { DecisionExplained, Depth } from './explanation.view';

const EFFECT_NAME: Record<Considered['effect'], string> = {
  PERMIT: 'erlaubt',
  FORBID: 'verbietet',
  TIGHTEN: 'verlangt mehr',
  NOTE: 'gibt einen Hinweis',
};

/** One stored decision, explained to this reader as deep as the reader's work needs, and no deeper. */
@Injectable()
export class Explanations {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly requests: RequestRepository,
    private readonly rulebook: Rulebook,
    private readonly replays: Replays,
    private readonly redaction: ReasonRedaction,
    private readonly laws: LawInForce,
  ) {}

  /** The decision in force of a request, or one of its decisions. Throws `request_not_found`, `decision_not_found`. */
  of(actor: Actor, requestId: string, decisionId?: string): Promise<DecisionExplained> {
    return this.uow.read(actor.acting, async (tx) => {
      const request = await this.requests.find(tx, requestId);
      const all = await this.requests.decisions(tx, requestId);
      const stored =
        all.find(({ id }) => id === (decisionId ?? request.decisionId)) ?? (decisionId ? undefined : all.at(-1));
      if (!stored) throw requestProblems.decision_not_found();
      return this.explained(tx, actor, request, stored);
    });
  }

  private async explained(
    tx: Tx,
    actor: Actor,
    request: AccessRequest,
    stored: StoredDecision,
  ): Promise<DecisionExplained> {
    const depth = this.depthFor(actor, request, await this.laws.roles(tx));
    const { ruleset: now } = await this.rulebook.inForce(tx);
    const visible = await this.redaction.of(tx, now, stored);
    const { outcome, facts, obligations, decidedAt } = stored;
    const clerk: DecisionExplained = {
      depth,
      requestId: request.id,
      number: request.number,
      decisionId: stored.id,
      decidedAt: decidedAt.toISOString(),
      outcome,
      outcomeName: outcomeName(now, outcome),
      summary: OUTCOME_SUMMARY[outcome],
      afterwards: afterwards(request),
      because: visible.because.map(({ text }) => text),
      toDo: toDo(request, outcome),
    };
    if (depth === 'CLERK') return clerk;
    const replay = depth === 'AUDITOR' ? (await this.replays.look(tx, stored.id)).result : undefined;
    // the law of then explains; where it can not be read any more, the replay says so
    const law =
      replay?.version === null ? now : (await this.rulebook.lawOfThen(tx, stored.rulesetHash, decidedAt)).ruleset;
    const { considered, seen } = explain(law, facts);
    const owner: DecisionExplained = {
      ...clerk,
      rules: visible.because
        .filter(({ rule }) => rule !== '')
        .map(({ rule, text, source, mark }) => ({ id: rule, text, source, markName: law.label('mark', mark) })),
      obligations: obligations.map((one) => ({ id: one.id, ...law.obligationInWords(one) })),
      facts: factsInWords(law, facts, seen, visible),
    };
    if (depth === 'OWNER') return owner;
    return {
      ...owner,
      considered: considered.filter(({ rule }) => !visible.withheld.has(rule)).map((one) => inGerman(law, one)),
      snapshot:
        visible.withheld.size > 0 ? { ...facts, product: { ...facts.product, aggregateAlternative: false } } : facts,
      factsSha256: stored.factsSha256,
      rulesetHash: stored.rulesetHash,
      replay,
    };
  }

  /** Who checks sees everything, who answers for the data the rules and facts, everybody else what concerns them. */
  private depthFor(actor: Actor, { providerUnitId }: AccessRequest, roles: RoleCatalogue): Depth {
    if (permits(actor, 'audit.read')) return 'AUDITOR';
    const answers = actor.appointments.some(
      ({ role, unitId }) => unitId === providerUnitId && (role === 'STEWARD' || roles.isAccountable(role)),
    );
    return answers || (actor.acting.citywide && permits(actor, 'task.decide')) ? 'OWNER' : 'CLERK';
  }
}

function toDo({ state, refusal }: AccessRequest, outcome: StoredDecision['outcome']): string[] {
  if (state === 'QUESTION') return ['Beantworten Sie die Rückfrage. Vorher entscheidet niemand.'];
  if (state === 'IN_REVIEW') return ['Warten Sie die Entscheidung der genannten Stellen ab. Sie bekommen Nachricht.'];
  if (state === 'PERMITTED' || state === 'APPROVED')
    return ['Lesen und bestätigen Sie die Vereinbarung. Danach können Sie die Daten abrufen.'];
  if (state === 'REFUSED' && outcome === 'FORBID') {
    return [
      'Nehmen Sie den Antrag als Vorlage für einen neuen.',
      'Drücken Sie dort „Vorprüfung“: Sie zeigt, mit welchen kleinen Änderungen es ginge.',
    ];
  }
  if (state === 'REFUSED')
    return [
      refusal?.text
        ? 'Lesen Sie die Begründung der ablehnenden Stelle.'
        : 'Fragen Sie die ablehnende Stelle nach ihren Gründen.',
      'Sie können einen geänderten Antrag stellen.',
    ];
  return ['Stellen Sie einen neuen Antrag, wenn Sie die Daten noch brauchen.'];
}

function afterwards({ state, refusal }: AccessRequest): string | null {
  if (state === 'APPROVED') return 'Alle nötigen Stellen haben danach zugestimmt.';
  if (state === 'REFUSED' && refusal?.by !== 'RULES') return 'Eine zuständige Stelle hat den Antrag danach abgelehnt.';
  return state === 'WITHDRAWN' ? 'Die anfragende Stelle hat den Antrag danach zurückgezogen.' : null;
}

/** What nobody said is read strictly by the rules; as a fact of the case it would mislead. */
const unsaid = (facts: Facts): ReadonlySet<string> =>
  new Set([
    ...MODEL.answers
      .filter(({ path, absent }) => absent && valueAt(facts, path) === undefined)
      .map(({ name }) => `calc.${name}`),
    ...(facts.emergency === undefined ? ['calc.emergency', 'calc.danger'] : []),
  ]);

/** `Zweck`, `Klima und Umwelt`. What says nothing (an empty list, a no) is left out: its absence means no. */
function factsInWords(
  ruleset: Ruleset,
  facts: Facts,
  seen: readonly { path: string; value: unknown }[],
  { withheld }: VisibleReasons,
): { name: string; value: string }[] {
  const silent = unsaid(facts);
  return seen
    .filter(
      ({ path, value }) =>
        !silent.has(path) &&
        value !== false &&
        value !== null &&
        value !== undefined &&
        value !== 0 &&
        !(Array.isArray(value) && value.length === 0) &&
        !(withheld.size > 0 && path === TELLS_OF_ANOTHER),
    )
    .map(({ path, value }) => {
      const name = ruleset.vocabulary.facts[path] ?? path;
      const said = inWords(ruleset, { [path]: Array.isArray(value) ? { all: value } : { eq: value } });
      return { name, value: said.startsWith(`${name}: `) ? said.slice(name.length + 2) : said };
    });
}

function inGerman(
  ruleset: Ruleset,
  { rule, effect, matched, reason, unmet }: Considered,
): NonNullable<DecisionExplained['considered']>[number] {
  return {
    id: rule,
    effectName: EFFECT_NAME[effect],
    matched,
    text: reason.text,
    source: reason.source,
    unmet: unmet.map(({ path, op, value, negated }) =>
      inWords(ruleset, negated ? { not: { [path]: { [op]: value } } } : { [path]: { [op]: value } }),
    ),
  };
}
