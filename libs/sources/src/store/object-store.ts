/** Nest token of the object store. */
export const OBJECT_STORE = Symbol('object store');
/** Nest token of the store for documents that people upload as evidence: apart from the data, because they can be removed. */
export const EVIDENCE_STORE = Symbol('evidence store');

export interface StoredObject {
  /** names the content; the same bytes have the same key for ever */
  key: string;
  /** hexadecimal */
  sha256: string;
  bytes: number;
}

/**
 * Keeps files that never change. The key is made of the content's SHA-256, so it can not point at anything else, and
 * it can not name a path.
 */
export interface ObjectStore {
  /** Stores a copy of a local file, complete and on disk when the promise resolves; the file stays the caller's. */
  put(file: string): Promise<StoredObject>;
  /** A local path to read the object from. Throws `object_missing` when it is not there or not a key. */
  path(key: string): string;
  /** Reads the whole object and compares it with its key. Throws `object_missing` or `object_damaged`. */
  verify(key: string): Promise<StoredObject>;
  /** Removes an object; one that is not there is no fault. The caller knows that nobody names it any more. */
  remove(key: string): Promise<void>;
}
