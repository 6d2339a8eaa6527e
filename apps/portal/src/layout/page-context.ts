import type { InputFault } from '#lib/kernel';
import { createContext } from 'react';

/** What every part of a page may need to know about the answer it is in. */
export interface PageContextValue {
  /** anti-forgery token for forms; null when nobody is signed in, and then there are no forms */
  csrf: string | null;
  nonce: string;
}

export const PageContext = createContext<PageContextValue>({ csrf: null, nonce: '' });

/** Faults of the form a field stands in; each field finds its own. */
export const FaultContext = createContext<readonly InputFault[]>([]);

/** The first member a JSON pointer names: `/fields/0` belongs to the field `fields`. */
export const fieldOf = ({ pointer }: InputFault): string =>
  (pointer.split('/')[1] ?? '').replaceAll('~1', '/').replaceAll('~0', '~');

export const fieldId = (name: string): string => `field-${name}`;
