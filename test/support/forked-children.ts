import { join } from 'node:path';

// what the product forks runs the TypeScript sources, as the test does; the product hands on Node's flags and knows no more
process.execArgv = [...process.execArgv, '--require', join(__dirname, 'typescript.cjs')];
