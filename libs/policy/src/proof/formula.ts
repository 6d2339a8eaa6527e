/**
 * A propositional formula of one `Formulas`: a number that names a node, negative for its negation. Equal formulas are
 * equal numbers.
 */
export type Formula = number;
export const TRUE: Formula = 1;
export const FALSE: Formula = -1;

/** What a node is: a variable with its name, or the conjunction of other formulas. */
type Node = string | readonly Formula[];

/**
 * Formulas made of variables, `and` and negation, each part kept once (hash-consed). Everything else is written with these
 * two. Source: and-inverter graphs, Kuehlmann et al., "Robust Boolean Reasoning for Equivalence Checking" (IEEE TCAD 2002),
 * here with conjunctions of any number.
 */
export class Formulas {
  /** node 1 is true: the conjunction of nothing */
  private readonly nodes: Node[] = ['', []];
  private readonly known = new Map<string, Formula>();

  variable(name: string): Formula {
    return this.node(`x${name}`, name);
  }

  and(...parts: readonly Formula[]): Formula {
    const kept = [...new Set(parts)].filter((part) => part !== TRUE).sort((a, b) => a - b);
    if (kept.some((part) => part === FALSE || (part < 0 && kept.includes(-part)))) return FALSE;
    if (kept.length === 0) return TRUE;
    return kept.length === 1 ? kept[0]! : this.node(kept.join(), kept);
  }

  or(...parts: readonly Formula[]): Formula {
    return -this.and(...parts.map((part) => -part));
  }

  implies(a: Formula, b: Formula): Formula {
    return this.or(-a, b);
  }

  same(a: Formula, b: Formula): Formula {
    return this.and(this.implies(a, b), this.implies(b, a));
  }

  /** What the node of a formula is, whatever its sign. */
  nodeOf(formula: Formula): Node {
    return this.nodes[Math.abs(formula)]!;
  }

  /**
   * The truth of formulas under up to 32 assignments at once, one bit each. `value`: under which of them a variable holds.
   */
  reader(value: (variable: string) => number): (formula: Formula) => number {
    const truth: number[] = [0];
    return (formula) => {
      // parts have smaller numbers than what is made of them; new ones may have come since
      for (let at = truth.length; at < this.nodes.length; at++) {
        const node = this.nodes[at]!;
        let all = -1;
        if (typeof node === 'string') all = value(node);
        else for (let i = 0; i < node.length; i++) all &= node[i]! > 0 ? truth[node[i]!]! : ~truth[-node[i]!]!;
        truth.push(all);
      }
      return formula > 0 ? truth[formula]! : ~truth[-formula]!;
    };
  }

  private node(key: string, node: Node): Formula {
    let found = this.known.get(key);
    if (found === undefined) {
      found = this.nodes.push(node) - 1;
      this.known.set(key, found);
    }
    return found;
  }
}
