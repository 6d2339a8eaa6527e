import { type INestApplicationContext, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { ACCESS, type AccessDeclaration } from './access';

/** One route of an app, with what it says about itself; `access` is null when it says nothing. */
export interface Route {
  method: string;
  path: string;
  controller: string;
  handler: string;
  access: AccessDeclaration | null;
}

/** All routes of an app, for the test that each declares permission, audit event and, in the portal, title. */
export function routeInventory(app: INestApplicationContext | ModulesContainer): Route[] {
  const scanner = new MetadataScanner();
  const modules = app instanceof ModulesContainer ? app : app.get(ModulesContainer);
  const routes = [...modules.values()]
    .flatMap((module) => [...module.controllers.values()])
    .flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, (...args: unknown[]) => unknown>;
      const bases = paths(Reflect.getMetadata(PATH_METADATA, metatype));
      return scanner.getAllMethodNames(prototype).flatMap((name): Route[] => {
        const handler = prototype[name];
        if (!handler || !Reflect.hasMetadata(PATH_METADATA, handler)) return [];
        const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number] ?? 'ALL';
        const access = (Reflect.getMetadata(ACCESS, handler) ??
          Reflect.getMetadata(ACCESS, metatype) ??
          null) as AccessDeclaration | null;
        return bases.flatMap((base) =>
          paths(Reflect.getMetadata(PATH_METADATA, handler)).map((path) => ({
            method,
            path: `/${base}/${path}`.replaceAll(/\/{2,}/g, '/').replace(/(?<=.)\/$/, ''),
            controller: metatype.name,
            handler: name,
            access,
          })),
        );
      });
    });
  const key = (route: Route) => `${route.path} ${route.method}`;
  return routes.sort((a, b) => key(a).localeCompare(key(b)));
}

const paths = (declared: unknown): string[] => [declared ?? ''].flat().map(String);
