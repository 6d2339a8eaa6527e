import type { MetadataList, MetadataTable } from '#lib/catalogue';
import { type Problem, quoted } from '#lib/kernel';
import { Field } from '../../../layout/field';
import type { FormBody } from '../../../layout/form-body';
import { Button, Buttons, type Option, PostForm } from '../../../layout/forms';
import { Alert, Link, Section, slug, Text } from '../../../layout/parts';
import { FormProblem } from '../../../layout/form-problem';
import { cardParts } from './card-values';

export interface CardProps {
  id: string;
  title: string;
  revision: number;
  /** what is decided on may change */
  open: boolean;
  body: FormBody;
  /** what the program can not carry out of what is said now */
  notices?: readonly string[];
  /** of a list of the law book */
  options: (list: MetadataList) => Option[];
  table?: MetadataTable;
  problem?: Problem;
}

/** Told to who offers the product, before anybody asks for it and is refused. */
export const NotCarriedOut = ({ notices }: { notices: readonly string[] }) =>
  notices.length > 0 && (
    <Alert tone="warning" title="Das kann das Programm noch nicht umsetzen">
      {notices.map((notice) => (
        <Text key={notice}>{notice}</Text>
      ))}
    </Alert>
  );

export const CardView = ({ id, title, revision, open, body, options, problem, table, notices = [] }: CardProps) => (
  <>
    <h1 className="kern-heading-large">Beschreibung bearbeiten</h1>
    <Text>
      {quoted(title)}. Sie können die Angaben nach und nach ergänzen. Was noch fehlt, zeigt die Seite des Datenprodukts.
    </Text>
    {!open && (
      <Alert tone="info" title="Die Einstufung ist freigegeben">
        <Text>
          Texte und Kontakte können Sie hier ändern. Für die Einstufung nehmen Sie das Produkt zuerst in Überarbeitung.
        </Text>
      </Alert>
    )}
    <NotCarriedOut notices={notices} />
    <FormProblem problem={problem} table={table} />
    <PostForm action={`/publish/${id}/card`} faults={problem?.errors}>
      <input type="hidden" name="revision" value={revision} />
      {cardParts(table).map(({ title: part, entries }) => (
        <Section title={part} id={`teil-${slug(part)}`} key={part}>
          {entries
            .filter(([, { fixed }]) => open || !fixed)
            .map(([name, metadatum]) => (
              <Field
                name={name}
                field={metadatum}
                body={body}
                options={typeof metadatum.choices === 'string' ? options(metadatum.choices) : undefined}
                plain
                key={name}
              />
            ))}
        </Section>
      ))}
      <Buttons>
        <Button>Speichern</Button>
        <Link href={`/publish/${id}`}>Abbrechen</Link>
      </Buttons>
    </PostForm>
  </>
);
