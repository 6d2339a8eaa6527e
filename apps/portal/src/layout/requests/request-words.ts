import { UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads } from '#lib/organisation';
import { DECLARED, maskInWords, QUESTIONS, type RequestView } from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { day } from '../format';
import { filterText } from '../words';

/** A request in words: for those who asked, and for those who decide. */
@Injectable()
export class RequestWords {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationReads,
    private readonly rulebook: Rulebook,
  ) {}

  /** What was asked for, statement by statement, with the names behind the codes. */
  inWords(
    actor: Actor,
    { form, conditions }: Pick<RequestView, 'form' | 'conditions'>,
  ): Promise<{ said: [string, string][]; conditions: [string, string][] }> {
    return this.uow.read(actor.acting, async (tx) => {
      const { ruleset } = await this.rulebook.inForce(tx);
      const units = new Map((await this.organisation.units(tx)).map(({ id, name }) => [id, name]));
      const name = (id: string | null) => (id ? (units.get(id) ?? 'unbekannte Stelle') : '–');
      const bases = form.legalBasis.map(
        (code) => ruleset.legalBases.find((basis) => basis.code === code)?.name ?? code,
      );
      const said: [string, string][] = [
        ['Anfragende Stelle', name(form.consumerUnitId)],
        ['Vorhaben', form.project],
        ['Aktenzeichen', form.caseNumber ?? '–'],
        ['Zweck', ruleset.purposes.find(({ code }) => code === form.purposeCode)?.name ?? form.purposeCode],
        ['Zweck in einem Satz', form.purposeText],
        ['Rechtsgrundlage', bases.join(', ') || 'keine genannt'],
        ['Zeitraum', `${day(form.from)} bis ${day(form.until)}`],
        ['Felder', form.fields.map((field) => withForm(field, form.coarser)).join(', ')],
        ['Zeilen', filterText(form.rows)],
        ['Genauigkeit', ruleset.label('form', form.form)],
        ['Empfänger', form.recipients.join(', ') || 'keine weiteren genannt'],
        ['Löschen nach', form.retentionDays ? `${form.retentionDays} Tagen` : '–'],
      ];
      if (form.necessity) said.push(['Warum Einzeldaten', form.necessity]);
      if (form.onBehalfOfUnitId) said.push(['Im Auftrag von', `${name(form.onBehalfOfUnitId)} (Auftragsverarbeitung)`]);
      if (form.declarations.jointControl)
        said.push(['Verantwortung', 'Beide Stellen legen Zweck und Mittel gemeinsam fest (DSGVO Art. 26).']);
      for (const question of QUESTIONS) {
        const answer = form.declarations[question];
        if (answer !== undefined) said.push([DECLARED[question].text, answer ? 'ja' : 'nein']);
      }
      if (form.changeGround)
        said.push(['Grund für die Zweckänderung', ruleset.label('changeGrounds', form.changeGround)]);
      if (form.processorUnitId) said.push(['Dienstleister', name(form.processorUnitId)]);
      if (form.onwardUnitIds.length > 0) said.push(['Weitergabe an', form.onwardUnitIds.map(name).join(', ')]);
      if (form.evidence.length > 0)
        said.push(['Nachweise', form.evidence.map((code) => ruleset.label('evidence', code)).join(', ')]);
      for (const { title, reference, validUntil } of form.attachments)
        said.push(['Anlage', `${title} (${reference})${validUntil ? `, gilt bis ${day(validUntil)}` : ''}`]);
      return { said, conditions: conditionsInWords(conditions) };
    });
  }
}

const withForm = (field: string, coarser: RequestView['form']['coarser']): string => {
  const mask = coarser?.find((one) => one.field === field)?.mask;
  return mask ? `${field} (${maskInWords(mask)})` : field;
};

export function conditionsInWords(conditions: RequestView['conditions']): [string, string][] {
  if (!conditions) return [];
  const { fields, coarser, rows, until, recipients, retentionDays, note } = conditions;
  const words: [string, string][] = [];
  if (fields) words.push(['Nur diese Felder', fields.join(', ')]);
  if (coarser) words.push(['Nur in gröberer Form', coarser.map(({ field }) => withForm(field, coarser)).join(', ')]);
  if (rows) words.push(['Nur diese Zeilen', filterText(rows)]);
  if (until) words.push(['Nur bis', day(until)]);
  if (recipients) words.push(['Nur diese Empfänger', recipients.join(', ') || 'keine weiteren']);
  if (retentionDays) words.push(['Löschen nach', `${retentionDays} Tagen`]);
  if (note) words.push(['Auflage', note]);
  return words;
}
