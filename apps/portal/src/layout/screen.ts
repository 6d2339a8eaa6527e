import { Access, type AccessDeclaration, type PermittedUseCase } from '#lib/organisation';
import { applyDecorators, Get, Post, Res, SetMetadata } from '@nestjs/common';

/** Where the interceptor finds the title of a route. */
export const TITLE = 'portal:title';
/** Where it finds the word that may stand in place of an id. */
export const LITERAL_ID = 'portal:literal-id';

interface Words {
  path: string;
  /** German title of the page: h1 and browser tab, unless the handler gives a more exact one */
  title: string;
  /** a word that may stand where the address has an id, e.g. `new`; anything else that is no id is not found */
  literalId?: string;
}

/** A screen offers a use case of a stage, or says itself who may see it and what it leaves behind. */
type ScreenDeclaration = Words & ({ useCase: PermittedUseCase } | Omit<AccessDeclaration, 'title'>);

function declare({ title, literalId, ...access }: ScreenDeclaration): MethodDecorator {
  const { may, audit } = 'useCase' in access ? access.useCase : access;
  return applyDecorators(
    Access({ may, audit, title }),
    SetMetadata(TITLE, title),
    SetMetadata(LITERAL_ID, literalId),
    answeredByUs,
  );
}

/** A page of the portal: GET, with permission, audit event and title in one place. The handler gives a `Page` or `Redirect`. */
export const Screen = (screen: ScreenDeclaration) => applyDecorators(Get(screen.path), declare(screen));

/** What a form of the portal does: POST, with the same declaration. It ends on another page, or on the form again. */
export const Action = (screen: ScreenDeclaration) => applyDecorators(Post(screen.path), declare(screen));

/** Nest must not answer itself: status and headers belong to the page (`PageInterceptor`). */
const answeredByUs: MethodDecorator = (target, name, descriptor) =>
  Res()(target, name, (descriptor.value as unknown as (...args: unknown[]) => unknown).length + 1);
