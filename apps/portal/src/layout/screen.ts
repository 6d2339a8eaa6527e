import { Access, type AccessDeclaration, type PermittedUseCase } from '#lib/organisation';
import { applyDecorators, Get, Post, Res, SetMetadata } from '@nestjs/common';

/** Where the interceptor finds the title of a route. */
export const TITLE = 'portal:title';
/** Where it finds the word that may stand in place of an id. */
export const LITERAL_ID = 'portal:literal-id';

/** Permission and audit event: those of the use case, or said here where the screen is more than one use case. */
type Permission = { useCase: PermittedUseCase } | Pick<AccessDeclaration, 'may' | 'audit'>;

type ScreenDeclaration = Permission & {
  path: string;
  /** German title of the page: h1 and browser tab, unless the handler gives a more exact one */
  title: string;
  /** a word that may stand where the address has an id, e.g. `new`; anything else that is no id is not found */
  literalId?: string;
};

const route = (method: typeof Get, { path, literalId, title, ...rest }: ScreenDeclaration) => {
  const { may, audit } = 'useCase' in rest ? rest.useCase : rest;
  return applyDecorators(
    method(path),
    Access({ may, audit, title }),
    SetMetadata(TITLE, title),
    SetMetadata(LITERAL_ID, literalId),
    answeredByUs,
  );
};

/** A page of the portal: GET, with permission, audit event and title in one place. The handler gives a `Page` or `Redirect`. */
export const Screen = (declaration: ScreenDeclaration) => route(Get, declaration);

/** What a form of the portal does: POST, with the same declaration. It ends on another page, or on the form again. */
export const Action = (declaration: ScreenDeclaration) => route(Post, declaration);

/** Nest must not answer itself: status and headers belong to the page (`PageInterceptor`). */
const answeredByUs: MethodDecorator = (target, name, descriptor) =>
  Res()(target, name, (descriptor.value as unknown as (...args: unknown[]) => unknown).length + 1);
