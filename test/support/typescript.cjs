// Lets a forked process run the TypeScript sources, as jest does for the tests: for the tests that kill a whole app.
// `node --require test/support/typescript.cjs apps/gateway/src/main.ts`
const Module = require('node:module');
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..', '..');
// another translator, or other settings of it below, another result
const translator = `${require('@swc/core/package.json').version}\0${readFileSync(__filename, 'utf8')}`;
// as tsconfig.json says, which jest and the compiler read too
const { paths } = require('../../tsconfig.json').compilerOptions;
const aliases = Object.entries(paths).map(([alias, [path]]) => {
  const [before, after = ''] = alias.split('*');
  return (request) =>
    request.startsWith(before) && request.endsWith(after) && (alias.includes('*') || request === alias)
      ? join(root, path.replace('*', request.slice(before.length)))
      : null;
});
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const own = request.startsWith('#') ? aliases.map((alias) => alias(request)).find(Boolean) : null;
  return resolve.call(this, own ?? request, ...rest);
};

/** Kept beside other tools' caches: a test run forks hundreds of processes, and each would translate the same files. */
const kept = join(root, 'node_modules/.cache/forked');
mkdirSync(kept, { recursive: true });

function translated(filename, tsx) {
  const text = readFileSync(filename, 'utf8');
  const file = join(kept, `${createHash('sha256').update(`${translator}\0${filename}\0${text}`).digest('hex')}.js`);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // not there yet
  }
  const { code } = require('@swc/core').transformSync(text, {
    filename,
    sourceMaps: 'inline',
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', tsx, decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
  });
  // whole or not at all: another process may read it now, and this one may be killed
  const half = `${file}.${process.pid}`;
  writeFileSync(half, code);
  renameSync(half, file);
  return code;
}

for (const ending of ['.ts', '.tsx'])
  require.extensions[ending] = (module, filename) => module._compile(translated(filename, ending === '.tsx'), filename);
