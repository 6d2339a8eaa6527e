import type { Facts } from '#lib/policy';

const PERSONS: readonly (string | null | undefined)[] = ['PSEUDONYMISED', 'PERSONAL', 'SPECIAL'];

/** Whether data is about persons, as a whole or in a part that can not be separated. What is not classified yet counts as such. */
export const isAboutPersons = ({
  personalRef,
  strictestPart,
}: Pick<Facts['product'], 'personalRef' | 'strictestPart'>): boolean =>
  personalRef === null || PERSONS.includes(personalRef) || PERSONS.includes(strictestPart);
