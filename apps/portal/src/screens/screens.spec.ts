import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { RequestMethod, type Type } from '@nestjs/common';
import fastify from 'fastify';
import type { PortalScreen } from '../layout/portal-screen';
import * as screens from './';

const all: PortalScreen[] = Object.values(screens);
const controllers = all.flatMap((screen) => screen.controllers);

test('every folder of a screen has its line, and no controller is forgotten', () => {
  const found = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.controller.ts'),
  );
  expect(all).toHaveLength(new Set(found.map((name) => dirname(name))).size);
  expect(new Set(controllers).size).toBe(found.length);
});

interface Route {
  method: string;
  path: string;
}

const list = (path: string | string[] | undefined): string[] => [path ?? ''].flat();
const routesOf = (controller: Type): Route[] =>
  Object.getOwnPropertyNames(controller.prototype).flatMap((name) => {
    const handler = (controller.prototype as Record<string, object>)[name]!;
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const paths = list(Reflect.getMetadata(PATH_METADATA, handler) as string);
    return list(Reflect.getMetadata(PATH_METADATA, controller) as string).flatMap((above) =>
      paths.map((path) => ({
        method: RequestMethod[method],
        path: `/${[above, path]
          .flatMap((part) => part.split('/'))
          .filter(Boolean)
          .join('/')}`,
      })),
    );
  });

async function answering(routes: readonly Route[]) {
  const server = fastify();
  for (const { method, path } of routes)
    server.route({ method, url: path, handler: () => Promise.resolve({ method, path }) });
  await server.ready();
  return async ({ method, path }: Route): Promise<Route> => {
    const url = path.replace(/:\w+/g, '0190a000-0000-7000-8000-00000000000a');
    return (await server.inject({ method: method as 'GET', url })).json<Route>();
  };
}

test('the order of the lines means nothing: each address finds its own handler, forwards and backwards', async () => {
  const routes = controllers.flatMap(routesOf);
  expect(routes.length).toBeGreaterThan(100);
  for (const order of [routes, routes.toReversed()]) {
    const ask = await answering(order);
    for (const route of routes) expect(await ask(route)).toEqual(route);
  }
});
