import { type FormBody, given, one } from '../../form-body';
import { Fieldset, SelectField, TextField } from '../../forms';
import type { Widget } from './widget';

/** As many as the schema takes. */
const MOST = 20;
const PARTS = ['kind', 'title', 'reference', 'validUntil'] as const;
type Attachment = Partial<Record<(typeof PARTS)[number], string>>;

const lines = (body: FormBody, name: string): Attachment[] =>
  Array.from({ length: MOST }, (_, at) => ({
    kind: one(body, `${name}-${at}-kind`),
    title: one(body, `${name}-${at}-title`),
    reference: one(body, `${name}-${at}-reference`),
    ...(given(body, `${name}-${at}-validUntil`) && { validUntil: one(body, `${name}-${at}-validUntil`) }),
  }));
const isFilled = ({ kind, title, reference }: Attachment): boolean =>
  Boolean(kind || title?.trim() || reference?.trim());

/** References to documents as forms of before name them; a new one is a document, which is uploaded. */
export const attachments: Widget = {
  draw: ({ name, field, body, choices }) =>
    Array.from({ length: lines(body, name).findLastIndex(isFilled) + 1 }, (_, at) => (
      <Fieldset key={at} name={at === 0 ? name : `${name}-${at}`} legend={`${field.label} ${at + 1}`} hint={field.hint}>
        <SelectField
          name={`${name}-${at}-kind`}
          label="Art"
          value={one(body, `${name}-${at}-kind`)}
          options={choices.options[String(field.choices)] ?? []}
          empty="Keine Anlage"
          plain
        />
        <TextField name={`${name}-${at}-title`} label="Bezeichnung" value={one(body, `${name}-${at}-title`)} plain />
        <TextField
          name={`${name}-${at}-reference`}
          label="Fundstelle"
          value={one(body, `${name}-${at}-reference`)}
          plain
        />
        <TextField
          name={`${name}-${at}-validUntil`}
          label="Gilt bis"
          hint="nur wenn das Dokument ein Ende nennt, zum Beispiel eine Genehmigung des Landes"
          type="date"
          value={one(body, `${name}-${at}-validUntil`)}
          plain
        />
      </Fieldset>
    )),
  read: (body, name) => lines(body, name).filter(isFilled),
  write: (value: readonly Attachment[] | undefined, name) =>
    Object.fromEntries(
      (value ?? []).flatMap((line, at) => PARTS.map((part) => [`${name}-${at}-${part}`, line[part] ?? ''])),
    ),
};
