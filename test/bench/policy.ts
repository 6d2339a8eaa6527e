import { decide } from '../../libs/policy/src';
import { evaluateFacts } from '../../libs/policy/src/facts/fact-model';
import { law } from '../support/law';
import { agreedPart, byCasl } from './policy/by-casl';
import { decideByHand } from './policy/by-hand';
import { casbin } from './policy/casbin';
import { cedar } from './policy/cedar';
import { someInputs } from './policy/inputs';

/** Ratios are ours over theirs, in decisions per second, in one process, one after the other in turns. */
export interface PolicyResult {
  name: 'policy';
  ratios: { handwritten: number; casbin: number; cedar: number };
  /** decisions per second of processor time, best turn */
  speed: { ours: number; handwritten: number; casbin: number; cedar: number };
  rules: number;
  /** inputs on which engine, CASL's own matcher and the hand-written code said the same: outcome, rules, obligations with parameters, steps */
  agreed: number;
  of: number;
  node: string;
}

const ROUNDS = 5;
const TURN_MS = 600;
const AGREEMENT = 100_000;

/** Our decide with record, reasons, obligations and chain, against straight-line code and two policy engines. */
export async function run(): Promise<PolicyResult> {
  const ruleset = law();
  const lists = {
    purposes: new Set(ruleset.purposes.map(({ code }) => code)),
    legalBases: new Set(ruleset.legalBases.map(({ code }) => code)),
  };
  const inputs = someInputs(2_000, 7, ruleset);
  const views = inputs.map((facts) => evaluateFacts(facts, ruleset.engine.law.codes));

  const agreed = agreement(AGREEMENT);
  const byCasbin = await casbin(ruleset.engine.variants);
  const byCedar = cedar(ruleset.engine.variants);
  const everything = ruleset.engine.ability(new Map());
  for (const [at, view] of views.slice(0, 200).entries()) {
    const open = everything.can('use', view);
    const asked = !open
      ? []
      : everything
          .rulesFor('add', 'Exchange')
          .filter((rule) => rule.matchesConditions(view))
          .map((rule) => (rule.origin as { variant?: number }).variant!)
          .sort((a, b) => a - b);
    const [one, other] = [await byCasbin(view), byCedar(view)];
    if (one.open !== open || one.asked !== asked.length > 0) throw new Error(`casbin decides input ${at} otherwise`);
    if (other.open !== open || other.asked.join() !== asked.join())
      throw new Error(`cedar decides input ${at} otherwise`);
  }

  // once through, so that no turn pays for compiling
  for (const facts of inputs) decide(ruleset, facts);
  const speed = { ours: 0, handwritten: 0, casbin: 0, cedar: 0 };
  let kept = 0;
  for (let round = 0; round < ROUNDS; round++) {
    speed.ours = Math.max(
      speed.ours,
      await turn((at) => void (kept += decide(ruleset, inputs[at % inputs.length]!).rules.length)),
    );
    speed.handwritten = Math.max(
      speed.handwritten,
      await turn((at) => void (kept += decideByHand(inputs[at % inputs.length]!, lists).rules.length)),
    );
    speed.casbin = Math.max(speed.casbin, await turn((at) => byCasbin(views[at % views.length]!), 1));
    speed.cedar = Math.max(
      speed.cedar,
      await turn((at) => void (kept += byCedar(views[at % views.length]!).open ? 1 : 0), 1),
    );
  }
  if (kept === 0) throw new Error('nothing was decided');
  const ratio = (other: number) => Number((speed.ours / other).toPrecision(3));
  return {
    name: 'policy',
    ratios: { handwritten: ratio(speed.handwritten), casbin: ratio(speed.casbin), cedar: ratio(speed.cedar) },
    speed: {
      ours: Math.round(speed.ours),
      handwritten: Math.round(speed.handwritten),
      casbin: Math.round(speed.casbin),
      cedar: Math.round(speed.cedar),
    },
    rules: ruleset.rules.length,
    agreed,
    of: AGREEMENT,
    node: process.version,
  };

  /** The references must say the same, or their speed means nothing. */
  function agreement(count: number): number {
    const slowly = byCasl(ruleset);
    for (let done = 0; done < count; done += 10_000) {
      for (const facts of someInputs(10_000, 1_000 + done, ruleset)) {
        const ours = JSON.stringify(agreedPart(decide(ruleset, facts)));
        for (const theirs of [slowly(facts), decideByHand(facts, lists)])
          if (ours !== JSON.stringify(theirs))
            throw new Error(
              `we and the reference differ: ${ours} ${JSON.stringify(theirs)} on ${JSON.stringify(facts)}`,
            );
      }
    }
    return count;
  }
}

/**
 * Decisions per second of processor time in one turn: other programs on the machine slow all four alike, but not at
 * the same moment. Collecting garbage counts.
 */
async function turn(work: (at: number) => void | Promise<unknown>, batch = 200): Promise<number> {
  const end = Date.now() + TURN_MS;
  const before = process.cpuUsage();
  let count = 0;
  while (Date.now() < end) {
    for (let i = 0; i < batch; i++, count++) {
      const pending = work(count);
      if (pending) await pending;
    }
  }
  const { user, system } = process.cpuUsage(before);
  return (count * 1e6) / (user + system);
}
