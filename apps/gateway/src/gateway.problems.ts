import { defineProblems } from '#lib/kernel';
import { FORMATS } from '#lib/sources';

const or = (words: readonly string[]) => `${words.slice(0, -1).join(', ')} oder ${words.at(-1)}`;

/** What only an HTTP gate can refuse. */
export const gatewayProblems = defineProblems('gateway', {
  format_not_acceptable: {
    status: 406,
    title: 'Format nicht lieferbar',
    remedy:
      `Geliefert wird ${or(FORMATS.map(({ title }) => title))}. Nennen Sie das Format in der Adresse: ` +
      `format=${or(FORMATS.map(({ name }) => name))}.`,
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
