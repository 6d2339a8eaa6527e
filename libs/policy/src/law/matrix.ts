import { type Condition, type Nameable, readCondition } from './conditions';
import type { Matrix, ObligationText } from './law.schema';
import { type Binding, readBinding } from './obligations';
import type { Variant } from './variants';
import { COLUMN } from '../facts/lists';

/** A cell of the default matrix as the Regelwerk shows it. */
export interface Cell {
  id: string;
  row: string;
  column: string;
  /** as written, e.g. `A3+O` */
  effect: string;
}

interface Read {
  matrix: Matrix;
  known: Nameable;
  chains: ReadonlySet<string>;
  steps: ReadonlySet<string>;
  obligations: ReadonlyMap<string, ObligationText>;
  report: (id: string, text: string) => void;
}

/** Turns the default matrix into variants. Every cell has an id and is cited like a rule (governance §2.3, 2.7.2). */
export function readMatrix({ matrix, known, chains, steps, obligations, report }: Read): {
  variants: Variant[];
  cells: Cell[];
} {
  const variants: Variant[] = [];
  const cells: Cell[] = [];
  const condition = (id: string, written: unknown) => readCondition(written, known, (text) => report(id, text));
  const sets = new Map(
    Object.entries(matrix.sets).map(([name, list]) => [
      name,
      list.map((item) => readBinding(item, obligations, (text) => report(`sets.${name}`, text))),
    ]),
  );
  const named = new Map(
    Object.entries(matrix.conditions).map(([name, { when }]) => [name, condition(`conditions.${name}`, when)]),
  );
  const raised = condition('raise', matrix.raise.when);
  for (const [from, to] of Object.entries(matrix.raise.to)) {
    for (const name of [from, to])
      if (name !== 'PERMIT' && !chains.has(name)) report('raise', `die Kette \`${name}\` gibt es nicht`);
  }
  for (const step of matrix.raise.requires)
    if (!steps.has(step)) report('raise', `den Schritt \`${step}\` gibt es nicht`);
  const columns = new Map(COLUMN.map((name) => [name, condition(`columns.${name}`, matrix.columns[name].when)]));

  const effectOf = (id: string, written: string) => {
    const [base, ...more] = written.split('+') as [string, ...string[]];
    if (base.startsWith('A') && !chains.has(base)) report(id, `die Kette \`${base}\` gibt es nicht`);
    const bindings: Binding[] = [];
    const required: string[] = [];
    for (const name of more) {
      const set = sets.get(name);
      if (set) bindings.push(...set);
      else if (steps.has(name)) required.push(name);
      else report(id, `\`+${name}\` ist weder ein Satz von Auflagen aus \`sets\` noch ein Schritt`);
    }
    return { base, bindings, required };
  };

  for (const row of matrix.rows) {
    const rowWhen = condition(`M:${row.id}`, row.when);
    for (const column of COLUMN) {
      const id = `M:${row.id}:${column}`;
      const written = row.cells[column];
      const when = { all: [rowWhen, columns.get(column)!] };
      const add = (effect: string, and: Condition[]) => {
        const { base, bindings, required } = effectOf(id, effect);
        const variant = (
          base: string,
          and: Condition[],
          chains: string[],
          steps: string[],
          raise: boolean,
        ): Variant => {
          const kind = base === 'FORBID' ? 'FORBID' : 'PERMIT';
          const stem =
            kind === 'FORBID'
              ? matrix.because.forbid
              : chains.some((chain) => chain !== 'A0')
                ? matrix.because.approve
                : matrix.because.permit;
          const text = [stem, ...(raise ? [matrix.because.raised] : [])]
            .join(' ')
            .replaceAll('{row}', row.name)
            .replaceAll('{column}', matrix.columns[column].name);
          const reason = { rule: id, text, source: matrix.source, mark: 'D' as const };
          return {
            id,
            kind,
            when: { all: [when, ...and] },
            chains,
            steps,
            obligations: kind === 'FORBID' ? [] : bindings,
            reason,
          };
        };
        if (base === 'FORBID') {
          variants.push(variant(base, and, [], [], false));
          return;
        }
        const own = base === 'PERMIT' ? [] : [base];
        const to = matrix.raise.to[base];
        variants.push(variant(base, [...and, { not: raised }], own, required, false));
        variants.push(
          variant(base, [...and, raised], to ? [...own, to] : own, [...required, ...matrix.raise.requires], true),
        );
      };
      if (typeof written === 'string') add(written, []);
      else {
        const test = named.get(written.if);
        if (!test) report(id, `die Bedingung \`${written.if}\` steht nicht unter \`conditions\``);
        else {
          add(written.then, [test]);
          add(written.else, [{ not: test }]);
        }
      }
      cells.push({
        id,
        row: row.id,
        column,
        effect: typeof written === 'string' ? written : `${written.then} / ${written.else}`,
      });
    }
  }
  return { variants, cells };
}
