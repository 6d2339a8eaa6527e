import {
  COLUMN_TYPES,
  type ColumnType,
  type Connector,
  connectorOf,
  CONNECTORS,
  type Hints,
  type Recognition,
} from '#lib/sources';
import { z } from 'zod';
import { type FormBody, given, one, wholeNumber } from '../../../layout/form-body';

/** The name of the field in which somebody corrects the type of a column. */
export const typeField = (at: number): string => `type-${at}`;

/** A field of the settings form, made from the connector's schema. */
export interface SettingField {
  name: string;
  kind: 'CHOICE' | 'NUMBER' | 'TEXT' | 'TEXTS';
  title: string;
  hint?: string;
  options: readonly { value: string; text: string }[];
  /** with another value there are other columns */
  restructures: boolean;
}

interface Property {
  title?: string;
  description?: string;
  type?: string;
  enum?: string[];
  labels?: Record<string, string>;
  restructures?: boolean;
}
const KINDS: Record<string, SettingField['kind']> = { integer: 'NUMBER', array: 'TEXTS', string: 'TEXT' };

/** What a person may correct beside the types of the columns, in the order of the schema. */
export function settingFields(settings: Connector['settings']): SettingField[] {
  const { properties = {} } = z.toJSONSchema(settings) as { properties?: Record<string, Property> };
  return Object.entries(properties).flatMap(([name, property]): SettingField[] => {
    const kind = property.enum ? 'CHOICE' : KINDS[property.type ?? ''];
    if (!kind) return [];
    return [
      {
        name,
        kind,
        title: property.title ?? name,
        hint: property.description,
        options: (property.enum ?? []).map((value) => ({
          value: throughForm(value),
          text: property.labels?.[value] ?? value,
        })),
        restructures: property.restructures ?? false,
      },
    ];
  });
}

/** a tab would be trimmed away on its way through the form */
const throughForm = (value: string): string => (value.trim() === '' ? encodeURIComponent(value) : value);

/** Corrections of a person to what was recognised: only what differs, so that the rest is recognised anew. */
export function hintsOf(body: FormBody, recognition: Recognition, connectors = CONNECTORS): Hints {
  const { kind, ...format } = recognition.format as { kind: string } & Record<string, unknown>;
  const connector = given(body, 'connector');
  // read as something else the file has other settings and other columns
  if (connector && connector !== kind) return { connector };
  const hints: Hints = {};
  const fields = settingFields(connectorOf(kind, connectors).settings);
  for (const field of fields) {
    const value = valueOf(field, body);
    if (value !== undefined) hints[field.name] = value;
  }
  // with other columns the types of the old ones mean nothing
  const same = fields.every(
    ({ name, restructures }) => !restructures || !(name in hints) || hints[name] === format[name],
  );
  if (same) {
    const types = recognition.columns.flatMap(({ name, type }, at): [string, ColumnType][] => {
      const wanted = COLUMN_TYPES.find((one) => one === given(body, typeField(at)));
      return wanted && wanted !== type ? [[name, wanted]] : [];
    });
    if (types.length > 0) hints.types = Object.fromEntries(types);
  }
  return hints;
}

function valueOf({ name, kind }: SettingField, body: FormBody): unknown {
  if (kind === 'NUMBER') return wholeNumber(body, name);
  if (kind === 'TEXT') return given(body, name);
  if (kind === 'CHOICE') {
    const chosen = given(body, name);
    return chosen?.startsWith('%') ? decodeURIComponent(chosen) : chosen;
  }
  const texts = one(body, name)
    .split(';')
    .map((value) => value.trim())
    .filter(Boolean);
  return texts.length > 0 ? texts : undefined;
}
