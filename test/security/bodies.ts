// One file: every route with a thing of each kind and a valid body, so that a test over all routes has one place to look.
import type { RunningCity } from '../support/city.fixture';
import { today } from '../support/day';

export type Json = Record<string, unknown>;

/** A route of the OpenAPI document. */
export interface Route {
  method: string;
  /** as in the document, `/v1/tasks/{id}` */
  path: string;
  /** permission, or `public` */
  may: string;
  body: Json | null;
  upload: boolean;
  /** at the gateway, not at the API */
  gate: boolean;
}

/** All routes, as the API describes them. */
export async function routesOf(city: RunningCity): Promise<Route[]> {
  const document = (await (await fetch(`${city.api}/v1/openapi.json`)).json()) as { paths: Record<string, Json> };
  return Object.entries(document.paths).flatMap(([path, { servers, ...methods }]) =>
    Object.entries(methods as Record<string, Json>)
      .filter(([method]) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
      .map(([method, operation]) => {
        const content =
          (operation.requestBody as { content?: Record<string, { schema?: Json }> } | undefined)?.content ?? {};
        return {
          method: method.toUpperCase(),
          path,
          may: String(operation['x-permission']),
          body: content['application/json']?.schema ?? null,
          upload: 'multipart/form-data' in content,
          gate: servers !== undefined,
        };
      }),
  );
}

/** An id that nothing has. */
export const UNKNOWN = '01890000-0000-7000-8000-000000000000';

export interface Objects {
  [name: string]: string;
}

/** One thing of every kind that has an id, made by the people whose work it is: Hochbauamt gives, Grünflächenamt and a company ask. */
export async function objectsOf(city: RunningCity): Promise<Objects> {
  const [karla, emil, nils, theo, ida, xenia] = await Promise.all(
    ['karla.mauer', 'emil.fach', 'nils.halle', 'theo.satz', 'ida.stein', 'xenia.konto'].map((name) => city.as(name)),
  );
  const hochbauamt = await city.unit('hochbauamt');
  const draft = await karla!.must<{ productId: string }>('POST', '/v1/products', {
    providerUnitId: hochbauamt,
    title: 'Entwurf',
    summary: 'Noch nicht fertig.',
  });
  const upload = await karla!.upload<{ uploadId: string }>(
    `/v1/products/${draft.productId}/uploads`,
    city.file('entwurf.csv', 'nummer;art\n1;Linde\n2;Ahorn\n'),
  );
  const version = await karla!.must<{ versionId: string }>('POST', `/v1/products/${draft.productId}/versions`, {
    uploadId: upload.uploadId,
  });
  const second = await karla!.upload<{ uploadId: string }>(
    `/v1/products/${draft.productId}/uploads`,
    city.file('noch-einer.csv', 'nummer;art\n1;Linde\n'),
  );
  const asked = await nils!.must<{ id: string }>(
    'POST',
    '/v1/requests',
    await city.form('gebaeudedatenkataster', 'gebaeudedienste', { legalBasis: ['VERTRAG', 'KEIN_PERSONENBEZUG'] }),
  );
  const permitted = await emil!.must<{ id: string }>(
    'POST',
    '/v1/requests',
    await city.form('gebaeudedatenkataster', 'gruenflaechenamt'),
  );
  await city.settle();
  const agreement = await city.one<{ id: string; revision: number }>(
    'SELECT id, revision FROM agreements.agreement WHERE request_id = $1',
    [permitted.id],
  );
  await emil!.must('POST', `/v1/agreements/${agreement.id}/confirmation`, { revision: agreement.revision });
  const delivered = await emil!.receive(agreement.id, 'csv');
  await delivered.arrayBuffer();
  const instant = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  const contract = await theo!.must<{ contractId: string }>('POST', '/v1/contracts', {
    unitA: hochbauamt,
    unitB: await city.unit('energieversorger'),
    kind: 'DUV',
    reference: 'DUV-1',
    subject: { kind: 'PARTIES' },
    validFrom: instant(-1),
    validTo: instant(100),
  });
  const duty = await (
    await city.as('rosa.mond')
  ).must<{ dutyId: string }>('POST', '/v1/duties', {
    unitId: hochbauamt,
    code: 'ERFUNDENE_AUFGABE',
    name: 'Erfundene Aufgabe',
    validFrom: instant(-1),
  });
  const idaId = await city.person('ida.stein');
  const absence = await ida!.must<{ absenceId: string }>('POST', '/v1/absences', {
    personId: idaId,
    from: instant(20),
    to: instant(30),
    reason: 'URLAUB',
  });
  const own = await city.one<{ id: string }>(
    `SELECT id FROM organisation.appointment WHERE person_id = $1 AND role = 'OWNER'`,
    [idaId],
  );
  const delegation = await ida!.must<{ delegationId: string }>('POST', '/v1/delegations', {
    appointmentId: own.id,
    delegatePersonId: await city.person('karla.mauer'),
    reference: 'Verfügung 1',
    validFrom: instant(10),
    validTo: instant(20),
  });
  const appointment = await xenia!.must<{ appointmentId: string }>('POST', '/v1/appointments', {
    personId: await city.person('emil.fach'),
    role: 'STEWARD',
    unitId: await city.unit('gruenflaechenamt'),
    scope: { kind: 'UNIT' },
  });
  const emergency = await emil!.must<{ id: string }>('POST', '/v1/emergency-accesses', {
    productId: (await city.product('gebaeudedatenkataster')).productId,
    consumerUnitId: await city.unit('gruenflaechenamt'),
    danger: 'LEBEN',
    reason: 'Ein Haus droht einzustürzen.',
    caseNumber: 'KatS 1',
    fields: ['nutzung'],
  });
  const order = await xenia!.must<{ orderId: string }>('POST', '/v1/people', {
    givenName: 'Nova',
    familyName: 'Neu',
    iss: 'http://idp.example/realms/datenraum',
    sub: 'noch-niemand',
  });
  const change = await xenia!.must<{ changeId: string }>('POST', '/v1/unit-changes', {
    order: { kind: 'RENAME', basis: 'Verfügung 2', unitId: await city.unit('schulamt'), name: 'Amt für Schulen' },
  });
  const evidence = await nils!.document(
    '/v1/evidence',
    { ...PRODUCT_EVIDENCE, unitId: await city.unit('gebaeudedienste') },
    { name: 'zustimmung.txt', content: 'Das Unternehmen stimmt zu.' },
  );
  const opinion = await city.one<{ id: string }>(
    `INSERT INTO catalogue.lowering_opinion (id, product_id, role, lines, asked_at)
     VALUES (gen_random_uuid(), $1, 'DSB', '{"Personenbezug: personenbezogen wird zu kein Personenbezug"}', now()) RETURNING id`,
    [draft.productId],
  );
  return {
    opinion: opinion.id,
    evidence: String(evidence.body.id),
    change: change.changeId,
    order: order.orderId,
    emergency: emergency.id,
    mandate: (await city.one<{ id: string }>('SELECT id FROM organisation.audit_mandate LIMIT 1')).id,
    product: draft.productId,
    version: version.versionId,
    upload: second.uploadId,
    request: asked.id,
    permitted: permitted.id,
    task: (await city.task(asked.id, 'REQ_HEAD')).id,
    agreement: agreement.id,
    exchange: delivered.headers.get('x-exchange-id')!,
    contract: contract.contractId,
    duty: duty.dutyId,
    absence: absence.absenceId,
    delegation: delegation.delegationId,
    appointment: appointment.appointmentId,
    person: idaId,
    decision: (
      await city.one<{ id: string }>('SELECT id FROM requests.decision WHERE request_id = $1 LIMIT 1', [permitted.id])
    ).id,
    entry: (await city.one<{ id: string }>('SELECT event_id AS id FROM kernel.audit_event LIMIT 1')).id,
    hochbauamt,
    gruenflaechenamt: await city.unit('gruenflaechenamt'),
  };
}

/**
 * Law is nobody's, and neither is the list of who holds which role: whoever may read it reads all of it, so only the
 * permission is tried there.
 */
export const ownerless = ({ may, path, method }: Pick<Route, 'may' | 'path' | 'method'>): boolean =>
  may.startsWith('rulebook.') ||
  (method === 'GET' && /^\/v1\/(?:unit-changes\/\{id\}|(?:units|people)\/\{id\}\/(?:appointments|seats))$/.test(path));

/** The address of a route for these things. */
export function addressOf({ path, may, method }: Route, objects: Objects): string {
  const of: [RegExp, string][] = [
    [/^\/v1\/products\/\{id\}/, 'product'],
    [/^\/v1\/requests\/\{id\}/, 'request'],
    [/^\/v1\/tasks\/\{id\}/, 'task'],
    [/^\/v1\/agreements\/\{id\}/, 'agreement'],
    [/^\/v1\/emergency-accesses\/\{id\}/, 'emergency'],
    [/^\/v1\/exchanges\/\{id\}/, 'exchange'],
    [/^\/v1\/contracts\/\{id\}/, 'contract'],
    [/^\/v1\/duties\/\{id\}/, 'duty'],
    [/^\/v1\/absences\/\{id\}/, 'absence'],
    [/^\/v1\/delegations\/\{id\}/, 'delegation'],
    [/^\/v1\/appointments\/\{id\}/, 'appointment'],
    [/^\/v1\/people\/\{id\}/, 'person'],
    [/^\/v1\/unit-changes\/\{id\}/, 'change'],
    [/^\/v1\/person-orders\/\{id\}/, 'order'],
    [/^\/v1\/decisions\/\{id\}/, 'decision'],
    [/^\/v1\/audit-reveals\/\{id\}/, 'entry'],
    [/^\/v1\/audit-mandates\/\{id\}/, 'mandate'],
    [/^\/v1\/audit\/entries\/\{id\}/, 'entry'],
    [/^\/v1\/evidence\/\{id\}/, 'evidence'],
  ];
  const kind = of.find(([pattern]) => pattern.test(path))?.[1];
  const filled = path
    .replace('{id}', kind ? objects[kind]! : '{id}')
    .replace('{uploadId}', objects.upload!)
    .replace('{versionId}', objects.version!)
    .replace('{evidenceId}', objects.evidence!)
    .replace('{opinionId}', objects.opinion!);
  if (ownerless({ may, path, method })) return filled.replaceAll(/\{\w+\}/g, UNKNOWN);
  if (/[{}]/.test(filled)) throw new Error(`the test knows no object for ${path}: add one to objectsOf`);
  return path.endsWith('/data') ? `${filled}?format=csv` : filled;
}

/** A valid body of every route that takes one, so that nothing but the right can refuse it. */
export async function bodiesOf(city: RunningCity, objects: Objects): Promise<(route: Route) => Json> {
  const revision = 1;
  const text = 'Eine sachliche Begründung.';
  const form = await city.form('gebaeudedatenkataster', 'gruenflaechenamt', {
    rows: { all: [{ column: 'nutzung', op: 'eq', value: 'Schule' }] },
    caseNumber: 'Az. 1',
    necessity: 'Einzelne Gebäude müssen benannt werden.',
    attachments: [{ kind: 'DSFA', title: 'Abschätzung', reference: 'Akte 1' }],
    declarations: { holdsKey: false },
  });
  const conditions = { fields: ['nutzung'], recipients: ['Sachgebiet Planung'], note: text };
  const from = new Date(Date.now() + 86_400_000).toISOString();
  const to = new Date(Date.now() + 2 * 86_400_000).toISOString();
  const subject = { kind: 'PROCESSING', text: 'Auswertung der Gebäude' };
  const contract = { kind: 'DUV', reference: 'DUV-2', subject, validFrom: from, validTo: to };
  const bodies: Record<string, Json> = {
    'POST /v1/products': {
      providerUnitId: objects.hochbauamt,
      title: 'Titel',
      summary: 'Zusammenfassung',
      description: 'Beschreibung',
    },
    'PATCH /v1/products/{id}': {
      revision: 3,
      patch: {
        title: 'Titel',
        description: 'Text',
        keywords: ['Wort'],
        licence: 'dl-de/by-2.0',
        card: { steward: 'Sachgebiet', purpose: 'Zweck', quality: 'gut' },
      },
    },
    'PUT /v1/products/{id}/uploads/{uploadId}': { nullValues: ['-'] },
    'POST /v1/products/{id}/versions': { uploadId: objects.upload },
    'PUT /v1/products/{id}/versions/{versionId}/fields': {
      revision: 3,
      fields: [
        { name: 'nummer', class: 'NONE', meaning: 'Nummer', unit: 'Stück', mask: null, reason: 'Sache' },
        { name: 'art', class: 'NONE', meaning: 'Art' },
      ],
    },
    'POST /v1/requests': form,
    'POST /v1/requests/check': form,
    'POST /v1/requests/{id}/withdrawal': { revision },
    'POST /v1/requests/{id}/answers': { revision, text },
    'POST /v1/tasks/{id}/approval': { revision, conditions, reasons: text },
    'POST /v1/tasks/{id}/opinion': { revision, opinion: 'POSITIVE', text, conditions },
    'POST /v1/tasks/{id}/question': { revision, text },
    'POST /v1/tasks/{id}/refusal': { revision, reasonCode: 'SONSTIGES', text },
    'POST /v1/tasks/{id}/contract': { revision, contract, reasons: text },
    'POST /v1/tasks/{id}/evidence': {
      revision,
      evidence: [{ kind: 'RECHTSNORM', reference: 'Akte 1' }],
      reasons: text,
    },
    'POST /v1/tasks/{id}/admission': { revision, reference: 'Verfügung 3', conditions, reasons: text },
    'POST /v1/agreements/{id}/confirmation': { revision },
    'POST /v1/agreements/{id}/revocation': { reason: text },
    'POST /v1/agreements/{id}/termination': { reason: text },
    'POST /v1/agreements/{id}/downloads': { format: 'csv' },
    'POST /v1/emergency-accesses': {
      productId: form.productId,
      consumerUnitId: objects.gruenflaechenamt,
      danger: 'LEBEN',
      reason: text,
      caseNumber: 'KatS 2',
      fields: ['nutzung'],
      rows: null,
      form: 'ROWLEVEL',
    },
    'POST /v1/audit-reveals': { entryId: objects.entry, reasonCode: 'PRUEFAUFTRAG', reason: text },
    'POST /v1/audit-mandates': {
      reference: 'Rev 1',
      basis: 'HGO_130_2',
      subject: text,
      unitIds: [objects.hochbauamt],
      wholeCity: false,
      validFrom: from,
      validUntil: to,
    },
    'POST /v1/audit/verifications': { year: new Date().getUTCFullYear() },
    'POST /v1/contracts': { ...contract, unitA: objects.hochbauamt, unitB: objects.gruenflaechenamt },
    'POST /v1/duties': { unitId: objects.hochbauamt, code: 'WEITERE_AUFGABE', name: text, validFrom: from },
    'POST /v1/delegations': {
      appointmentId: objects.appointment,
      delegatePersonId: objects.person,
      reference: 'Verfügung 1',
      validTo: to,
    },
    'POST /v1/absences': { personId: objects.person, from, to, reason: 'URLAUB' },
    'POST /v1/people': {
      givenName: 'Nova',
      familyName: 'Neu',
      iss: 'http://idp.example/realms/datenraum',
      sub: 'noch-jemand',
    },
    'POST /v1/people/{id}/absences': { from, to, reason: 'KRANK' },
    'POST /v1/people/{id}/accounts': { iss: 'http://idp.example/realms/datenraum', sub: 'zweites-konto' },
    'POST /v1/people/{id}/move': { fromUnitId: objects.hochbauamt, toUnitId: objects.gruenflaechenamt },
    'POST /v1/machine-clients/responsible': { clientId: 'umweltamt-fachverfahren', personId: objects.person },
    'POST /v1/appointments': {
      personId: objects.person,
      role: 'STEWARD',
      unitId: objects.hochbauamt,
      scope: { kind: 'UNIT' },
    },
  };
  return (route) =>
    structuredClone(bodies[`${route.method} ${route.path}`] ?? (made(route.body ?? {}, '', objects) as Json));
}

/**
 * A value that fits a schema, with every optional part: so that routes made after this table are tried too. A body
 * with rules beyond its schema needs a line in the table.
 */
function made(schema: Json, name: string, objects: Objects): unknown {
  const {
    type,
    format,
    enum: allowed,
    const: fixed,
    anyOf,
  } = schema as { type?: string; format?: string; enum?: unknown[]; const?: unknown; anyOf?: Json[] };
  if (fixed !== undefined) return fixed;
  if (allowed) return allowed[0];
  if (anyOf) return made(anyOf[0]!, name, objects);
  if (type === 'object')
    return Object.fromEntries(
      Object.entries((schema.properties ?? {}) as Record<string, Json>).map(([key, inner]) => [
        key,
        made(inner, key, objects),
      ]),
    );
  if (type === 'array') return [made((schema.items ?? {}) as Json, name, objects)];
  if (type === 'integer' || type === 'number') return Math.max(1, Number(schema.minimum ?? 1));
  if (type === 'boolean') return false;
  if (format === 'uuid')
    return (
      objects[name.replace(/Id$/, '')] ?? objects[name.replace(/PersonId$/, '') === name ? 'hochbauamt' : 'person']
    );
  if (format === 'date-time') return new Date(Date.now() + 3_600_000).toISOString();
  if (format === 'date') return today();
  return typeof schema.pattern === 'string' && /yaml/.test(schema.pattern)
    ? 'rules/general.yaml'
    : 'Eine sachliche Angabe';
}

const PRODUCT_EVIDENCE = {
  kind: 'ZUSTIMMUNG_UNTERNEHMEN',
  title: 'Zustimmung',
  reference: 'Akte 7',
  issuer: 'Muster GmbH',
};

/** Sends a call as somebody, or as nobody; the answer's body is read. */
export async function send(
  city: RunningCity,
  route: Route,
  address: string,
  token: string | null,
  body?: unknown,
): Promise<{ status: number; code: string | undefined; json: Json }> {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  let payload: string | FormData | undefined;
  if (route.upload) {
    payload = new FormData();
    if (address.endsWith('/evidence')) payload.set('evidence', JSON.stringify(PRODUCT_EVIDENCE));
    payload.set('file', new Blob(['nummer;art\n1;Linde\n'], { type: 'text/csv' }), 'fremd.csv');
  } else if (body !== undefined) {
    headers['content-type'] = 'application/json';
    payload = typeof body === 'string' ? body : JSON.stringify(body);
  }
  const response = await fetch(`${route.gate ? city.gateway : city.api}${address}`, {
    method: route.method,
    headers,
    ...(payload !== undefined && { body: payload }),
  });
  const text = await response.text();
  const json = (response.headers.get('content-type') ?? '').includes('json') && text ? (JSON.parse(text) as Json) : {};
  return { status: response.status, code: json.code as string | undefined, json };
}
