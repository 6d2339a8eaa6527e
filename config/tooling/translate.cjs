// Translates the sources into dist/, only what is newer than its translation, and removes what has no source any more: a
// moved file would go on living there under its old name. A broken file stops the build by name.
const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} = require('node:fs');
const { basename, dirname, join, relative } = require('node:path');

const ROOTS = ['apps', 'libs', 'test/journeys', 'test/bench', 'test/support'];
const SOURCE = /(?<!\.spec)(?<!\.d)(?<!\.read-back)\.tsx?$/;

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* sources(join(folder, entry.name));
    else if (SOURCE.test(entry.name)) yield join(folder, entry.name);
  }
}

const changedAt = (path) => {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
};

function removeOrphans(root, folder) {
  if (!existsSync(join(root, 'dist', folder))) return;
  for (const path of readdirSync(join(root, 'dist', folder), { recursive: true, encoding: 'utf8' })) {
    if (!/\.js(?:\.map)?$/.test(path)) continue;
    const source = join(root, folder, path.replace(/\.js(?:\.map)?$/, ''));
    const orphan = !['.ts', '.tsx'].some((ending) => existsSync(source + ending) && SOURCE.test(source + ending));
    if (orphan) rmSync(join(root, 'dist', folder, path), { force: true });
  }
}

async function translate(root) {
  const options = require('./swc.cjs');
  const rules = Math.max(changedAt(join(root, 'package-lock.json')), changedAt(join(__dirname, 'swc.cjs')));
  const due = [];
  for (const one of ROOTS) {
    removeOrphans(root, one);
    for (const source of sources(join(root, one))) {
      const target = join(root, 'dist', relative(root, source)).replace(/\.tsx?$/, '.js');
      if (changedAt(target) < Math.max(changedAt(source), rules)) due.push({ source, target });
    }
  }
  if (due.length === 0) return;
  const { transform } = require('@swc/core');
  for (let at = 0; at < due.length; at += 16) {
    await Promise.all(
      due.slice(at, at + 16).map(async ({ source, target }) => {
        const before = new Date();
        const { code, map } = await transform(readFileSync(source, 'utf8'), {
          ...options,
          filename: source,
          sourceMaps: true,
          swcrc: false,
          configFile: false,
        });
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(`${target}.map`, map);
        // a second start in the same checkout, or a break in the middle, must not meet half a file
        const half = `${target}.${process.pid}`;
        writeFileSync(half, `${code}\n//# sourceMappingURL=${basename(target)}.map\n`);
        // the time before reading: a source saved meanwhile is newer
        utimesSync(half, before, before);
        renameSync(half, target);
      }),
    );
  }
}

translate(join(__dirname, '../..')).catch((error) => {
  console.error(`\n${error.message ?? error}`);
  process.exitCode = 1;
});
