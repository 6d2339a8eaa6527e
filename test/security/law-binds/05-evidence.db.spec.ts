import { Schedules, UnitOfWork } from '#lib/kernel';
import type { Signed } from '../../journeys/city';
import { aRunningCity, type RunningCity } from '../../support/city.fixture';
import { evidenceOf } from '../../support/evidence';
import { ask, type Decided, formFor, type Offered, offered } from '../../support/published';

let city: RunningCity;
let eva: Signed;
beforeAll(async () => {
  city = await aRunningCity();
  eva = await city.as('eva.bach');
}, 60_000);
afterAll(() => city?.close());

const published = (title: string, governance: Record<string, unknown> = {}): Promise<Offered> =>
  offered(city, 'hochbauamt', {
    title,
    governance: { openness: 'INTERNAL', personalRef: 'NONE', allowedPurposes: ['KLIMA_UMWELT'], ...governance },
  });
const shown = async (kinds: string[], more: { validUntil?: string } = {}) => ({
  evidenceFiles: await evidenceOf(eva, await city.unit('umweltamt'), kinds, more),
});
const steps = ({ decision }: Decided): string[] =>
  ((decision as unknown as { stages: { role: string }[][] | null }).stages ?? []).flat().map(({ role }) => role);

interface Ground {
  what: string;
  rule: string;
  /** what lifts it, and a document of another thing */
  fits: string;
  other: string;
  governance?: Record<string, unknown>;
  form?: Record<string, unknown>;
  /** its norm carries within the office only: for another one no document opens it */
  within?: true;
}
const personal = {
  openness: 'RESTRICTED',
  personalRef: 'PERSONAL',
  protectionC: 'hoch',
  allowedPurposes: ['PFLICHTAUFGABE'],
};
// the duty of another office is another purpose, so it needs its ground
const duty = { purposeCode: 'PFLICHTAUFGABE', changeGround: 'GEFAHRENABWEHR', legalBasis: ['DSGVO_6_1_E'] };
const GROUNDS: Ground[] = [
  {
    what: 'a third country',
    rule: 'R-GEN-11',
    fits: 'GARANTIEN_DRITTLAND',
    other: 'RECHTSNORM',
    form: { declarations: { thirdCountry: true } },
  },
  {
    what: 'an automated decision',
    rule: 'R-GEN-12',
    fits: 'GRUNDLAGE_ART_22',
    other: 'DSFA',
    form: { declarations: { automatedDecision: true } },
  },
  {
    what: 'tender documents',
    rule: 'R-VER-01',
    fits: 'ZUSCHLAG_ERTEILT',
    other: 'ZUSTIMMUNG_UNTERNEHMEN',
    governance: { openness: 'RESTRICTED', secrecy: ['VERGABE'] },
  },
  {
    what: 'professional secrecy',
    rule: 'R-BER-01',
    fits: 'SCHWEIGEPFLICHT_ENTBINDUNG',
    other: 'EINWILLIGUNG',
    governance: { ...personal, secrecy: ['BERUF_203'] },
    form: duty,
  },
  {
    what: 'employee data',
    rule: 'R-BES-01',
    fits: 'RECHTSNORM',
    other: 'EINWILLIGUNG',
    governance: { ...personal, secrecy: ['BESCHAEFTIGTE'] },
    form: { ...duty, legalBasis: ['DSGVO_6_1_E', 'HDSIG_23'] },
    within: true,
  },
  // beside those that were tried: another one of the kind
  {
    what: 'sites of the armed forces',
    rule: 'R-WPG-04',
    fits: 'ZUSTIMMUNG_BMVG',
    other: 'ZUSTIMMUNG_AUFSICHT',
    governance: { themes: ['BUNDESWEHR'] },
  },
  {
    what: 'the sole use of data',
    rule: 'R-OPN-06',
    fits: 'PRUEFUNG_AUSSCHLIESSLICHKEIT',
    other: 'ZWECKVERPFLICHTUNG',
    form: { declarations: { exclusive: true } },
  },
];

describe.each(GROUNDS)('$what', ({ what, rule, fits, other, governance, form = {}, within }) => {
  let product: Offered;
  beforeAll(async () => void (product = await published(`Daten: ${what}`, governance)), 60_000);
  const decided = async (more: object) => ask(city, eva, 'umweltamt', product, { ...form, ...more });

  it('is opened by no tick', async () => {
    const { status, body } = await eva.post(
      '/v1/requests',
      await formFor(city, 'umweltamt', product, { ...form, evidence: [fits] }),
    );
    expect([status, (body as { errors?: object[] }).errors]).toEqual([
      422,
      [expect.objectContaining({ pointer: '/evidence/0', code: 'evidence_file_missing' })],
    ]);
    // the pre-check counts it as little
    const check = await eva.must<Decided['decision']>(
      'POST',
      '/v1/requests/check',
      await formFor(city, 'umweltamt', product, { ...form, evidence: [fits] }),
    );
    expect(check.rules).toContain(rule);
    expect(check.outcome).toBe('FORBID');
  });

  it('is opened by no reference without a file, and by no document of something else', async () => {
    const reference = { attachments: [{ kind: fits, title: 'Schreiben', reference: 'Akte 1' }] };
    for (const more of [reference, await shown([other])]) {
      const { decision, state } = await decided(more);
      expect([state, decision.outcome]).toEqual(['REFUSED', 'FORBID']);
      expect(decision.rules).toContain(rule);
    }
  });

  it('with the document that fits goes to a desk that looks at it, where its norm carries', async () => {
    const receipt = await decided(await shown([fits]));
    if (within) {
      expect([receipt.state, receipt.decision.rules]).toEqual(['REFUSED', expect.arrayContaining([rule])]);
      return;
    }
    expect(receipt.state).toBe('IN_REVIEW');
    expect(receipt.decision.rules).toContain(rule);
    expect(steps(receipt)).toContain('LEGAL');
    await city.settle();
    expect(await city.task(receipt.id, 'EVIDENCE')).toMatchObject({ id: expect.any(String) });
  });
});

describe('a document', () => {
  let product: Offered;
  const abroad = { declarations: { thirdCountry: true } };
  beforeAll(async () => void (product = await published('Wege und Plätze')), 60_000);

  /** Everybody of the chain decides; the desk opens and confirms each document. */
  const approved = async (id: string): Promise<void> => {
    await city.settle();
    const theo = await city.as('theo.satz');
    const task = await city.task(id, 'EVIDENCE');
    const page = await theo.must<{ revision: number; evidence: { kind: string; document: { id: string } }[] }>(
      'GET',
      `/v1/tasks/${task.id}`,
    );
    const evidence = page.evidence.map(({ kind, document }) => ({
      kind,
      reference: 'Akte 1',
      evidenceId: document.id,
    }));
    const confirm = () =>
      theo.post<{ errors?: object[] }>(`/v1/tasks/${task.id}/evidence`, { revision: page.revision, evidence });
    const unopened = await confirm();
    expect([unopened.status, unopened.body.errors]).toEqual([422, [expect.objectContaining({ code: 'not_opened' })]]);
    for (const { document } of page.evidence)
      expect((await theo.file(`/v1/tasks/${task.id}/evidence/${document.id}/file`)).status).toBe(200);
    expect((await confirm()).status).toBe(200);
    await city.settle();
  };
  const running = async (): Promise<{ requestId: string; agreementId: string }> => {
    const { id } = await ask(city, eva, 'umweltamt', product, { ...abroad, ...(await shown(['GARANTIEN_DRITTLAND'])) });
    await approved(id);
    const agreement = await city.one<{ id: string; revision: number }>(
      'SELECT id, revision FROM agreements.agreement WHERE request_id = $1',
      [id],
    );
    await eva.must('POST', `/v1/agreements/${agreement.id}/confirmation`, { revision: agreement.revision });
    return { requestId: id, agreementId: agreement.id };
  };
  const review = async (): Promise<void> => {
    await city.apiApp
      .get(Schedules, { strict: false })
      .named('agreements.review')!
      .run(city.apiApp.get(UnitOfWork, { strict: false }));
    await city.settle();
  };
  const suspended = async (agreementId: string): Promise<void> => {
    expect((await eva.receive(agreementId, 'csv')).status).toBe(403);
    await review();
    for (const who of ['eva.bach', 'ida.stein']) {
      const view = await (
        await city.as(who)
      ).must<{ state: string; suspendedBecause: { code: string }[] }>('GET', `/v1/agreements/${agreementId}`);
      expect(view.state).toBe('SUSPENDED');
      expect(view.suspendedBecause.map(({ code }) => code)).toContain('R-GEN-11');
    }
  };

  it('is opened and confirmed by the desk, and the agreement rests on it', async () => {
    const { agreementId } = await running();
    expect((await eva.receive(agreementId, 'csv')).status).toBe(200);
  });

  it('that ends stops the delivery and suspends the agreement, with the reason for both sides', async () => {
    const { requestId, agreementId } = await running();
    await city.rows('ALTER TABLE requests.evidence DISABLE TRIGGER guard_evidence');
    await city.rows(
      `UPDATE requests.evidence e SET valid_from = NULL, valid_until = current_date - 2 FROM requests.request_evidence a WHERE a.evidence_id = e.id AND a.request_id = $1`,
      [requestId],
    );
    await city.rows('ALTER TABLE requests.evidence ENABLE TRIGGER guard_evidence');
    await suspended(agreementId);
  });

  it('there never was one: an agreement of before that rests on a tick is suspended, and both sides are told', async () => {
    const { requestId, agreementId } = await running();
    // as forms were stored before there were documents
    await city.rows('ALTER TABLE requests.access_request DISABLE TRIGGER guard_move');
    await city.rows(
      `UPDATE requests.access_request SET revision = revision + 1, form = (form - 'evidenceFiles') || '{"evidence": ["GARANTIEN_DRITTLAND"], "attachments": [{"kind": "GARANTIEN_DRITTLAND", "title": "Garantien", "reference": "Akte 9"}]}' WHERE id = $1`,
      [requestId],
    );
    await city.rows('ALTER TABLE requests.access_request ENABLE TRIGGER guard_move');
    const { form } = await eva.must<{ form: { attachments: object[] } }>('GET', `/v1/requests/${requestId}`);
    expect(form.attachments).toHaveLength(1);
    await suspended(agreementId);
  });
});
