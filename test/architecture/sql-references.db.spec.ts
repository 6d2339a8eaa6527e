import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { aDatabase, type TestDatabase } from '../support/database';

/**
 * A stage names in SQL what is its own, and of the stages before it what their `libs/<stage>/sql/public.txt` lists:
 * one `<verb> <name>` a line. `guard` is a trigger on another stage's table.
 */
type Verb = 'call' | 'read' | 'write' | 'guard';

interface Reference {
  /** a stage, or `apps` */
  from: string;
  to: string;
  entry: `${Verb} ${string}`;
  /** file and line */
  at: string;
}

const ROOT = join(__dirname, '../..');
const stages = jest.requireActual<string[]>('../../config/tooling/stages.cjs');
const REFERENCE = new RegExp(`(?<![\\w.])(${stages.join('|')})\\.([a-z_]+)\\b`, 'g');

const filesUnder = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)).replaceAll('\\', '/'))
    .filter((path) => /\.(?:tsx?|sql)$/.test(path) && !/\/migrations\/|\.spec\.tsx?$/.test(path));

/** The strings and templates of a source: where SQL may stand. A text that is one dotted word is a key of something. */
function textsOf(path: string, source: string): { text: string; start: number }[] {
  if (path.endsWith('.sql'))
    return [{ text: source.replace(/--.*/g, (comment) => ' '.repeat(comment.length)), start: 0 }];
  const found: { text: string; start: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) {
      if (!/^['"`][\w.-]*['"`]$/.test(node.getText())) found.push({ text: node.getText(), start: node.getStart() });
    } else ts.forEachChild(node, visit);
  };
  visit(
    ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : undefined),
  );
  return found;
}

function verbOf(before: string, after: string): Verb {
  if (/\bTRIGGER [^;]+ ON $/.test(before)) return 'guard';
  if (/\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+$/.test(before)) return 'write';
  return after.startsWith('(') ? 'call' : 'read';
}

function referencesOf(path: string, source: string): Reference[] {
  const from = /^libs\/([a-z]+)/.exec(path)?.[1] ?? 'apps';
  return textsOf(path, source).flatMap(({ text, start }) =>
    [...text.matchAll(REFERENCE)]
      .filter(([, to]) => to !== from)
      .map(({ 0: whole, 1: to, 2: name, index }) => ({
        from,
        to: to!,
        entry: `${verbOf(text.slice(0, index), text.slice(index + whole.length))} ${name!}` as const,
        at: `${path}:${source.slice(0, start + index).split('\n').length}`,
      })),
  );
}

function listOf(stage: string): string[] {
  const file = join(ROOT, 'libs', stage, 'sql/public.txt');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines
    .map((line) =>
      line
        .replace(/\s*#.*/, '')
        .trim()
        .replace(/\s+/, ' '),
    )
    .filter(Boolean);
}

describe('SQL that reaches into another stage', () => {
  let db: TestDatabase;
  let references: Reference[];
  const lists = new Map<string, string[]>();

  beforeAll(async () => {
    db = await aDatabase();
    const { rows } = await db.owner.query(
      `SELECT n.nspname || '.' || c.relname AS one FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'v', 'm')
       UNION SELECT n.nspname || '.' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace`,
    );
    const objects = new Set(rows.map(({ one }: { one: string }) => one));
    references = [...filesUnder('libs'), ...filesUnder('apps')]
      .flatMap((path) => referencesOf(path, readFileSync(join(ROOT, path), 'utf8')))
      // words of other tables have the same form: permissions, events, files
      .filter(({ to, entry }) => objects.has(`${to}.${entry.split(' ')[1]!}`));
    for (const stage of stages) lists.set(stage, listOf(stage));
  });
  afterAll(() => db?.close());

  it('is found in strings, templates and files of SQL, and told apart by what it does', () => {
    const found = (path: string, source: string) =>
      referencesOf(path, source).map(({ to, entry }) => `${to}: ${entry}`);
    expect(
      found(
        'libs/requests/src/x.ts',
        "q(`SELECT organisation.office_of($1) FROM requests.question`); may('rulebook.vote')",
      ),
    ).toEqual(['organisation: call office_of']);
    expect(found('libs/audit/src/x.ts', "q('DELETE FROM kernel.audit_pending')")).toEqual([
      'kernel: write audit_pending',
    ]);
    expect(
      found('libs/approvals/sql/x.sql', '-- as organisation.unit\nCREATE TRIGGER x BEFORE INSERT ON requests.handover'),
    ).toEqual(['requests: guard handover']);
  });

  it('names nothing of a later stage', () => {
    const forward = references.filter(({ from, to }) => from !== 'apps' && stages.indexOf(from) < stages.indexOf(to));
    const advice = 'stands after it: tell it by an event, or let a stage ask that may look back at both';
    expect(forward.map(({ at, to }) => `${at}: ${to} ${advice}`)).toEqual([]);
  });

  it('names only what the other stage lists for others', () => {
    const unlisted = references.filter(({ to, entry }) => !lists.get(to)!.includes(entry));
    const advice =
      'is not for others: use its reads or a function on that list; where neither answers, give it a narrow view or function';
    expect(unlisted.map(({ at, to, entry }) => `${at}: \`${entry}\` of libs/${to}/sql/public.txt ${advice}`)).toEqual(
      [],
    );
  });

  it('uses every line of those lists', () => {
    const used = new Set(references.map(({ to, entry }) => `${to} ${entry}`));
    const idle = stages.flatMap((stage) =>
      lists
        .get(stage)!
        .filter((entry) => !used.has(`${stage} ${entry}`))
        .map((entry) => `libs/${stage}/sql/public.txt: nobody needs \`${entry}\` any more, take the line out`),
    );
    expect(idle).toEqual([]);
  });
});
