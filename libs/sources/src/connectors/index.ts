import type { Connector } from './connector';
import { csvUpload } from './csv-upload/csv-upload.connector';

/** Every way data comes in. A new one is a folder here and a line in this list. */
export const CONNECTORS: readonly Connector[] = [csvUpload];
