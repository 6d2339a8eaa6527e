import { recognise } from '../../ingest/ingest.service';
import { hintsSchema } from '../../reading/recognition';
import type { Connector } from '../connector';

/** A CSV file a person uploads; the settings are what that person corrected in the preview. */
export const csvUpload: Connector<typeof hintsSchema> = {
  kind: 'csv-upload',
  title: 'CSV-Datei hochladen',
  settings: hintsSchema,
  // `recognise` parses the settings itself
  recognise: (file, settings, opts) => recognise(file, settings ?? {}, opts),
};
