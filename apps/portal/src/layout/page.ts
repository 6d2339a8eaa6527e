import { type ComponentType, createElement, type ReactElement } from 'react';

export interface Crumb {
  text: string;
  href: string;
}

export interface PageOptions {
  /** instead of the title the route declares */
  title?: string;
  status?: number;
  /** pages above this one, from the outermost on; the start page comes by itself */
  crumbs?: Crumb[];
  /** scripts of ours that enhance this page; it works without them */
  scripts?: string[];
}

/** A page to be framed and rendered. */
export class Page {
  constructor(
    readonly view: ReactElement,
    readonly options: PageOptions = {},
  ) {}
}

/** Part of a page, for our own scripts: rendered without a frame. */
export class Fragment {
  constructor(readonly view: ReactElement) {}
}

/** The browser goes on to another address (303), ours or one of the addresses the configuration names. */
export class Redirect {
  constructor(readonly url: string) {}
}

/** A document to be saved, as it was uploaded. */
export class Download {
  constructor(readonly file: { bytes: Buffer; fileName: string; mediaType: string }) {}
}

export type ScreenResult = Page | Fragment | Redirect | Download;

/** A view with what it shows. */
export const render = <P extends object>(view: ComponentType<P>, props: P, options?: PageOptions): Page =>
  new Page(createElement(view, props), options);

export const fragment = <P extends object>(view: ComponentType<P>, props: P): Fragment =>
  new Fragment(createElement(view, props));

export const redirect = (path: string): Redirect => new Redirect(path);
