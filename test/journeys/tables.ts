import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from './csv-text';

export interface Table {
  file: string;
  header: string[];
  rows: string[][];
  /** where the rows come from */
  origin: string;
}

const TREES = 'cities/konstanz_baumkataster/KN_Baumkataster_2020.csv';
const DISTRICTS = 'wiesbaden-hessen/ortsbezirke';

// people of these two columns are invented by a counter: the real cadastre names nobody
const GUTACHTER = (row: number): string => `Sachverständige Person ${(row % 17) + 1} (synthetisch)`;
const MELDENDE = (row: number): string => `Meldende Person ${(row % 101) + 1} (synthetisch)`;

/**
 * The tree cadastre with two synthetic columns, assessor and reporting person. Rows are real (Stadt Konstanz,
 * CC BY 4.0) where the folder with public data is given, else invented.
 */
export function treeCadastre(dataDir: string | undefined, workDir: string): Table {
  const real = dataDir && existsSync(join(dataDir, TREES)) ? join(dataDir, TREES) : undefined;
  const [header, ...rows] = real
    ? parse(readFileSync(real), { bom: true, relax_column_count: false })
    : inventedTrees();
  const table = {
    file: join(workDir, 'baumkataster.csv'),
    header: [...header!, 'gutachter', 'meldende_person'],
    rows: rows.map((row, at) => [...row, GUTACHTER(at), MELDENDE(at)]),
    origin: real ? 'Stadt Konstanz, Baumkataster 2020, CC BY 4.0; zwei synthetische Spalten' : 'synthetisch',
  };
  writeFileSync(table.file, `\u{FEFF}${stringify([table.header, ...table.rows], ',')}`);
  return table;
}

function inventedTrees(): string[][] {
  const kinds = [
    ['Erle, Schwarz-Erle', 'Alnus glutinosa'],
    ['Ahorn, Berg-Ahorn', 'Acer pseudoplatanus'],
    ['Linde', 'Tilia cordata'],
  ];
  const rows = Array.from({ length: 3000 }, (_, at) => {
    const [german, latin] = kinds[at % 3]!;
    return [
      (8.2 + (at % 97) / 1000).toFixed(6),
      (50.05 + (at % 89) / 1000).toFixed(6),
      String(at + 1),
      String(1000 + at),
      String(10 + (at % 60)),
      String(3 + (at % 25)),
      `Musterplatz ${at % 40}`,
      german!,
      latin!,
    ];
  });
  return [['X', 'Y', 'OBJECTID', 'baumNr', 'baumart', 'hoeheM', 'location', 'Name_dt', 'Name_lat'], ...rows];
}

/**
 * All tables by Ortsbezirk: real (Landeshauptstadt Wiesbaden, dl-de/by-2-0) where given, else one that is invented.
 * Decimal comma, keys with a leading zero, a total among the districts.
 */
export function districtTables(dataDir: string | undefined, workDir: string): Table[] {
  const real = dataDir && join(dataDir, DISTRICTS);
  const files =
    real && existsSync(real)
      ? readdirSync(real)
          .filter((name) => name.endsWith('.csv'))
          .sort()
      : [];
  if (real && files.length > 0) {
    return files.map((name) => {
      const [header, ...rows] = parse(readFileSync(join(real, name)), { bom: true, delimiter: ';' });
      return {
        file: join(real, name),
        header: header!,
        rows,
        origin: `Landeshauptstadt Wiesbaden, ${basename(name, '.csv')}, dl-de/by-2-0`,
      };
    });
  }
  const table = {
    file: join(workDir, 'kita_versorgung.csv'),
    header: ['ortsbezirk_id', 'ortsbezirk_name', 'plaetze', 'quote'],
    rows: Array.from({ length: 26 }, (_, at) => [
      String(at + 1).padStart(2, '0'),
      `Bezirk ${at + 1}`,
      String(100 + at * 7),
      `${80 + (at % 20)},${at % 10}`,
    ]),
    origin: 'synthetisch',
  };
  writeFileSync(table.file, stringify([table.header, ...table.rows], ';'));
  return [table];
}

/** Whether a folder holds any of the public tables a journey can use. */
export const hasPublicTables = (dataDir: string): boolean =>
  existsSync(join(dataDir, TREES)) || existsSync(join(dataDir, DISTRICTS));

/** Enough rows that a delivery is still under way when it is revoked. All values are invented. */
export function minuteCounts(workDir: string): Table {
  const header = ['zaehlstelle', 'zeitpunkt', 'richtung', 'kfz', 'rad', 'bemerkung'];
  const rows = Array.from({ length: 350_000 }, (_, at) => [
    `ZS-${String(at % 240).padStart(3, '0')}`,
    new Date(Date.UTC(2025, 0, 1) + Math.floor(at / 240) * 60_000).toISOString().slice(0, 19).replace('T', ' '),
    at % 2 ? 'stadteinwaerts' : 'stadtauswaerts',
    String((at * 7919) % 97),
    String((at * 104_729) % 31),
    createHash('md5').update(String(at)).digest('hex'),
  ]);
  const file = join(workDir, 'minutenwerte.csv');
  writeFileSync(file, stringify([header, ...rows], ';'));
  return { file, header, rows, origin: 'synthetisch' };
}
