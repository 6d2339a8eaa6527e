import type { ModulesContainer } from '@nestjs/core';
import { z } from 'zod';
import { problemKinds } from '#lib/kernel';
import { type Route, routeInventory } from '#lib/organisation';
import { FILE_TYPES } from '#lib/requests';
import { CONNECTORS, FORMATS, hintsSchema, type OutputFormat } from '#lib/sources';
import { inputIsQuery, type OperationDeclaration, operationOf } from './operation';

type Json = Record<string, unknown>;

/** Schemas that several operations name, or that name themselves: they stand once, under the components. */
type Shared = Record<string, Json>;

function schemaOf(schema: z.ZodType, io: 'input' | 'output', shared: Shared): Json {
  const written = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // on its way out a moment is text
      if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
    },
  });
  const {
    $schema: _dialect,
    $defs,
    ...rest
  } = JSON.parse(JSON.stringify(written).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json & {
    $defs?: Shared;
  };
  Object.assign(shared, $defs);
  return rest;
}

const PROBLEM: Json = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'code', 'correlationId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    remedy: { type: 'string' },
    because: { type: 'array', items: { type: 'string' } },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
      },
    },
    correlationId: { type: 'string' },
  },
};

const PROBLEM_ANSWER: Json = {
  description: 'Problem',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** The API as OpenAPI 3.1, made from the declarations of its routes: what is not declared does not exist. */
export function openApi(modules: ModulesContainer, address: string, gate: string): Json {
  const controllers = new Map(
    [...modules.values()]
      .flatMap(({ controllers }) => [...controllers.values()])
      .map(({ metatype }) => [metatype?.name, metatype]),
  );
  const paths: Record<string, Json> = {};
  const shared: Shared = {};
  for (const route of routeInventory(modules)) {
    const handler = (controllers.get(route.controller)?.prototype as Record<string, object> | undefined)?.[
      route.handler
    ];
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}').replace('/*', '/{path}');
    (paths[path] ??= {})[route.method.toLowerCase()] = describe(route, path, handler && operationOf(handler), shared);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Datenraum',
      version: '1',
      description: 'Alles, was eine Person im Portal tun kann, kann auch ein Fachverfahren tun.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: address }],
    paths: { ...paths, ...delivery(gate) },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: {
        Problem: PROBLEM,
        ProblemCode: { type: 'string', enum: [...problemKinds().keys()].sort() },
        ...shared,
      },
    },
  };
}

/** The gate is an app of its own: its one address for data is described here, where machines look for it. */
export const delivery = (gate: string, formats: readonly OutputFormat[] = FORMATS): Record<string, Json> => ({
  '/v1/agreements/{id}/data': {
    servers: [{ url: gate }],
    get: {
      operationId: 'gateway.data',
      summary: 'Daten einer Vereinbarung abrufen: wird neu entschieden, gefiltert, protokolliert',
      'x-permission': 'data.receive',
      'x-audit': 'exchange.started.v1',
      security: [{ bearer: [] }, {}],
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
        {
          name: 'format',
          in: 'query',
          required: false,
          schema: { type: 'string', enum: formats.map(({ name }) => name) },
        },
        {
          name: 'ticket',
          in: 'query',
          required: false,
          description: 'Abrufschein statt Anmeldung',
          schema: { type: 'string' },
        },
        {
          name: 'escaping',
          in: 'query',
          required: false,
          description: `nur ${formats
            .filter(({ spreadsheet }) => spreadsheet)
            .map(({ title }) => title)
            .join(' und ')}`,
          schema: { type: 'string', enum: ['spreadsheet', 'none'] },
        },
      ],
      responses: {
        '200': {
          description: 'Die Daten. Vollständig nur, wenn die Antwort ordentlich endet',
          content: Object.fromEntries(formats.map(({ mediaType }) => [mediaType, {}])),
        },
        default: PROBLEM_ANSWER,
      },
    },
  },
});

/** Two controllers may both say `submit`; in the document each name stands once. */
const operationId = ({ controller, handler }: Route): string =>
  `${controller.replace(/Controller$/, '').toLowerCase()}.${handler}`;

const form = (field: string, described: z.ZodType, required: boolean, types: readonly string[]): Json => ({
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        required: required ? [field, 'file'] : ['file'],
        properties: {
          [field]: {
            type: 'string',
            contentMediaType: 'application/json',
            contentSchema: z.toJSONSchema(described, { io: 'input', unrepresentable: 'any' }),
          },
          file: { type: 'string', format: 'binary' },
        },
      },
      encoding: { file: { contentType: types.join(', ') } },
    },
  },
});

const DATA = CONNECTORS.flatMap(({ accept }) => accept).filter((type) => type.includes('/'));
const DOCUMENTS = Object.keys(FILE_TYPES);

const upload = (of: NonNullable<OperationDeclaration['upload']>): Json =>
  of === true ? form('hints', hintsSchema, false, DATA) : form(of.field, of.schema, true, DOCUMENTS);

function describe(route: Route, path: string, operation: OperationDeclaration | undefined, shared: Shared): Json {
  const { input, output } = operation?.useCase ?? {};
  const may = route.access?.may ?? 'nobody';
  const inQuery = inputIsQuery(route.method);
  const query = (inQuery && input ? schemaOf(input, 'input', shared) : {}) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...Object.entries(query.properties ?? {}).map(([name, schema]) => ({
      name,
      in: 'query',
      required: query.required?.includes(name) ?? false,
      schema,
    })),
  ];
  const body = operation?.upload
    ? upload(operation.upload)
    : !inQuery && input
      ? { required: true, content: { 'application/json': { schema: schemaOf(input, 'input', shared) } } }
      : undefined;
  const answer = operation?.media
    ? { [operation.media]: {} }
    : output && { 'application/json': { schema: schemaOf(output, 'output', shared) } };
  return {
    operationId: operationId(route),
    summary: operation?.summary ?? operationId(route),
    'x-permission': may,
    'x-audit': route.access?.audit,
    security: may === 'public' ? [] : [{ bearer: [] }],
    parameters,
    ...(body && { requestBody: body }),
    responses: {
      '2XX': { description: operation?.answers ?? 'Erfolg', ...(answer && { content: answer }) },
      default: PROBLEM_ANSWER,
    },
  };
}
