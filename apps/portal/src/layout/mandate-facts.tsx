import type { AuditMandateView } from '#lib/organisation';
import { day, lastDay } from './format';
import { Facts } from './parts';

/** A mandate in words; also on the page of the log, for those who read under it. */
export const MandateFacts = ({ mandate }: { mandate: AuditMandateView }) => (
  <Facts
    items={[
      ['Gegenstand', mandate.subject],
      ['Grundlage', mandate.basisName],
      ['Umfang', mandate.wholeCity ? 'die ganze Stadt' : mandate.units.map(({ name }) => name).join(', ')],
      ['Gültig', `${day(mandate.validFrom)} bis ${lastDay(mandate.validUntil)}`],
      ['Eingetragen', mandate.registeredByName],
      ['Bestätigt', mandate.confirmedByName ?? 'noch nicht'],
    ]}
  />
);
