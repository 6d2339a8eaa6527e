import type { Facts } from '#lib/policy';
import type { TypedField } from './form-check';

const PERSONS: readonly (string | null | undefined)[] = ['PSEUDONYMISED', 'PERSONAL', 'SPECIAL'];

/** Whether data is about persons, as a whole or in a part that can not be separated. What is not classified yet counts as such. */
export const isAboutPersons = ({
  personalRef,
  strictestPart,
}: Pick<Facts['product'], 'personalRef' | 'strictestPart'>): boolean =>
  personalRef === null || PERSONS.includes(personalRef) || PERSONS.includes(strictestPart);

/**
 * Whether the rows of a table can be about single persons or households: the data as a whole, or a field by which they can be
 * found or told apart, whatever the card says of the whole.
 */
export const hasRowsOfPersons = (
  product: Parameters<typeof isAboutPersons>[0],
  held: readonly Pick<TypedField, 'class' | 'mask'>[],
): boolean => isAboutPersons(product) || held.some((field) => field.class === 'QUASI_ID' || isPseudonym(field));

/** A field that is not free of persons: by its values they can be found, or rows of one told from those of another. */
export const tellsOfPersons = (field: Pick<TypedField, 'class' | 'mask'> | undefined): boolean =>
  field?.class !== 'NONE' || isPseudonym(field);

const isPseudonym = ({ mask }: Pick<TypedField, 'mask'>): boolean =>
  (mask as { kind?: unknown } | null | undefined)?.kind === 'pseudonym';
