import { readdirSync } from 'node:fs';
import { writeFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  commonSettings,
  type Connector,
  connectorFor,
  connectorOf,
  CONNECTORS,
  hintsSchema,
  hintsSchemaOf,
  type Recognition,
  recognitionSchema,
  recognitionSchemaOf,
} from '#lib/sources';
import { z } from 'zod';
import { hintsOf, settingFields, typeField } from '../../apps/portal/src/screens/publish/publish-upload/hints';

/** Made up here and known to nobody: a file with one value a line. What derives from the list of connectors carries it. */
const lines: Connector = {
  kind: 'lines',
  title: 'Zeilendatei',
  accept: ['.lines'],
  settings: z.strictObject({
    comment: z
      .enum(['#', '%'])
      .optional()
      .meta({ title: 'Kommentarzeichen', labels: { '#': 'Raute', '%': 'Prozent' } }),
    skip: z.int().min(0).optional().meta({ title: 'Zeilen davor', restructures: true }),
    ...commonSettings,
  }),
  format: z.strictObject({ kind: z.literal('lines'), skip: z.int() }),
  faulty: 'file_faulty',
  fits: (head) => head.toString('latin1').startsWith('%lines'),
  told: () => [['Aufbau', 'ein Wert je Zeile']],
  recognise: () => Promise.resolve(recognition),
  rows: async (file, _recognition, _limits, sink) =>
    (await readFile(file, 'utf8')).split('\n').forEach((line, at) => sink.row([line], at + 1)),
};
const recognition: Recognition = {
  format: { kind: 'lines', skip: 0 } as Recognition['format'],
  nullValues: [],
  columns: [
    {
      name: 'wert',
      header: 'wert',
      type: 'TEXT',
      stored: 'VARCHAR',
      decimal: null,
      thousands: null,
      dateFormat: null,
      nullable: false,
      samples: [],
    },
  ],
  rowCount: 1,
  faults: [],
  faultCount: 0,
  notes: [],
  preview: [],
};
const connectors = [...CONNECTORS, lines];

describe('a data source is one entry in the list', () => {
  it('is found by the content of its files, not by their names', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lines-'));
    try {
      const file = join(folder, 'a.csv');
      await writeFile(file, '%lines\na\n');
      expect((await connectorFor(file, [lines, ...CONNECTORS])).kind).toBe('lines');
      expect((await connectorFor(file)).kind).toBe(CONNECTORS[0]?.kind);
      expect(connectorOf('lines', connectors)).toBe(lines);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('has its settings in the schema of the API, and faults are told as its own', () => {
    const schema = hintsSchemaOf(connectors);
    expect(JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))).toContain(
      'Kommentarzeichen',
    );
    expect(schema.parse({ connector: 'lines', comment: '#' })).toEqual({ connector: 'lines', comment: '#' });
    expect(schema.parse({ comment: '#' })).toEqual({ comment: '#' });
    expect(schema.safeParse({ connector: 'lines', comment: '!' }).error?.issues[0]?.path).toEqual(['comment']);
    expect(hintsSchema.safeParse({ connector: 'lines', comment: '#' }).success).toBe(false);
  });

  it('has its settings in the form of the portal, and what a person says there comes back', () => {
    expect(settingFields(lines.settings).map(({ name, kind }) => [name, kind])).toEqual([
      ['comment', 'CHOICE'],
      ['skip', 'NUMBER'],
      ['nullValues', 'TEXTS'],
    ]);
    const types = { [typeField(0)]: 'INTEGER' };
    expect(hintsOf({ comment: '#', skip: '0', ...types }, recognition, connectors)).toEqual({
      comment: '#',
      skip: 0,
      types: { wert: 'INTEGER' },
    });
    expect(hintsOf({ skip: '3', ...types }, recognition, connectors)).toEqual({ skip: 3 });
  });

  it('has its recognitions kept, and no other ones', () => {
    expect(recognitionSchemaOf(connectors).parse(recognition)).toEqual(recognition);
    expect(recognitionSchema.safeParse(recognition).success).toBe(false);
  });

  it('has a folder with its contract, and every folder has its line', () => {
    const root = join(__dirname, '../../libs/sources/src/connectors');
    const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(CONNECTORS.map(({ kind }) => kind).sort());
    for (const { name } of folders) expect(readdirSync(join(root, name))).toContain(`${name}.connector.spec.ts`);
  });

  it('has a kind of its own', () => expect(new Set(CONNECTORS.map(({ kind }) => kind)).size).toBe(CONNECTORS.length));
});
