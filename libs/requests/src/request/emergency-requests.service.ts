import { CatalogueReads } from '#lib/catalogue';
import { kernelProblems, newId, parse, type Tx } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import type { AccessRequest, Emergency } from './access-request.entity';
import { askedOf, checkFields, checkRows } from '../form/form-check';
import { decisionFacts, RequestDecisions } from '../decision/request-decisions.service';
import { type EmergencyForm, requestForm, type RequestForm } from '../form/request-form';
import { clearTexts } from '../form/answers';
import { REQUEST_FIELDS } from '../form/request-fields';
import { requestDecided, requestSubmitted } from '../requests.events';
import { requestProblems } from '../requests.problems';
import { formSha256, RequestRepository } from './requests.repository';

/** How long an emergency access lasts from its confirmation (SOD-10). Nobody can make it longer; the database says so too. */
export const EMERGENCY_HOURS = 24;
/** What came out of an emergency goes within this many days, unless the product says sooner. */
const RETENTION_DAYS = 30;

/**
 * A danger is no administrative case and no task for artificial intelligence, nobody is to be found behind a figure, and the
 * data are linked with no others. What else is asked of some products keeps its stricter answer.
 */
const ANSWERS = { usesAi: false, reidentification: false, singleCase: false, linksPersonalProducts: false };

/** Emergency accesses as requests: decided by the same rules, kept and replayed like every other. */
@Injectable()
export class EmergencyRequests {
  constructor(
    private readonly catalogue: CatalogueReads,
    private readonly requests: RequestRepository,
    private readonly decisions: RequestDecisions,
  ) {}

  /** The provider and the version in force of a product others may ask for. Throws `product_not_requestable`. */
  async subject(tx: Tx, productId: string): Promise<{ providerUnitId: string; productVersionId: string }> {
    const product = await this.catalogue.product(tx, productId);
    const version = await this.catalogue.currentVersion(tx, productId);
    if (product.state !== 'REQUESTABLE' || !version || version.frozenAt === null)
      throw requestProblems.product_not_requestable();
    return { providerUnitId: product.providerUnitId, productVersionId: version.id };
  }

  /**
   * Whether the rules would open this once a second person has confirmed it. Keeps nothing. Throws
   * `validation_failed` for fields the version does not have, and `emergency_not_possible` with the reasons.
   */
  async mustBePossible(tx: Tx, asked: EmergencyForm, providerUnitId: string): Promise<void> {
    const fields = await this.catalogue.fieldsNow(tx, asked.productVersionId);
    const faults = [...checkFields(asked.fields, fields), ...checkRows(asked.rows, fields, askedOf(asked))];
    if (faults.length > 0) throw kernelProblems.validation_failed({ errors: faults });
    const { form } = await this.formOf(tx, asked);
    const emergency = { danger: asked.danger, confirmed: true, inTime: true };
    const { decision } = await this.decisions.preview(tx, form, asked.productVersionId, providerUnitId, emergency);
    if (decision.outcome === 'FORBID' || decision.outcome === 'APPROVAL')
      throw requestProblems.emergency_not_possible({ because: decision.because.map(({ text }) => text) });
  }

  /**
   * The request of a confirmed emergency access, decided and valid from now for 24 hours. Throws
   * `emergency_not_possible` when the rules of now do not open it; then nothing is kept.
   */
  async submit(
    tx: Tx,
    asked: EmergencyForm,
    by: Pick<Emergency, 'openedBy' | 'confirmedBy'>,
    providerUnitId: string,
  ): Promise<{ requestId: string; validUntil: Date }> {
    await this.mustBePossible(tx, asked, providerUnitId);
    const { form, validFrom, validUntil } = await this.formOf(tx, asked);
    const { productId, productVersionId, consumerUnitId, danger } = asked;
    const request: AccessRequest = {
      id: newId(),
      number: await this.requests.nextNumber(tx),
      controllerUnitId: null,
      state: 'SUBMITTED',
      revision: 1,
      consumerUnitId,
      providerUnitId,
      requesterPersonId: by.openedBy,
      productId,
      productVersionId,
      purposeCode: form.purposeCode,
      form,
      formNumber: 1,
      conditions: null,
      doneSteps: null,
      decisionId: null,
      refusal: null,
      validFrom,
      validUntil,
      copiedFrom: null,
      emergency: { danger, ...by },
      createdAt: tx.now,
      changedAt: tx.now,
    };
    await this.requests.insert(tx, request);
    await this.requests.addForm(tx, request, by.openedBy, []);
    const { id: requestId, number, purposeCode } = request;
    const parties = { consumerUnitId, providerUnitId, productId, productVersionId };
    await tx.emit(
      requestSubmitted({
        requestId,
        number,
        ...parties,
        purposeCode,
        from: null,
        to: 'SUBMITTED',
        revision: 1,
        formSha256: formSha256(form),
      }),
      clearTexts(REQUEST_FIELDS, form),
    );
    const stored = await this.decisions.decide(tx, request, 'REQUEST', 'SUBMIT');
    await this.requests.move(
      tx,
      request,
      'PERMITTED',
      (move) => requestDecided({ ...move, ...decisionFacts(stored), cause: 'SUBMIT' }),
      { decisionId: stored.id },
    );
    return { requestId, validUntil };
  }

  /** The form the rules look at, and its 24 hours by the clock of the database. */
  private async formOf(
    tx: Tx,
    asked: EmergencyForm,
  ): Promise<{ form: RequestForm; validFrom: Date; validUntil: Date }> {
    const [time] = await tx.sql<{ from: string; until: string; validFrom: Date; validUntil: Date }>(
      `SELECT to_char(now() AT TIME ZONE 'Europe/Berlin', 'YYYY-MM-DD') AS from, to_char(ends AT TIME ZONE 'Europe/Berlin', 'YYYY-MM-DD') AS until,
              date_trunc('milliseconds', now()) AS "validFrom", ends AS "validUntil"
         FROM (SELECT date_trunc('milliseconds', now()) + make_interval(hours => $1) AS ends) AS t`,
      [EMERGENCY_HOURS],
    );
    const { from, until, validFrom, validUntil } = time!;
    const { productId, productVersionId, consumerUnitId, reason, caseNumber, fields, rows } = asked;
    // everything else is what the form says where nobody says anything
    const form = parse(requestForm, {
      productId,
      productVersionId,
      consumerUnitId,
      project: 'Ausnahmezugriff',
      caseNumber,
      purposeCode: 'KATASTROPHENSCHUTZ',
      purposeText: reason,
      legalBasis: ['DSGVO_6_1_D', 'DSGVO_9_2_C'],
      changeGround: 'GEFAHRENABWEHR',
      from,
      until,
      fields,
      rows,
      form: asked.form,
      necessity: reason,
      retentionDays: RETENTION_DAYS,
      declarations: ANSWERS,
    });
    return { form, validFrom, validUntil };
  }
}
