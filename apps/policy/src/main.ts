import { run } from './run';

const write = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(`${text}\n`);

run(process.argv.slice(2), { out: write(process.stdout), err: write(process.stderr) }).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 2;
  },
);
