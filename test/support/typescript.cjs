// Lets a forked process run the TypeScript sources, as jest does for the tests: for the tests that kill a whole app.
// `node --require test/support/typescript.cjs apps/gateway/src/main.ts`
const Module = require('node:module');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const root = join(__dirname, '..', '..');
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const stage = /^#lib\/([a-z-]+)$/.exec(request);
  return resolve.call(this, stage ? join(root, 'libs', stage[1], 'src', 'index.ts') : request, ...rest);
};
for (const ending of ['.ts', '.tsx']) {
  require.extensions[ending] = (module, filename) => {
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      filename,
      sourceMaps: 'inline',
      module: { type: 'commonjs' },
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', tsx: ending === '.tsx', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      },
    });
    module._compile(code, filename);
  };
}
