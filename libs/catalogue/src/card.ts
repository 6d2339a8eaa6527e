import type { z } from 'zod';
import { METADATA } from './metadata';
import { cardSchemaOf } from './metadatum';

/** The governance card beside what is decided on. Absent means "not stated yet"; an empty list means "stated: none". */
export const cardSchema = cardSchemaOf(METADATA);
export type Card = z.output<typeof cardSchema>;
