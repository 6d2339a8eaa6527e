/** Something outside prevents the start; the sentence says what and the remedy. */
export class LocalFault extends Error {}
