import type { Role, Ruleset } from '#lib/policy';
import type { ReadLaw } from './law-folder';

interface Stage {
  rank: number;
  steps: { name: string; role: string; consult: boolean; sometimes: boolean; days: number }[];
}
interface Drawn {
  roles: readonly Role[];
  chains: { id: string; name: string; stages: Stage[] }[];
}

const LEVELS: Record<string, string> = { S: 'strategisch', T: 'taktisch', O: 'operativ' };

/** Roles and chains as a Mermaid flowchart: text that many viewers draw. */
export function mermaid(law: ReadLaw): string {
  const { roles, chains } = drawn(law);
  const quoted = (text: string): string => `"${text.replaceAll('"', '#quot;')}"`;
  const lines = ['flowchart LR'];
  for (const [level, name] of Object.entries(LEVELS)) {
    lines.push(`  subgraph rollen_${level}[${quoted(`Rollen, ${name}`)}]`);
    for (const role of roles.filter((one) => one.level === level))
      lines.push(`    R_${role.code}[${quoted(`${role.name} (${role.code})`)}]`);
    lines.push('  end');
  }
  for (const { id, name, stages } of chains) {
    lines.push(`  subgraph ${id}[${quoted(`${id}: ${name}`)}]`, '    direction LR');
    const nodes = stages.map((stage, at) => stage.steps.map((_, side) => `${id}_${at}_${side}`));
    if (stages.length === 0) lines.push(`    ${id}_ohne([${quoted('ohne Freigabe')}])`);
    stages.forEach((stage, at) =>
      stage.steps.forEach((step, side) => {
        const text = quoted(textOf(step));
        lines.push(`    ${nodes[at]![side]}${step.consult ? `([${text}])` : `[${text}]`}`);
      }),
    );
    for (let at = 1; at < nodes.length; at++)
      lines.push(`    ${nodes[at - 1]!.join(' & ')} --> ${nodes[at]!.join(' & ')}`);
    lines.push('  end');
  }
  return lines.join('\n');
}

const [BOX, GAP, LINE, LEFT] = [190, 26, 78, 24];
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The same as a picture: one row per chain, from left to right; dashed is an opinion, side by side stands below. */
export function svg(law: ReadLaw): string {
  const { roles, chains } = drawn(law);
  const parts: string[] = [];
  const text = (x: number, y: number, words: string, size = 13, weight = 'normal') =>
    parts.push(`<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}">${escaped(words)}</text>`);
  let y = 40;
  text(LEFT, y, 'Freigabeketten', 20, 'bold');
  for (const { id, name, stages } of chains) {
    y += 40;
    text(LEFT, y, `${id}: ${name}`, 15, 'bold');
    const height = Math.max(1, ...stages.map(({ steps }) => steps.length)) * LINE;
    if (stages.length === 0) text(LEFT, y + 28, 'ohne Freigabe; die datenverantwortliche Stelle wird informiert');
    stages.forEach(({ steps }, at) => {
      const x = LEFT + at * (BOX + GAP);
      if (at > 0)
        parts.push(
          `<path d="M ${x - GAP + 3} ${y + 36} H ${x - 4}" stroke="#1c3f6e" stroke-width="2" marker-end="url(#pfeil)"/>`,
        );
      steps.forEach((step, side) => {
        const top = y + 12 + side * LINE;
        parts.push(
          `<rect x="${x}" y="${top}" width="${BOX}" height="${LINE - 10}" rx="6" fill="#fff" stroke="#1c3f6e"${step.consult ? ' stroke-dasharray="5 4"' : ''}><title>${escaped(textOf(step))}</title></rect>`,
        );
        wrapped(step.name, 28).forEach((words, row) => text(x + 8, top + 19 + row * 16, words, 12));
        text(
          x + 8,
          top + LINE - 20,
          `${step.consult ? 'Stellungnahme' : 'Entscheidung'}, ${step.days} Tage${step.sometimes ? ', falls nötig' : ''}`,
          11,
        );
      });
    });
    y += height + 12;
  }
  y += 50;
  text(LEFT, y, 'Rollen', 20, 'bold');
  const top = y;
  Object.entries(LEVELS).forEach(([level, name], column) => {
    const x = LEFT + column * 2 * (BOX + GAP);
    let row = top + 28;
    text(x, row, name, 15, 'bold');
    for (const role of roles.filter((one) => one.level === level))
      text(x + 12, (row += 20), `${role.name} (${role.code})`);
    y = Math.max(y, row);
  });
  const width = LEFT * 2 + Math.max(...chains.map(({ stages }) => stages.length), 6) * (BOX + GAP);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y + 40}" viewBox="0 0 ${width} ${y + 40}" font-family="sans-serif" role="img" lang="de">`,
    '<title>Rollen und Freigabeketten</title>',
    '<desc>Jede Kette steht in einer Zeile, die Schritte der Reihe nach von links nach rechts. Gestrichelt: Stellungnahme.</desc>',
    '<defs><marker id="pfeil" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M 0 0 L 10 5 L 0 10 z" fill="#1c3f6e"/></marker></defs>',
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...parts,
    '</svg>',
  ].join('\n');
}

/** Lines of whole words, so that nothing is cut off. */
function wrapped(text: string, length: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= length) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const textOf = ({ name, role, consult, sometimes, days }: Stage['steps'][number]): string =>
  `${name} (${role}), ${consult ? 'Stellungnahme' : 'Entscheidung'}, ${days} Arbeitstage${sometimes ? ', falls nötig' : ''}`;

function drawn({ ruleset }: ReadLaw): Drawn {
  return {
    roles: ruleset.roles.all,
    chains: ruleset.chains.map(({ id, name, steps }) => ({ id, name, stages: stagesOf(ruleset, steps) })),
  };
}

function stagesOf(ruleset: Ruleset, written: Ruleset['chains'][number]['steps']): Stage[] {
  const stages = new Map<number, Stage>();
  for (const entry of written) {
    const id = typeof entry === 'string' ? entry : entry.step;
    const step = ruleset.steps.find((one) => one.id === id)!;
    const stage = stages.get(step.rank) ?? { rank: step.rank, steps: [] };
    stage.steps.push({
      name: step.name,
      role: step.role,
      consult: step.kind === 'CONSULT',
      sometimes: typeof entry !== 'string',
      days: step.workingDays,
    });
    stages.set(step.rank, stage);
  }
  return [...stages.values()].sort((a, b) => a.rank - b.rank);
}
