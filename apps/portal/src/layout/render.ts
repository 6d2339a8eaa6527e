import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type ActorCall, type HttpRequest } from '#lib/organisation';
import { csrfToken, sessionEnd, sessionOf } from '../session/session';
import { assetAddress } from './assets';
import { Frame } from './frame';
import { navigation, type NavigationEntry } from './navigation';
import type { PageOptions } from './page';
import { PageContext } from './page-context';

/** A whole page as HTML. The one place where views become text; React escapes everything that is not markup of ours. */
export function renderPage(
  call: HttpRequest,
  entries: readonly NavigationEntry[],
  content: ReactElement,
  title: string,
  options: PageOptions = {},
): string {
  const { call: context }: ActorCall = call;
  const actor = context?.actor ?? null;
  const session = sessionOf(call);
  const notice = session?.notice;
  if (session && notice) delete session.notice;
  const ends = actor && session ? sessionEnd(session) : null;
  const frame = createElement(Frame, {
    title,
    crumbs: options.crumbs ?? [],
    navigation: navigation(entries, actor, call.url.split('?')[0] ?? '/'),
    person: actor?.name ?? null,
    notice,
    csrf: session?.signedIn ? csrfToken(session) : null,
    nonce: call.cspNonce ?? '',
    asset: assetAddress,
    ends,
    scripts: ['submit-once.js', ...(ends ? ['session-end.js'] : []), ...(options.scripts ?? [])],
    content,
  });
  return `<!DOCTYPE html>${renderToStaticMarkup(frame)}`;
}

/** A part of a page as HTML. */
export function renderFragment(call: HttpRequest, content: ReactElement): string {
  const session = sessionOf(call);
  const csrf = session?.signedIn ? csrfToken(session) : null;
  return renderToStaticMarkup(
    createElement(PageContext.Provider, { value: { csrf, nonce: call.cspNonce ?? '' } }, content),
  );
}
