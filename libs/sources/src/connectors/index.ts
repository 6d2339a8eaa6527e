import { z } from 'zod';
import { readHead } from '../reading/text-encoding';
import { type Recognition, recognitionShape } from '../reading/recognition';
import type { Connector } from './connector';
import { csv } from './csv/csv.connector';
import { json } from './json/json.connector';

/** Every way data comes in, the usual first. A new one is a folder here and a line in this list. */
export const CONNECTORS: readonly Connector[] = [csv, json];

/** The connector of that kind; throws on a kind that is none. */
export function connectorOf(kind: string, connectors = CONNECTORS): Connector {
  const found = connectors.find((connector) => connector.kind === kind);
  if (!found) throw new Error(`no connector \`${kind}\``);
  return found;
}

/** The connector whose content a file has; the usual one where none is sure, so that it says what is wrong. */
export async function connectorFor(file: string, connectors = CONNECTORS): Promise<Connector> {
  const head = await readHead(file);
  return connectors.find((connector) => connector.fits(head)) ?? connectorOf(connectors[0]?.kind ?? '', connectors);
}

/** What a person says about a file: the kind of it, and what the connector of that kind lets them correct. */
export type Hints = { connector?: string } & Record<string, unknown>;

/**
 * Hints of any connector. Without `connector` they may be those of any of them. The JSON Schema lists one shape for each
 * connector; faults are told as those of the one that is meant.
 */
export const hintsSchemaOf = (connectors: readonly Connector[]) => {
  const shapes = connectors.map(({ kind, settings }) => ({
    kind,
    schema: settings.extend({ connector: z.literal(kind).optional() }),
  }));
  return z
    .unknown()
    .transform((value, context): Hints => {
      const named = (value as { connector?: unknown } | null)?.connector;
      const results = shapes.map(({ kind, schema }) => ({ kind, result: schema.safeParse(value) }));
      const meant =
        results.find(({ kind }) => kind === named) ?? results.find(({ result }) => result.success) ?? results[0];
      if (meant?.result.success) return meant.result.data;
      for (const issue of meant?.result.error?.issues ?? []) {
        context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
      }
      return z.NEVER;
    })
    .meta({
      type: 'object',
      anyOf: shapes.map(({ schema }) => {
        const { $schema: _dialect, ...shape } = z.toJSONSchema(schema, { io: 'input' });
        return shape;
      }),
    });
};
export const hintsSchema = hintsSchemaOf(CONNECTORS);

/** A recognition as it may be stored: the common part and that of one connector. */
export const recognitionSchemaOf = (connectors: readonly Connector[]) =>
  z.strictObject({
    ...recognitionShape,
    format: z.union(connectors.map(({ format }) => format)),
  }) as unknown as z.ZodType<Recognition>;
export const recognitionSchema = recognitionSchemaOf(CONNECTORS);
