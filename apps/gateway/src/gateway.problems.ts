import { defineProblems } from '#lib/kernel';

/** What only an HTTP gate can refuse. */
export const gatewayProblems = defineProblems('gateway', {
  format_not_acceptable: {
    status: 406,
    title: 'Format nicht lieferbar',
    remedy:
      'Geliefert wird CSV, NDJSON, JSON oder Parquet. Nennen Sie das Format in der Adresse: format=csv, ndjson, json oder parquet.',
  },
  range_refused: {
    status: 416,
    title: 'Teilabruf nicht möglich',
    remedy: 'Jeder Abruf wird als Ganzes geprüft und protokolliert. Rufen Sie die Daten ohne das Feld Range ab.',
  },
  http_version_refused: {
    status: 505,
    title: 'HTTP-Version zu alt',
    remedy: 'Nur ab HTTP/1.1 ist erkennbar, ob eine Lieferung vollständig ist.',
  },
});
