import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { CheckFault, readVkey, verifyLog, verifyTlogProof } from '#proof';
import { sentencesOf } from './sentences';
import { openSource, SourceFault } from './source';

const USAGE = `Prüft ein Prüfprotokoll ohne das Programm, das es geschrieben hat. / Checks an audit log on its own.

  verify <URL|Ordner> --vkey FILE [--bearer TOKEN] [--origin NAME] [--known CHECKPOINT]... [--lang de|en] [--json]
  verify --proof FILE --entry FILE --vkey FILE      ein einzelner Eintrag / a single entry (.tlog-proof)

  --known   früher aufbewahrter Prüfpunkt: das Protokoll muss daraus gewachsen sein
  0 = in Ordnung / sound    1 = nicht in Ordnung / broken    2 = nicht prüfbar / could not be checked`;

/** Runs one check and returns the exit code; sentences go to \`say\`. */
export async function run(args: string[], say: (line: string) => void): Promise<0 | 1 | 2> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      vkey: { type: 'string' },
      bearer: { type: 'string' },
      origin: { type: 'string' },
      known: { type: 'string', multiple: true },
      proof: { type: 'string' },
      entry: { type: 'string' },
      lang: { type: 'string', default: 'de' },
      json: { type: 'boolean', default: false },
    },
  });
  const single = values.proof !== undefined && values.entry !== undefined;
  if (!values.vkey || positionals.length !== (single ? 0 : 1) || !['de', 'en'].includes(values.lang)) {
    say(USAGE);
    return 2;
  }
  const vkey = await readFile(values.vkey, 'utf8');
  if (single) return checkEntry(vkey, values.proof ?? '', values.entry ?? '', values.json, say);
  const known = await Promise.all((values.known ?? []).map((file) => readFile(file)));
  const report = await verifyLog(openSource(positionals[0] ?? '', values.bearer), vkey, values.origin, known);
  if (values.json) say(JSON.stringify(report));
  else
    for (const line of sentencesOf(report)) say(`${line.ok ? '✓' : '✗'} ${values.lang === 'en' ? line.en : line.de}`);
  return report.ok ? 0 : 1;
}

async function checkEntry(
  vkey: string,
  proof: string,
  entry: string,
  json: boolean,
  say: (line: string) => void,
): Promise<0 | 1> {
  const key = readVkey(vkey);
  try {
    const { index, checkpoint } = verifyTlogProof(await readFile(proof, 'utf8'), await readFile(entry), key);
    const { origin, size } = checkpoint;
    say(
      json
        ? JSON.stringify({ ok: true, index, origin, size })
        : `✓ Eintrag ${index} von „${origin}“ (${size} Einträge).`,
    );
    return 0;
  } catch (fault) {
    if (!(fault instanceof CheckFault)) throw fault;
    const { code, message } = fault;
    say(json ? JSON.stringify({ ok: false, fault: { code, detail: message } }) : `✗ ${message} (${code})`);
    return 1;
  }
}

if (require.main === module) {
  run(process.argv.slice(2), (line) => console.log(line)).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      const known = error instanceof SourceFault || error instanceof CheckFault || (error as { code?: string }).code;
      console.error(`nicht prüfbar / could not be checked: ${known || !(error instanceof Error) ? text : error.stack}`);
      process.exitCode = 2;
    },
  );
}
