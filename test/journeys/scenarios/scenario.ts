import { evidenceOf } from '../../support/evidence';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Signed } from '../city';
import { stringify } from '../csv-text';
import { type Publication, publish, type Published } from '../publish';
import type { Seen } from '../report';
import { type Agreement, chainOf, outcomeWith, type Receipt, type Story, whyOf } from '../story';
import { type Parties, walk, type WalkOptions } from './desks';
import { officeOf, personOf, type UnitKey } from './offices';

/** A scenario of the role concept (§8), told once. */
export interface Script {
  name: string;
  run(scenario: Scenario): Promise<void>;
}

export interface Given extends Pick<
  Publication,
  'governance' | 'statistics' | 'classes' | 'masked' | 'types' | 'listedIn'
> {
  title: string;
  columns: string[];
  rows: number;
  cell(row: number): (string | number)[];
}
type More = Record<string, unknown>;

/** What the law asks for or allows and the program can not carry out yet, in the words of the refusal. */
export const NOT_YET = {
  TABLE: 'zusammengefasste Tabelle',
  MAP: 'zusammengefasste Karte',
  SDC: 'Statistische Geheimhaltung',
  ANONYMISE: 'Sofort anonymisieren',
  BLOCKS: 'Gesperrte Personen weglassen',
} as const;
type Missing = (typeof NOT_YET)[keyof typeof NOT_YET];

/** The sentences of a scenario: an office gives, asks, is refused; the chain decides; the gate answers. */
export class Scenario {
  constructor(readonly story: Story) {}

  as = (unit: UnitKey): Promise<Signed> => this.story.city.as(personOf(unit, 'requester'));

  /** Publishes a small table that is invented, and says so. */
  async publishes(unit: UnitKey, { title, columns, rows, cell, ...rest }: Given): Promise<Published> {
    return this.story.report.step(`veröffentlicht „${title}“`, officeOf(unit).name, 'anfragbar', async () => {
      const table = {
        file: join(this.story.folder, `${unit}-${title.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.csv`),
        header: columns,
        rows: Array.from({ length: rows }, (_, at) => cell(at).map(String)),
        origin: 'synthetisch',
      };
      writeFileSync(table.file, stringify([columns, ...table.rows], ';'));
      const people = { steward: personOf(unit, 'steward'), owner: personOf(unit, 'owner') };
      const gives = await publish(this.story.city, {
        ...people,
        ...rest,
        table,
        unit,
        title,
        summary: `${title}, erfundene Daten.`,
      });
      return { outcome: 'anfragbar', evidence: `${rows} Zeilen, synthetisch`, gives };
    });
  }

  /** Documents of these kinds, uploaded by the asking unit: for `evidenceFiles` of its form. */
  async evidence(unit: UnitKey, kinds: readonly string[], more: { validUntil?: string } = {}): Promise<string[]> {
    return evidenceOf(await this.as(unit), await this.story.city.unit(unit), kinds, more);
  }

  /** Asks; `expected` names outcome, obligations and chain: `APPROVAL mit O-SDC(WAERME): REQ_HEAD → OWNER`. */
  async asks(unit: UnitKey, step: string, expected: string, product: Published, more: More): Promise<Receipt> {
    return this.story.report.step(step, officeOf(unit).name, expected, async () => {
      const gives = await this.story.ask(await this.as(unit), unit, product, more);
      const chain = gives.decision.stages ? `: ${chainOf(gives.decision)}` : '';
      const looked = [...expected.matchAll(/\bO-[A-Z]+/g)].map(([id]) => id);
      return { outcome: `${outcomeWith(gives.decision, looked)}${chain}`, evidence: whyOf(gives.decision), gives };
    });
  }

  /** Asks for what must not be given: refused by the named rules, and the refusal stays on record with its reasons. */
  async isRefused(
    unit: UnitKey,
    step: string,
    rules: readonly string[],
    product: Published,
    more: More,
  ): Promise<void> {
    const expected = `FORBID durch ${rules.join(', ')}, bleibt mit Grund in den Akten`;
    await this.story.report.step(step, officeOf(unit).name, expected, async () => {
      const who = await this.as(unit);
      const { id } = await this.story.ask(who, unit, product, more);
      const { state, decision } = await who.must<Receipt>('GET', `/v1/requests/${id}`);
      const by = rules.filter((rule) => decision.rules.includes(rule));
      const kept = state === 'REFUSED' && decision.because.length > 0;
      return {
        outcome: `${decision.outcome} durch ${by.join(', ')}, ${kept ? 'bleibt mit Grund in den Akten' : state}`,
        evidence: whyOf(decision),
      };
    });
  }

  /**
   * Asks for what the law allows and the program can not carry out yet: refused at once, before any desk or agreement, with
   * what is missing. It comes with the forms and the disclosure control; then this sentence fails, and the story goes on.
   */
  async mustWait(
    unit: UnitKey,
    step: string,
    missing: readonly Missing[],
    product: Published,
    more: More,
  ): Promise<string> {
    const expected = `FORBID, noch nicht umsetzbar: ${missing.join(', ')}`;
    return this.story.report.step(step, officeOf(unit).name, expected, async () => {
      const { decision } = await this.story.ask(await this.as(unit), unit, product, more);
      const reasons = decision.because.filter(({ code }) => code === 'not_enforceable_yet').map(({ text }) => text);
      const named = missing.filter((one) => reasons.some((text) => text.includes(`„${one}“`)));
      const outcome = `${decision.outcome}, noch nicht umsetzbar: ${named.join(', ')}`;
      return { outcome, evidence: reasons.join(' '), gives: reasons.join(' ') };
    });
  }

  /** Every desk of the chain decides. */
  async isApproved(
    parties: Parties,
    chain: string,
    receipt: Receipt,
    step = 'entscheiden nacheinander, jede Stelle für sich',
    options: WalkOptions = {},
  ): Promise<void> {
    await this.story.report.step(step, 'alle Stellen der Kette', `${chain}, dann APPROVED`, async () => ({
      outcome: await walk(this.story, parties, receipt, options),
      evidence: receipt.number,
    }));
  }

  /** The receiving side confirms and fetches: `expected` is `VERMERK: 40 Zeilen`, or why nothing leaves. */
  async receives(unit: UnitKey, step: string, expected: string, receipt: Receipt): Promise<Agreement> {
    return this.story.report.step(step, officeOf(unit).name, expected, async () => {
      const who = await this.as(unit);
      const { signer } = officeOf(unit);
      const gives = await this.story.confirm(signer ? await this.story.city.as(signer) : who, receipt.id);
      const { outcome, evidence } = await atTheGate(who, gives);
      return { outcome: `${gives.instrument}: ${outcome}`, evidence, gives };
    });
  }
}

/** What the gate answers: rows, or why nothing leaves. */
export async function atTheGate(who: Signed, { id }: Pick<Agreement, 'id'>): Promise<Seen> {
  const response = await who.receive(id, 'csv');
  const text = await response.text();
  if (response.status === 200)
    return { outcome: `${text.trimEnd().split('\n').length - 1} Zeilen`, evidence: text.split('\n')[0]! };
  const { code, because = [] } = JSON.parse(text) as { code: string; because?: string[] };
  return { outcome: `nichts: ${because.join(' ')}`, evidence: `${response.status} ${code}` };
}
