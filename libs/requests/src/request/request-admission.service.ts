import { CatalogueReads, type ProductState } from '#lib/catalogue';
import { dayOf, type InputFault, kernelProblems, type Tx } from '#lib/kernel';
import { type Actor, MachineClient, OrganisationReads, organisationProblems } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import { FactsAssembly } from '../decision/facts-assembly';
import { unanswered } from '../form/answers';
import { Rulebook } from '#lib/rulebook';
import { EvidenceReads } from '../evidence/evidence.reads';
import { endFaults, lastDayOfAll } from '../form/evidence-dates';
import { contradictions } from '../form/contradictions';
import { askedOf, checkFields, checkRows, type TypedField } from '../form/form-check';
import { checkCoarser } from '../form/generalisation';
import { REQUEST_FIELDS } from '../form/request-fields';
import type { PartialRequestForm, RequestForm } from '../form/request-form';
import { requestProblems } from '../requests.problems';
import type { AccessRequest } from './access-request.entity';
import { RequestRepository } from './requests.repository';

/** Longest use in months; with reference to persons half of it (governance §2.1). */
const MONTHS = 12;
const MONTHS_PERSONAL = 6;
const PERSONAL: readonly string[] = ['PSEUDONYMISED', 'PERSONAL', 'SPECIAL'];
/** A draft is not shown to others, so it can not be asked for either. */
const UNSEEN: readonly ProductState[] = ['DRAFT', 'IN_REVIEW'];

/** Whether something may be asked for at all, and by whom: what only the database knows. The rules decide afterwards. */
@Injectable()
export class RequestAdmission {
  constructor(
    private readonly organisation: OrganisationReads,
    private readonly catalogue: CatalogueReads,
    private readonly requests: RequestRepository,
    private readonly assembly: FactsAssembly,
    private readonly evidence: EvidenceReads,
    private readonly rulebook: Rulebook,
  ) {}

  /**
   * Who answers for a new request: the person, if it holds REQUESTER in this unit now, or the one responsible for a
   * programme of this unit. Throws `unit_ended`, `requester_role_missing`.
   */
  async requester(tx: Tx, actor: Actor, unitId: string): Promise<string> {
    // who stands in the place of an ended unit asks in its own name
    if ((await this.organisation.living(tx, unitId)).id !== unitId) throw organisationProblems.unit_ended();
    if (actor.personId !== null) {
      if (await this.organisation.entitledAs(tx, actor, 'REQUESTER', unitId, { overdue: false })) return actor.personId;
      throw requestProblems.requester_role_missing();
    }
    const client =
      actor.clientId && actor.units.includes(unitId)
        ? await tx.em.findOneBy(MachineClient, { clientId: actor.clientId, unitId })
        : null;
    if (!client || client.disabledAt) throw requestProblems.requester_role_missing();
    return client.responsiblePersonId;
  }

  /** The requester, a colleague who may request for the same unit, or its head. Throws `not_the_requester`. */
  async mayAct(tx: Tx, actor: Actor, request: AccessRequest): Promise<string> {
    if (actor.personId === null) throw requestProblems.person_required();
    const { consumerUnitId } = await this.requests.partiesNow(tx, request);
    for (const role of ['REQUESTER', 'REQ_HEAD'] as const) {
      if (await this.organisation.entitledAs(tx, actor, role, consumerUnitId, { overdue: false }))
        return actor.personId;
    }
    throw requestProblems.not_the_requester();
  }

  /** The product as others see it. Throws `product_not_requestable`. */
  async product(tx: Tx, productId: string) {
    const product = await this.catalogue.product(tx, productId);
    if (UNSEEN.includes(product.state)) throw requestProblems.product_not_requestable();
    return product;
  }

  /**
   * The version the form names, or the current one, and its fields as they are to be treated now. One that nobody released
   * can not be asked for, by nobody. Throws `product_not_requestable`.
   */
  async version(tx: Tx, { productId, productVersionId }: PartialRequestForm) {
    const current = await this.catalogue.currentVersion(tx, productId);
    const version = productVersionId ? await this.catalogue.version(tx, productVersionId) : current;
    if (!version || version.productId !== productId || version.frozenAt === null)
      throw requestProblems.product_not_requestable();
    const fields: readonly TypedField[] = await this.catalogue.fieldsNow(tx, version.id);
    return { versionId: version.id, fields };
  }

  /** Fields, coarser forms and rows against the version; a form that names no field yet asks for all. Throws `validation_failed`. */
  mustSelect(form: PartialRequestForm, fields: readonly TypedField[]): void {
    mustHaveNone(selectionFaults(form, fields));
  }

  /** Kinds of evidence that the law book knows, and documents that are the unit's. Throws `validation_failed`. */
  async mustKnowEvidence(tx: Tx, form: PartialRequestForm): Promise<void> {
    mustHaveNone((await this.shown(tx, form)).faults);
  }

  /** What the form says agrees with itself under the law in force. Throws `validation_failed`. */
  async mustAgree(tx: Tx, form: PartialRequestForm): Promise<void> {
    mustHaveNone(contradictions((await this.rulebook.inForce(tx)).ruleset, form));
  }

  /** A complete form against the version, the cap on its days, and what its answers still owe. Throws `validation_failed`. */
  async admit(tx: Tx, form: RequestForm, requestId?: string) {
    const { versionId, fields } = await this.version(tx, form);
    const policyProduct = await this.catalogue.forPolicy(tx, form.productId, versionId);
    const { validFrom, validUntil, faults } = await this.period(tx, form, policyProduct.personalRef);
    for (const unitId of [form.consumerUnitId, form.processorUnitId, form.onBehalfOfUnitId, ...form.onwardUnitIds]) {
      if (unitId) await this.organisation.unit(tx, unitId);
    }
    const { providerUnitId } = await this.catalogue.product(tx, form.productId);
    const { consumer } = await this.assembly.parties(tx, form, providerUnitId, policyProduct);
    mustHaveNone([
      ...selectionFaults(form, fields),
      ...faults,
      ...(await this.evidenceFaults(tx, form, requestId)),
      ...endFaults(form, policyProduct.licenceUntil ?? null, 'Die Lizenz der Daten'),
      ...(await this.ownInstructions(tx, form)),
      ...(await this.dutyFaults(tx, form)),
      ...unanswered(REQUEST_FIELDS, form, policyProduct, consumer.kind),
      ...contradictions((await this.rulebook.inForce(tx)).ruleset, form),
    ]);
    return { versionId, period: { validFrom, validUntil } };
  }

  /**
   * What an answer with a changed form changes of the request: as `admit`, and it asks for the same product in the name
   * of the same unit, for the same office.
   */
  async admitChanged(tx: Tx, request: AccessRequest, form: RequestForm) {
    const fixed = (['productId', 'consumerUnitId', 'onBehalfOfUnitId'] as const).filter(
      (key) => (form[key] ?? null) !== (request.form[key] ?? null),
    );
    mustHaveNone(
      fixed.map((key) => ({
        pointer: `/form/${key}`,
        code: 'fixed',
        detail: 'Das lässt sich nicht ändern. Bitte stellen Sie einen neuen Antrag.',
      })),
    );
    // a newer version is asked for by name only: an answer changes what it says, and nothing else
    const named = { ...form, productVersionId: form.productVersionId ?? request.productVersionId };
    const { versionId, period } = await this.admit(tx, named, request.id);
    const formNumber = request.formNumber + 1;
    return { form, formNumber, productVersionId: versionId, purposeCode: form.purposeCode, ...period };
  }

  /** Nobody works on the instructions of the own office: that is the office's own use. */
  private async ownInstructions(tx: Tx, form: RequestForm): Promise<InputFault[]> {
    const own = await this.organisation.officeOf(tx, form.consumerUnitId);
    const faults: InputFault[] = [];
    for (const key of ['onBehalfOfUnitId', 'processorUnitId'] as const) {
      const named = form[key];
      if (named && (await this.organisation.officeOf(tx, named)) === own)
        faults.push({
          pointer: `/${key}`,
          code: 'own_unit',
          detail: 'Bitte nennen Sie eine andere Stelle als die eigene.',
        });
    }
    if (form.onBehalfOfUnitId && form.processorUnitId)
      faults.push({
        pointer: '/processorUnitId',
        code: 'processor_of_processor',
        detail:
          'Wer im Auftrag arbeitet, gibt die Daten keinem weiteren Dienstleister. Bitte stellt die beauftragende Stelle dafür selbst einen Antrag.',
      });
    return faults;
  }

  /** A purpose that means a duty names one of the office whose purpose it is, and no other purpose names any. */
  private async dutyFaults(tx: Tx, form: RequestForm): Promise<InputFault[]> {
    const { ruleset } = await this.rulebook.inForce(tx);
    const fault = (code: string, detail: string): InputFault[] => [{ pointer: '/duty', code, detail }];
    if (!ruleset.meansDuty(form.purposeCode))
      return form.duty
        ? fault('duty_of_other_purpose', 'Eine Pflichtaufgabe nennen Sie nur zum Zweck „Gesetzliche Pflichtaufgabe“.')
        : [];
    if (!form.duty) return fault('missing', 'Bitte nennen Sie die Pflichtaufgabe, für die Sie die Daten brauchen.');
    if ((await this.assembly.duty(tx, form)) !== null) return [];
    return fault(
      'duty_not_own',
      'Das ist keine Pflichtaufgabe der Stelle, deren Zweck zählt. Bitte wählen Sie eine aus dem Verzeichnis.',
    );
  }

  /** What the form shows, with its faults: kinds nobody knows, and documents that are not there for this unit. */
  private async shown(tx: Tx, form: PartialRequestForm, requestId?: string) {
    const { ruleset } = await this.rulebook.inForce(tx);
    const { evidence = [], attachments = [], evidenceFiles: ids = [], productId, consumerUnitId: unitId } = form;
    const shown = await this.evidence.shown(tx, { ids, unitId, productId, requestId });
    const today = dayOf(tx.now);
    const unknown = (kind: string, pointer: string): InputFault[] =>
      ruleset.evidenceKind(kind)
        ? []
        : [{ pointer, code: 'evidence_unknown', detail: `Den Nachweis „${kind}“ gibt es nicht.` }];
    const faults = [
      ...evidence.flatMap((kind, at) => unknown(kind, `/evidence/${at}`)),
      ...attachments.flatMap(({ kind }, at) => unknown(kind, `/attachments/${at}/kind`)),
      ...ids.flatMap((id, at): InputFault[] => {
        const pointer = `/evidenceFiles/${at}`;
        const document = shown.find((one) => one.id === id);
        if (!document)
          return [{ pointer, code: 'evidence_not_found', detail: 'Diesen Nachweis gibt es für Ihre Stelle nicht.' }];
        const { validFrom } = document;
        if (validFrom === null || validFrom <= today) return [];
        return [{ pointer, code: 'evidence_not_yet', detail: `Ein Nachweis gilt erst ab ${germanDay(validFrom)}.` }];
      }),
    ];
    return { ruleset, shown, faults };
  }

  private async evidenceFaults(tx: Tx, form: RequestForm, requestId?: string): Promise<InputFault[]> {
    const { ruleset, shown, faults } = await this.shown(tx, form, requestId);
    const registered = (kind: string) => ruleset.evidenceKind(kind)?.register !== undefined;
    const bare = form.evidence.flatMap((kind, at): InputFault[] => {
      if (registered(kind) || shown.some((one) => one.kind === kind) || !ruleset.evidenceKind(kind)) return [];
      const detail = `Für den Nachweis „${ruleset.label('evidence', kind)}“ fehlt die Datei. Bitte laden Sie ihn hoch.`;
      return [{ pointer: `/evidence/${at}`, code: 'evidence_file_missing', detail }];
    });
    return [...faults, ...bare, ...endFaults(form, lastDayOfAll(shown, dayOf(tx.now)), 'Ein Nachweis')];
  }

  private async period(tx: Tx, { from, until }: RequestForm, personalRef: string | null) {
    const months = personalRef === null || PERSONAL.includes(personalRef) ? MONTHS_PERSONAL : MONTHS;
    const { validFrom, validUntil, latest, past } = await this.requests.period(tx, from, until, months);
    const faults: InputFault[] = [];
    if (past) faults.push({ pointer: '/until', code: 'period_past', detail: 'Das Ende liegt in der Vergangenheit.' });
    if (until > latest) {
      faults.push({
        pointer: '/until',
        code: 'period_too_long',
        detail: `Höchstens ${months} Monate, also bis ${germanDay(latest)}.`,
      });
    }
    return { validFrom, validUntil, faults };
  }
}

function selectionFaults(form: PartialRequestForm, fields: readonly TypedField[]): InputFault[] {
  const asked = form.fields ?? fields.map(({ name }) => name);
  return [
    ...checkFields(asked, fields),
    ...checkCoarser(form.coarser, asked, fields),
    ...checkRows(form.rows ?? null, fields, askedOf({ fields: asked, coarser: form.coarser })),
  ];
}

const germanDay = (day: string): string => day.split('-').reverse().join('.');

function mustHaveNone(faults: InputFault[]): void {
  if (faults.length > 0) throw kernelProblems.validation_failed({ errors: faults });
}
