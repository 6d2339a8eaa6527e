import { UnitOfWork } from '#lib/kernel';
import { type Actor, DutyReads, OrganisationReads } from '#lib/organisation';
import {
  documentInWords,
  filterInWords,
  maskInWords,
  namesOf,
  REQUEST_FIELDS,
  type RequestView,
  whatWasAskedFor,
} from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { day } from '../format';

/** A request in words: for those who asked, and for those who decide. */
@Injectable()
export class RequestWords {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationReads,
    private readonly duties: DutyReads,
    private readonly rulebook: Rulebook,
  ) {}

  /** What was asked for, statement by statement, with the names behind the codes. */
  inWords(
    actor: Actor,
    { form, conditions, evidence }: Pick<RequestView, 'form' | 'conditions' | 'evidence'>,
  ): Promise<{ said: [string, string][]; conditions: [string, string][] }> {
    return this.uow.read(actor.acting, async (tx) => {
      const { ruleset } = await this.rulebook.inForce(tx);
      const units = new Map([
        ...(await this.organisation.units(tx)).map(({ id, name }): [string, string] => [id, name]),
        ...evidence.map((one): [string, string] => [one.id, documentInWords(one)]),
        ...(await this.duties.inWords(tx, form.duty)),
      ]);
      const said = whatWasAskedFor(REQUEST_FIELDS, form, namesOf(ruleset, units));
      return { said, conditions: conditionsInWords(conditions) };
    });
  }
}

export function conditionsInWords(conditions: RequestView['conditions']): [string, string][] {
  if (!conditions) return [];
  const { fields, coarser, rows, until, recipients, retentionDays, note } = conditions;
  const words: [string, string][] = [];
  if (fields) words.push(['Nur diese Felder', fields.join(', ')]);
  if (coarser)
    words.push([
      'Nur in gröberer Form',
      coarser.map(({ field, mask }) => `${field} (${maskInWords(mask)})`).join(', '),
    ]);
  if (rows) words.push(['Nur diese Zeilen', filterInWords(rows)]);
  if (until) words.push(['Nur bis', day(until)]);
  if (recipients) words.push(['Nur diese Empfänger', recipients.join(', ') || 'keine weiteren']);
  if (retentionDays) words.push(['Löschen nach', `${retentionDays} Tagen`]);
  if (note) words.push(['Auflage', note]);
  return words;
}
