import type { ProductVersion } from '#lib/catalogue';
import { QUESTIONS, type RequestForm, type RequestFormInput, type RowCondition, type RowFilter } from '#lib/requests';
import { all, type FormBody, given, one, ticked, wholeNumber } from '../../../layout/form-body';
import { coarserOf } from '../../../layout/requests/coarser-forms';

export const ROW_LINES = 3;
export const ATTACHMENT_LINES = 2;
export const DECLARATIONS = [
  'holdsKey',
  'thirdCountry',
  'automatedDecision',
  'linksPersonalProducts',
  'nonProduction',
  'jointControl',
] as const;

type Types = ReadonlyMap<string, ProductVersion['fields'][number]['type']>;

/** What somebody filled in, as the use case takes it. Nothing is checked here: the schema and the rules do. */
export function formOf(body: FormBody, productId: string, types: Types): RequestFormInput {
  return {
    productId,
    consumerUnitId: one(body, 'consumerUnitId'),
    project: one(body, 'project'),
    caseNumber: given(body, 'caseNumber') ?? null,
    purposeCode: one(body, 'purposeCode'),
    purposeText: one(body, 'purposeText'),
    legalBasis: all(body, 'legalBasis'),
    changeGround: given(body, 'changeGround') ?? null,
    evidence: all(body, 'evidence'),
    from: one(body, 'from'),
    until: one(body, 'until'),
    fields: all(body, 'fields'),
    coarser: coarserOf(body, [...types.keys()]),
    insistsOnFields: ticked(body, 'insistsOnFields'),
    rows: rowsOf(body, types),
    form: one(body, 'form') as RequestFormInput['form'],
    necessity: given(body, 'necessity') ?? null,
    recipients: one(body, 'recipients')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    onwardUnitIds: all(body, 'onwardUnitIds'),
    processorUnitId: given(body, 'processorUnitId') ?? null,
    onBehalfOfUnitId: given(body, 'onBehalfOfUnitId') ?? null,
    retentionDays: wholeNumber(body, 'retentionDays') ?? null,
    attachments: attachmentsOf(body),
    declarations: {
      ...Object.fromEntries(DECLARATIONS.map((name) => [name, all(body, 'declarations').includes(name)])),
      ...answersOf(body),
    },
  };
}

const YES_NO = new Map([
  ['ja', true],
  ['nein', false],
]);

/** Answers to what is asked for this product only; a question nobody answered is left out, and the use case says so. */
function answersOf(body: FormBody): Partial<Record<(typeof QUESTIONS)[number], boolean>> {
  return Object.fromEntries(
    QUESTIONS.flatMap((question) => {
      const answer = YES_NO.get(one(body, `declarations-${question}`));
      return answer === undefined ? [] : [[question, answer]];
    }),
  );
}

/** The same without what is still empty, for a pre-check of a form that is being filled in. */
export function partialOf(
  form: RequestFormInput,
): Partial<RequestFormInput> & Pick<RequestFormInput, 'productId' | 'consumerUnitId'> {
  const { productId, consumerUnitId, ...rest } = form;
  const filled = Object.entries(rest).filter(
    ([, value]) => value !== '' && value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return { productId, consumerUnitId, ...(Object.fromEntries(filled) as Partial<RequestFormInput>) };
}

function rowsOf(body: FormBody, types: Types): RowFilter | null {
  const lines = Array.from({ length: ROW_LINES }, (_, at) => conditionOf(body, at, types)).filter(
    (line) => line !== null,
  );
  return lines.length === 0 ? null : { all: lines };
}

function conditionOf(body: FormBody, at: number, types: Types): RowCondition | null {
  const column = given(body, `rows-${at}-column`);
  if (!column) return null;
  const text = one(body, `rows-${at}-value`).trim();
  const type = types.get(column);
  switch (one(body, `rows-${at}-op`)) {
    case 'in':
      return { column, op: 'in', value: text.split(/[;\n]/).map((part) => typed(part.trim(), type)) };
    case 'gte':
      return { column, op: 'gte', value: typed(text, type) };
    case 'lte':
      return { column, op: 'lte', value: typed(text, type) };
    case 'not_null':
      return { column, op: 'not_null' };
    default:
      return { column, op: 'eq', value: typed(text, type) };
  }
}

/** German spelling into the value of the field's type; what does not fit stays text, and the use case says what it expects. */
function typed(text: string, type: string | undefined): string | number | boolean {
  switch (type) {
    case 'INTEGER':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case 'DECIMAL':
      return text.replace(/^(-?\d+),(\d+)$/, '$1.$2');
    case 'DATE':
      return text.replace(/^(\d{2})\.(\d{2})\.(\d{4})$/, '$3-$2-$1');
    case 'BOOLEAN':
      return /^ja$/i.test(text) ? true : /^nein$/i.test(text) ? false : text;
    case undefined:
    default:
      return text;
  }
}

function attachmentsOf(body: FormBody): NonNullable<RequestFormInput['attachments']> {
  return Array.from({ length: ATTACHMENT_LINES }, (_, at) => ({
    kind: one(body, `attachments-${at}-kind`),
    title: one(body, `attachments-${at}-title`),
    reference: one(body, `attachments-${at}-reference`),
    ...(given(body, `attachments-${at}-validUntil`) && { validUntil: one(body, `attachments-${at}-validUntil`) }),
  })).filter((line) => line.kind || line.title.trim() || line.reference.trim());
}

/** A stored form as if somebody had just filled it in. */
export function bodyOf(form: Partial<RequestForm>, names: readonly string[] = []): FormBody {
  const body: FormBody = {
    consumerUnitId: form.consumerUnitId,
    project: form.project,
    caseNumber: form.caseNumber ?? '',
    purposeCode: form.purposeCode,
    purposeText: form.purposeText,
    legalBasis: form.legalBasis,
    changeGround: form.changeGround ?? '',
    evidence: form.evidence,
    from: form.from,
    until: form.until,
    fields: form.fields,
    insistsOnFields: form.insistsOnFields ? 'ja' : '',
    form: form.form,
    necessity: form.necessity ?? '',
    recipients: form.recipients?.join('\n'),
    onwardUnitIds: form.onwardUnitIds,
    processorUnitId: form.processorUnitId ?? '',
    onBehalfOfUnitId: form.onBehalfOfUnitId ?? '',
    retentionDays: form.retentionDays?.toString() ?? '',
    declarations: DECLARATIONS.filter((name) => form.declarations?.[name]),
  };
  for (const question of QUESTIONS)
    body[`declarations-${question}`] = { true: 'ja', false: 'nein' }[String(form.declarations?.[question])] ?? '';
  for (const { field, mask } of form.coarser ?? []) body[`coarser-${names.indexOf(field)}`] = JSON.stringify(mask);
  form.attachments?.slice(0, ATTACHMENT_LINES).forEach((line, at) => {
    for (const [key, value] of Object.entries(line)) body[`attachments-${at}-${key}`] = value;
  });
  linesOf(form.rows ?? null)?.forEach((line, at) => {
    body[`rows-${at}-column`] = line.column;
    body[`rows-${at}-op`] = line.op;
    body[`rows-${at}-value`] = line.op === 'not_null' ? '' : [line.value].flat().join('; ');
  });
  return body;
}

/** Conditions the form can show; null for a filter made elsewhere that is richer than the form. */
export function linesOf(rows: RowFilter | null): RowCondition[] | null {
  if (!rows) return [];
  const parts = 'all' in rows ? rows.all : [rows];
  const plain = parts.filter(
    (part): part is RowCondition => !('all' in part) && !('any' in part) && part.op !== 'between',
  );
  return plain.length === parts.length && plain.length <= ROW_LINES ? plain : null;
}
