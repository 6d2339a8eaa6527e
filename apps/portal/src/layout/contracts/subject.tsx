import type { ContractSubject } from '#lib/organisation';
import { all, type FormBody, one } from '../form-body';
import { Checkboxes, type Option, Radios, TextField } from '../forms';

/** What was chosen as the subject; nothing when nobody chose. What is missing in it the use case says. */
export function subjectOf(body: FormBody): ContractSubject | undefined {
  switch (one(body, 'subjectKind')) {
    case 'PRODUCTS':
      return { kind: 'PRODUCTS', productIds: all(body, 'productIds') };
    case 'PARTIES':
      return { kind: 'PARTIES' };
    case 'PROCESSING':
      return { kind: 'PROCESSING', text: one(body, 'text') };
    default:
      return undefined;
  }
}

/** What a contract is about: it carries these data and no others. */
export const SubjectFields = ({ body, products }: { body: FormBody; products: readonly Option[] }) => (
  <>
    <Radios
      name="subjectKind"
      legend="Worum geht es in dem Vertrag?"
      hint="Der Vertrag trägt nur, was er nennt. Beschreibt er eine Verarbeitung in Worten, prüfen Sie bei Daten über Personen jeden Fall."
      value={one(body, 'subjectKind') || null}
      options={[
        { value: 'PRODUCTS', text: 'Genannte Datenprodukte' },
        { value: 'PARTIES', text: 'Alle Datenprodukte der beiden Stellen' },
        { value: 'PROCESSING', text: 'Eine beschriebene Verarbeitung' },
      ]}
    />
    <Checkboxes
      name="productIds"
      legend="Wenn einzelne Datenprodukte: welche?"
      value={all(body, 'productIds')}
      options={products}
    />
    <TextField
      name="text"
      label="Wenn eine beschriebene Verarbeitung: welche?"
      rows={3}
      value={one(body, 'text')}
      optional
    />
  </>
);

/** The subject of an entry in words. */
export function subjectInWords(subject: ContractSubject | null, products: readonly Option[]): string {
  switch (subject?.kind) {
    case 'PRODUCTS':
      return subject.productIds
        .map((id) => products.find(({ value }) => value === id)?.text ?? 'Datenprodukt nicht mehr sichtbar')
        .join(', ');
    case 'PARTIES':
      return 'alle Datenprodukte der beiden Stellen';
    case 'PROCESSING':
      return subject.text;
    case undefined:
      return 'nicht genannt: trägt nur offene Daten';
  }
}
