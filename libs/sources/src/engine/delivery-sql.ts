import { hkdfSync } from 'node:crypto';
import type { DeliveryPlan, Mask, PlannedColumn, RowFilter, StoredColumn } from './delivery-plan';
import { needsKey, valueText } from './delivery-plan';
import { formatOf } from '../formats';
import type { OutputFormat } from '../formats/format';
import { identifier, literal } from '../process/sandbox';

/** Cells a spreadsheet would run as a formula, by their first character; full-width forms too. */
const FORMULA_STARTS = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
const METRES_PER_DEGREE = 111_320;
const COS_50 = 0.642_787_609_7;

/** SQL made from a checked plan, and the values it names. Values reach the engine bound, as `getvariable('v0')`. */
export interface DeliverySql {
  select: string;
  variables: Map<string, string | Uint8Array>;
}

/** What the query is written for beside the plan. */
export interface SqlContext {
  /** of pseudonyms and of the order of rows */
  key?: Uint8Array;
  /** the texts of the file are in NFC, as those of every file stored since they are made so; else they are compared as if */
  composed?: boolean;
}

/**
 * Writes the query of a plan that `planFaults` found clean. Only column names of the stored schema and our own words
 * enter the text; values and keys of people never do.
 */
export function deliverySql(
  plan: DeliveryPlan,
  stored: readonly StoredColumn[],
  parquet: string,
  { key, composed = false }: SqlContext = {},
  format: OutputFormat = formatOf(plan.format),
): DeliverySql {
  const defuse = plan.spreadsheetSafe === true && format.spreadsheet === true;
  const sql = new SqlWriter(stored, key, composed);
  const columns = plan.columns.filter(({ mask }) => mask?.kind !== 'drop').map((column) => sql.column(column, defuse));
  const where = plan.rows ? ` WHERE ${sql.filter(plan.rows)}` : '';
  const order = needsKey(plan) ? ` ORDER BY ${sql.place(plan.objectKey)}` : '';
  const source = `read_parquet(${literal(parquet)}${order && ', file_row_number = true'})`;
  return {
    select: `SELECT ${columns.join(', ')} FROM ${source}${where}${order}`,
    variables: sql.variables,
  };
}

/** COPY into a pipe or file. `USE_TMP_FILE false`: a pipe can not be renamed into place. */
export function copySql(select: string, { copy }: OutputFormat, target: string): string {
  return `COPY (${select}) TO ${literal(target)} (${copy}, USE_TMP_FILE false)`;
}

class SqlWriter {
  readonly variables = new Map<string, string | Uint8Array>();
  private readonly known: Map<string, StoredColumn>;

  constructor(
    stored: readonly StoredColumn[],
    private readonly key: Uint8Array | undefined,
    private readonly composed: boolean,
  ) {
    this.known = new Map(stored.map((column) => [column.name, column]));
  }

  column({ name, as, mask }: PlannedColumn, defuse: boolean): string {
    const column = this.stored(name);
    let value = mask ? this.masked(column, mask) : identifier(name);
    const isText = mask ? mask.kind === 'redact' : column.type === 'TEXT';
    let out = as ?? name;
    if (defuse) {
      if (isText) value = `CASE WHEN left(${value}, 1) IN (${FORMULA_LIST}) THEN '''' || ${value} ELSE ${value} END`;
      if (FORMULA_STARTS.some((start) => out.startsWith(start))) out = `'${out}`;
    }
    return `${value} AS ${identifier(out)}`;
  }

  filter(filter: RowFilter): string {
    if ('all' in filter) return `(${filter.all.map((part) => this.filter(part)).join(' AND ')})`;
    if ('any' in filter) return `(${filter.any.map((part) => this.filter(part)).join(' OR ')})`;
    const column = this.stored(filter.column);
    const stored = identifier(column.name);
    // a filter in NFC finds what people see, also where the file has letters in several signs
    const name = column.type === 'TEXT' && !this.composed ? `nfc_normalize(${stored})` : stored;
    switch (filter.op) {
      case 'not_null':
        return `${name} IS NOT NULL`;
      case 'eq':
        return `${name} = ${this.value(filter.value, column)}`;
      case 'gte':
        return `${name} >= ${this.value(filter.value, column)}`;
      case 'lte':
        return `${name} <= ${this.value(filter.value, column)}`;
      case 'in':
        return `${name} IN (${filter.value.map((item) => this.value(item, column)).join(', ')})`;
      case 'between':
        return `${name} BETWEEN ${this.value(filter.value[0], column)} AND ${this.value(filter.value[1], column)}`;
    }
  }

  /**
   * Where a row comes: by a hash of its number in the file under a key of this agreement and object, so that its place tells
   * nothing of the file, of another agreement, or of another version. Whole again, it is the same. MD5, because a sort asks
   * the engine for a number and this is the only fast one it has; who does not know the key learns nothing from it.
   */
  place(objectKey: string): string {
    const key = new Uint8Array(hkdfSync('sha256', this.secret(), '', `order of rows ${objectKey}`, 32));
    return `md5_number(${this.bind(key)} || encode(CAST(file_row_number AS VARCHAR)))`;
  }

  private masked(column: StoredColumn, mask: Mask): string {
    const name = identifier(column.name);
    switch (mask.kind) {
      case 'drop':
        throw new Error('a dropped column is not selected');
      case 'null':
        return `CAST(NULL AS ${column.stored})`;
      case 'redact':
        return this.bind(mask.with);
      case 'year':
        return `year(${name})`;
      case 'round':
        return column.type === 'INTEGER' && Number.isSafeInteger(mask.to)
          ? roundInteger(name, mask.to)
          : multiple('round', name, mask.to);
      case 'grid': {
        if (mask.degrees === undefined) return multiple('floor', name, mask.metres);
        const step = mask.metres / (METRES_PER_DEGREE * (mask.degrees === 'LON' ? COS_50 : 1));
        return `CAST(floor(CAST(${name} AS DOUBLE) / ${number(step)}) * ${number(step)} AS DECIMAL(18,6))`;
      }
      case 'pseudonym':
        return this.pseudonym(name);
    }
  }

  /** HMAC as RFC 2104 builds it, because the engine has SHA-256 but no HMAC. The padded keys are bound like values. */
  private pseudonym(name: string): string {
    const key = this.secret();
    const pad = (byte: number) => Uint8Array.from({ length: 64 }, (_, i) => (key[i] ?? 0) ^ byte);
    const inner = this.bind(pad(0x36));
    const outer = this.bind(pad(0x5c));
    const message = `encode(CAST(${name} AS VARCHAR))`;
    return `left(sha256(${outer} || unhex(sha256(${inner} || ${message}))), 32)`;
  }

  private secret(): Uint8Array {
    const { key } = this;
    if (!key || key.length < 16 || key.length > 64) throw new Error('the key is missing or has not 16 to 64 bytes');
    return key;
  }

  private value(item: string | number | boolean, column: StoredColumn): string {
    const text = valueText(item, column.type);
    if (text === undefined) throw new Error(`a value does not fit column \`${column.name}\``);
    if (column.type === 'TEXT') return this.bind(text.normalize('NFC'));
    // a decimal of its own size: cast to the size of the column it would be rounded and match what it should not
    if (column.type === 'DECIMAL')
      return `CAST(${this.bind(text)} AS ${column.stored === 'DOUBLE' ? 'DOUBLE' : decimalOf(text)})`;
    return `CAST(${this.bind(text)} AS ${column.stored})`;
  }

  private bind(value: string | Uint8Array): string {
    const name = `v${this.variables.size}`;
    this.variables.set(name, value);
    return `getvariable('${name}')`;
  }

  private stored(name: string): StoredColumn {
    const column = this.known.get(name);
    if (!column) throw new Error(`column \`${name}\` is not in the stored schema`);
    return column;
  }
}

const FORMULA_LIST = FORMULA_STARTS.map((start) => `chr(${start.codePointAt(0)})`).join(', ');

function decimalOf(text: string): string {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  return `DECIMAL(${whole.length + fraction.length},${fraction.length})`;
}

/** Exact for every 64-bit number: in doubles a large key would lose its last digits. */
function roundInteger(name: string, to: number): string {
  const wide = `CAST(abs(CAST(${name} AS HUGEINT)) AS HUGEINT)`;
  return `TRY_CAST(sign(${name}) * ((${wide} * 2 + ${to}) // ${2 * to}) * ${to} AS BIGINT)`;
}

function multiple(how: 'round' | 'floor', name: string, step: number): string {
  const decimals = /\.(\d+)$/.exec(number(step))?.[1]?.length ?? 0;
  return `CAST(${how}(CAST(${name} AS DOUBLE) / ${number(step)}) * ${number(step)} AS DECIMAL(38,${Math.min(decimals, 12)}))`;
}

/** A number of ours without exponent, as SQL writes doubles. */
function number(value: number): string {
  const text = value.toFixed(12);
  return text.replace(/\.?0+$/, '') || '0';
}
