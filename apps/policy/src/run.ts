import { parseArgs } from 'node:util';
import { SUPPORTED } from '#lib/exchange';
import { FORM, RulesetFault } from '#lib/policy';
import { lawDocument, lint, readable } from '#lib/rulebook';
import { explained, explainedLines } from './explain';
import { readFactSets } from './fact-sets';
import { mermaid, svg } from './graph';
import { impact, impactLines } from './impact';
import { faultLines, readLaw, SHIPPED } from './law-folder';
import { printed } from './print';
import { schemaOf } from './schema';
import { UsageFault } from './usage-fault';

export const USAGE = `Das Regelwerk an der Befehlszeile.

  policy lint [ORDNER] [--json]       lädt das Regelwerk, führt alle Fälle aus, nennt jeden Fehler
  policy schema [--rules ORDNER]      JSON Schema einer Anfrage mit der Bedeutung jedes Feldes
  policy explain DATEI [--json]       entscheidet Anfragen (YAML oder JSON, eine oder viele; - ist die Eingabe)
      [--all] [--strict] [--rules ORDNER|FASSUNG]
      --all nennt auch jede Regel, die nicht zutrifft; --strict nimmt nichts an, was nicht angegeben ist
  policy impact VON NACH [--json]     vergleicht zwei Regelwerke (Ordner oder Nummer einer Fassung)
      [--facts DATEI]                 an Anfragen einer Datei; sonst mit DATABASE_URL an den gespeicherten
                                      Entscheidungen; sonst an den Fällen von VON
  policy print [ORDNER|FASSUNG]       das ganze Regelwerk als ein Dokument zum Lesen und Drucken (HTML)
  policy graph [--svg] [--rules ORDNER|FASSUNG]
                                      Rollen und Freigabeketten als Bild (Mermaid oder SVG)

  FASSUNG ist eine Nummer oder das Wort geltend; dafür muss DATABASE_URL gesetzt sein.

  0 = in Ordnung    1 = das Regelwerk oder ein Fall hat Fehler    2 = die Angaben sind nicht brauchbar`;

export interface Speak {
  out(text: string): void;
  err(text: string): void;
}

/** Runs one command and gives the exit code. Nothing is printed to `out` unless the command could be done. */
export async function run(
  args: string[],
  { out, err }: Speak,
  databaseUrl = process.env.DATABASE_URL,
): Promise<0 | 1 | 2> {
  try {
    return await command(args, out, databaseUrl);
  } catch (error) {
    if (error instanceof UsageFault) {
      err(error.message);
      return 2;
    }
    if (error instanceof RulesetFault) {
      err(
        `Das Regelwerk hat ${error.faults.length} Fehler:\n${faultLines(error)
          .map((line) => `  - ${line}`)
          .join('\n')}`,
      );
      return 1;
    }
    throw error;
  }
}

async function command(args: string[], out: Speak['out'], databaseUrl?: string): Promise<0 | 1 | 2> {
  const { values, positionals } = options(args);
  const [name, ...given] = positionals;
  const most = { lint: 1, schema: 0, explain: 1, impact: 2, print: 1, graph: 0 }[name ?? ''];
  if (name === undefined || most === undefined)
    throw new UsageFault(name ? `Den Befehl \`${name}\` gibt es nicht.\n\n${USAGE}` : USAGE);
  if (given.length > most) throw new UsageFault(`Zu viele Angaben: \`${given.slice(most).join(' ')}\`.`);
  const lines = (all: Iterable<string>) => out([...all].join('\n'));
  const json = (value: unknown) => out(JSON.stringify(value, null, 2));
  const rules = values.rules ?? SHIPPED;
  switch (name) {
    case 'lint': {
      const { ruleset, sources } = await readLaw(given[0] ?? rules, databaseUrl);
      const report = lint(ruleset, sources);
      const today = (await readLaw(given[0] ?? rules, databaseUrl, SUPPORTED)).ruleset;
      const unbuilt = [
        ...FORM.filter((form) => !today.deliversAs(form)).map((form) => `${today.label('form', form)} (${form})`),
        ...today.unbuilt.map(({ id, enforcer }) => `${id} (${enforcer})`),
      ];
      if (values.json) json({ ok: report.faults.length === 0, ...report, unbuilt });
      else {
        lines([
          `${report.rules} Regeln, ${report.cells} Felder der Matrix, ${report.cases} Fälle, Kennung ${report.hash}`,
          ...(report.contested.length > 0
            ? ['Umstritten, bitte lesen:', ...report.contested.map((one) => `  ${one}`)]
            : []),
          ...(unbuilt.length > 0
            ? ['Das Programm setzt noch nicht um; was davon abhängt, lehnt es ab:', ...unbuilt.map((one) => `  ${one}`)]
            : []),
          ...report.faults.map((fault) => `  - ${fault}`),
          report.faults.length === 0 ? 'Alles in Ordnung.' : `${report.faults.length} Fehler.`,
        ]);
      }
      return report.faults.length === 0 ? 0 : 1;
    }
    case 'schema':
      json(schemaOf((await readLaw(rules, databaseUrl)).ruleset));
      return 0;
    case 'explain': {
      if (!given[0]) throw new UsageFault('Bitte nennen Sie die Datei mit den Anfragen: policy explain DATEI');
      const sets = await readFactSets(given[0], values.strict);
      const { ruleset } = await readLaw(rules, databaseUrl, SUPPORTED);
      if (values.json) json(sets.map((set) => explained(ruleset, set, values.all)));
      else sets.forEach((set, at) => lines([...(at > 0 ? [''] : []), ...explainedLines(ruleset, set, values.all)]));
      return 0;
    }
    case 'impact': {
      const [from, to] = given;
      if (!from || !to) throw new UsageFault('Bitte nennen Sie zwei Regelwerke: policy impact VON NACH');
      const report = await impact(
        await readLaw(from, databaseUrl, SUPPORTED),
        await readLaw(to, databaseUrl, SUPPORTED),
        {
          file: values.facts,
          databaseUrl,
        },
      );
      if (values.json) json(report);
      else lines(impactLines(report));
      return 0;
    }
    case 'print': {
      const law = await readLaw(given[0] ?? rules, databaseUrl);
      out(
        printed(
          lawDocument(readable(law.ruleset, law.sources), {
            line: law.name === SHIPPED ? 'Wie ausgeliefert' : law.name,
          }),
        ),
      );
      return 0;
    }
    default: {
      const law = await readLaw(rules, databaseUrl);
      out(values.svg ? svg(law) : mermaid(law));
      return 0;
    }
  }
}

function options(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        all: { type: 'boolean', default: false },
        strict: { type: 'boolean', default: false },
        svg: { type: 'boolean', default: false },
        rules: { type: 'string' },
        facts: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageFault(`${error instanceof Error ? error.message.split('. ')[0] : String(error)}\n\n${USAGE}`);
  }
}
