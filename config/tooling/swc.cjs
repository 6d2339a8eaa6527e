// How swc translates our TypeScript: the same for the build behind `npm start` and for the tests. Types are checked
// by tsc in `npm test`; to translate without checking takes two seconds instead of half a minute.
module.exports = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', tsx: true, decorators: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      useDefineForClassFields: false,
      react: { runtime: 'automatic' },
    },
  },
  module: { type: 'commonjs' },
};
