import { announced } from './announced';
import { attachments } from './attachments';
import { coarser } from './coarser';
import { documents } from './documents';
import { legalBases } from './legal-bases';
import { oneRow } from './one-row';
import { onward } from './onward';
import { rows } from './rows';
import type { Widget } from './widget';

/** By the name the table of fields gives. */
export const WIDGETS: Readonly<Record<string, Widget>> = {
  announced,
  attachments,
  coarser,
  documents,
  legalBases,
  oneRow,
  onward,
  rows,
};
