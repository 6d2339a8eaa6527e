// How `npm run check` tells a broken import rule: the rule and what to do instead once, then the imports it is about, a
// few of each. A reporter of dependency-cruiser (`--output-type plugin:`), so that its own exit code counts.
const { forbidden } = require('./dependency-cruiser.cjs');

const SHOWN = 8;
const CIRCLES = 3; // one import closes hundreds of circles: the shortest name it
const remedy = new Map(forbidden.map(({ name, comment }) => [name, comment]));

const way = ({ from, to, cycle }) => [from, ...(cycle ? cycle.map(({ name }) => name) : [to])].join(' → ');
const steps = ({ cycle = [] }) => cycle.length;

module.exports = function report({ summary: { violations, totalCruised, totalDependenciesCruised } }) {
  const byRule = new Map();
  for (const one of violations) byRule.set(one.rule.name, [...(byRule.get(one.rule.name) ?? []), one]);
  const lines = [];
  for (const [name, found] of byRule) {
    const imports = [...new Set(found.toSorted((a, b) => steps(a) - steps(b)).map(way))];
    const shown = found[0].cycle ? CIRCLES : SHOWN;
    lines.push(`✗ ${name} (${imports.length}): ${remedy.get(name) ?? ''}`);
    lines.push(...imports.slice(0, shown).map((line) => `    ${line}`));
    if (imports.length > shown) lines.push(`    … and ${imports.length - shown} more`);
  }
  if (lines.length === 0) lines.push(`✔ ${totalCruised} modules, ${totalDependenciesCruised} imports, no rule broken`);
  return { output: `${lines.join('\n')}\n`, exitCode: violations.length > 0 ? 1 : 0 };
};
