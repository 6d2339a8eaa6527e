import { AgreementReads, type AgreementLine } from '#lib/agreements';
import { ApprovalReads, type StepStatus } from '#lib/approvals';
import { UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads } from '#lib/organisation';
import {
  DECLARED,
  maskInWords,
  QUESTIONS,
  type RequestLine,
  type RequestState,
  RequestViews,
  type RequestView,
} from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { day, lastDay } from '../../../layout/format';
import type { Tone } from '../../../layout/parts';
import { filterText } from '../../../layout/words';

export type Side = 'CONSUMER' | 'PROVIDER' | 'ALL';

export interface RequestsModel {
  side: Side;
  sides: { side: Side; text: string }[];
  items: RequestLine[];
  page: number;
  pages: number;
  mayAsk: boolean;
}

export interface RequestModel {
  request: RequestView;
  /** the form in words, one line a statement */
  said: [string, string][];
  conditions: [string, string][];
  steps: StepStatus[];
  agreement: AgreementLine | null;
  /** the reader belongs to the office that asks */
  asks: boolean;
  /** what happens next, in one sentence */
  next: string;
  once: string;
}

const PAGE = 25;
export const STATE_TONE: Record<RequestState, Tone> = {
  SUBMITTED: 'info',
  PERMITTED: 'success',
  IN_REVIEW: 'info',
  QUESTION: 'warning',
  APPROVED: 'success',
  REFUSED: 'danger',
  WITHDRAWN: 'info',
  EXPIRED: 'warning',
};

@Injectable()
export class RequestsPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly requests: RequestViews,
    private readonly approvals: ApprovalReads,
    private readonly agreements: AgreementReads,
    private readonly organisation: OrganisationReads,
    private readonly rulebook: Rulebook,
  ) {}

  async list(actor: Actor, given: { side?: string; page?: string }): Promise<RequestsModel> {
    const sides: RequestsModel['sides'] = [
      { side: 'CONSUMER', text: 'Von meiner Stelle' },
      { side: 'PROVIDER', text: 'An meine Stelle' },
      ...(actor.acting.citywide ? [{ side: 'ALL' as const, text: 'Alle' }] : []),
    ];
    const side = sides.find((one) => one.side === given.side)?.side ?? (actor.acting.citywide ? 'ALL' : 'CONSUMER');
    const page = Math.max(1, Number.parseInt(given.page ?? '1', 10) || 1);
    const { items, total } = await this.requests.list(actor, { side, page, pageSize: PAGE });
    return {
      side,
      sides,
      items,
      page,
      pages: Math.ceil(total / PAGE),
      mayAsk: actor.permissions.has('request.submit'),
    };
  }

  async request(actor: Actor, id: string): Promise<Omit<RequestModel, 'once'>> {
    const request = await this.requests.view(actor, id);
    const [steps, agreement] = await Promise.all([
      this.approvals.stepsOf(actor, id),
      actor.permissions.has('agreement.read') ? this.agreements.ofRequest(actor, id) : Promise.resolve(null),
    ]);
    const asks = actor.acting.units.includes(request.consumerUnitId);
    return {
      request,
      ...(await this.inWords(actor, request)),
      steps,
      agreement,
      asks,
      next: nextStep(request, steps, agreement, asks),
    };
  }

  /** What was asked for, statement by statement, with the names behind the codes. */
  inWords(
    actor: Actor,
    { form, conditions }: Pick<RequestView, 'form' | 'conditions'>,
  ): Promise<Pick<RequestModel, 'said' | 'conditions'>> {
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

export function nextStep(
  { state, validUntil }: Pick<RequestView, 'state' | 'validUntil'>,
  steps: readonly Pick<StepStatus, 'state' | 'roleName' | 'kind' | 'dueAt'>[],
  agreement: Pick<AgreementLine, 'state' | 'number'> | null,
  asks: boolean,
): string {
  switch (state) {
    case 'QUESTION':
      return asks
        ? 'Die prüfende Stelle hat eine Frage. Bitte antworten Sie, vorher entscheidet niemand.'
        : 'Eine Frage an die anfragende Stelle ist offen. Vorher entscheidet niemand.';
    case 'IN_REVIEW': {
      const open = steps.filter((step) => step.state === 'OPEN');
      if (open.length === 0)
        return 'Die Prüfung wird gerade vorbereitet. Bitte laden Sie die Seite in wenigen Sekunden neu.';
      return `Jetzt ist an der Reihe: ${open.map(({ roleName, kind, dueAt }) => `${roleName} (${kind === 'CONSULT' ? 'Stellungnahme' : 'Entscheidung'} bis ${day(dueAt)})`).join(', ')}.`;
    }
    case 'PERMITTED':
    case 'APPROVED':
      if (!agreement)
        return 'Die Vereinbarung wird gerade vorbereitet. Bitte laden Sie die Seite in wenigen Sekunden neu.';
      if (agreement.state !== 'OFFERED') return `Es gibt eine Vereinbarung: ${agreement.number}.`;
      return asks
        ? 'Bitte lesen und bestätigen Sie jetzt die Vereinbarung.'
        : 'Die anfragende Stelle muss die Vereinbarung noch bestätigen.';
    case 'REFUSED':
      return `Der Antrag ist abgelehnt und bleibt mit seiner Begründung erhalten.${asks ? ' Sie können einen geänderten Antrag stellen.' : ''}`;
    case 'WITHDRAWN':
      return 'Der Antrag ist zurückgezogen. Er bleibt in der Liste stehen.';
    case 'EXPIRED':
      return `Der beantragte Zeitraum ist am ${lastDay(validUntil)} abgelaufen.${asks ? ' Bitte stellen Sie einen neuen Antrag.' : ''}`;
    case 'SUBMITTED':
      return 'Der Antrag ist eingegangen.';
  }
}
