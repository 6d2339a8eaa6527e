import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const records = ['config', 'libs'].flatMap((top) =>
  readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((path) => basename(dirname(path)) === 'decisions' && path.endsWith('.md'))
    .map((path) => join(top, path)),
);

test('every decision record has a number, a title and below it the day it was made', () => {
  expect(records.length).toBeGreaterThan(40);
  const wrong = records.filter((path) => {
    const number = /^(\d{4})-[a-z0-9-]+\.md$/.exec(basename(path))?.[1];
    const [title, , day, empty] = readFileSync(path, 'utf8').split('\n');
    return !number || !/^# \S.*\S$/.test(title ?? '') || !/^\d{4}-\d\d-\d\d$/.test(day ?? '') || empty !== '';
  });
  expect(wrong).toEqual([]);
});

test('no number of a decision record stands twice in its folder', () => {
  const numbers = records.map((path) => join(dirname(path), basename(path).slice(0, 4)));
  expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual([]);
});

test('every decision record says what was decided, why and what follows', () => {
  const parts = ['**Decision.**', '**Rationale.**', '**Consequence.**'];
  expect(records.filter((path) => !parts.every((part) => readFileSync(path, 'utf8').includes(part)))).toEqual([]);
});

test('every file and folder that README.md and CONTRIBUTING.md name is there', () => {
  const named = ['README.md', 'CONTRIBUTING.md'].flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/`((?:apps|config|docker|libs|test)\/[\w./-]*)`/g)].map(
      ([, path]) => path!,
    ),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

test('every file that the README of a stage or an app names is there', () => {
  const files = ['apps', 'libs', 'config', 'docker', 'test'].flatMap((top) =>
    readdirSync(top, { recursive: true, encoding: 'utf8' }).map((path) => join(top, path)),
  );
  const pages = files.filter((path) => /^(?:apps|libs)\/[^/]+\/README\.md$/.test(path));
  // `*.view.tsx` and `rules/<chapter>.yaml` stand for many and are left out
  const named = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/`([\w./-]+\.(?:tsx?|cjs|sql|yaml|json|md))`/g)].map(([, path]) => ({
      page,
      path: path!,
    })),
  );
  expect(named.length).toBeGreaterThan(100);
  // a page names a file as its stage sees it, down to the bare name
  const there = ({ path }: { path: string }) => files.some((file) => file === path || file.endsWith(`/${path}`));
  expect(named.filter((one) => !existsSync(one.path) && !there(one))).toEqual([]);
});

test('the subject of a commit has at most 72 characters', () => {
  // from the version on that made it a rule; a copy without history has nothing to say
  let subjects: string[];
  try {
    const range = ['log', '--format=%s', 'a2bdb2a..HEAD'];
    subjects = execFileSync('git', range, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n');
  } catch {
    subjects = [];
  }
  expect(subjects.filter((subject) => subject.length > 72)).toEqual([]);
});
