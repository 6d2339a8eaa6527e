import { CatalogueReads, type ProductState } from '#lib/catalogue';
import { type InputFault, kernelProblems, type Tx } from '#lib/kernel';
import { type Actor, MachineClient, OrganisationReads, organisationProblems } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import { FactsAssembly } from '../decision/facts-assembly';
import { unanswered } from '../form/answers';
import { evidenceFaults } from '../form/evidence-dates';
import { checkFields, checkRows, type TypedField } from '../form/form-check';
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

  /** The version the form names, or the current one, and its fields. Throws `product_not_requestable`. */
  async version(tx: Tx, { productId, productVersionId }: PartialRequestForm) {
    const current = await this.catalogue.currentVersion(tx, productId);
    const version = productVersionId ? await this.catalogue.version(tx, productVersionId) : current;
    if (!version || version.productId !== productId) throw requestProblems.product_not_requestable();
    return { versionId: version.id, fields: version.fields as readonly TypedField[] };
  }

  /** Fields, coarser forms and rows against the version; a form that names no field yet asks for all. Throws `validation_failed`. */
  mustSelect(form: PartialRequestForm, fields: readonly TypedField[]): void {
    mustHaveNone(selectionFaults(form, fields));
  }

  /** A complete form against the version, the cap on its days, and what its answers still owe. Throws `validation_failed`. */
  async admit(tx: Tx, form: RequestForm) {
    const { versionId, fields } = await this.version(tx, form);
    const policyProduct = await this.catalogue.forPolicy(tx, form.productId);
    const { validFrom, validUntil, faults } = await this.period(tx, form, policyProduct.personalRef);
    for (const unitId of [form.consumerUnitId, form.processorUnitId, form.onBehalfOfUnitId, ...form.onwardUnitIds]) {
      if (unitId) await this.organisation.unit(tx, unitId);
    }
    const { providerUnitId } = await this.catalogue.product(tx, form.productId);
    const { consumer } = await this.assembly.parties(tx, form, providerUnitId);
    mustHaveNone([
      ...selectionFaults(form, fields),
      ...faults,
      ...evidenceFaults(form),
      ...unanswered(REQUEST_FIELDS, form, policyProduct, consumer.kind),
    ]);
    return { versionId, period: { validFrom, validUntil } };
  }

  /**
   * What an answer with a changed form changes of the request: as `admit`, and it asks for the same product in the name
   * of the same unit.
   */
  async admitChanged(tx: Tx, request: AccessRequest, form: RequestForm) {
    const fixed = (['productId', 'consumerUnitId'] as const).filter((key) => form[key] !== request.form[key]);
    mustHaveNone(
      fixed.map((key) => ({
        pointer: `/form/${key}`,
        code: 'fixed',
        detail: 'Das lässt sich nicht ändern. Bitte stellen Sie einen neuen Antrag.',
      })),
    );
    const { versionId, period } = await this.admit(tx, form);
    const formNumber = request.formNumber + 1;
    return { form, formNumber, productVersionId: versionId, purposeCode: form.purposeCode, ...period };
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
    ...checkRows(form.rows ?? null, fields),
  ];
}

const germanDay = (day: string): string => day.split('-').reverse().join('.');

function mustHaveNone(faults: InputFault[]): void {
  if (faults.length > 0) throw kernelProblems.validation_failed({ errors: faults });
}
