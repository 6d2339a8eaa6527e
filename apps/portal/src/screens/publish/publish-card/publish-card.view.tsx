import type { Problem } from '#lib/kernel';
import { all, type FormBody, one } from '../../../layout/form-body';
import { Button, Buttons, Checkboxes, type Option, PostForm, SelectField, TextField } from '../../../layout/forms';
import { Alert, Link, Section, slug, Text } from '../../../layout/parts';
import { FormProblem } from '../../../layout/form-problem';
import { CARD, type CardField } from './card-fields';

interface CardProps {
  id: string;
  title: string;
  revision: number;
  /** what is decided on may change */
  open: boolean;
  body: FormBody;
  options: Record<string, Option[]>;
  problem?: Problem;
}

export const CardView = ({ id, title, revision, open, body, options, problem }: CardProps) => (
  <>
    <h1 className="kern-heading-large">Beschreibung bearbeiten</h1>
    <Text>
      „{title}“. Sie können die Angaben nach und nach ergänzen. Was noch fehlt, zeigt die Seite des Datenprodukts.
    </Text>
    {!open && (
      <Alert tone="info" title="Die Einstufung ist freigegeben">
        <Text>
          Texte und Kontakte können Sie hier ändern. Für die Einstufung nehmen Sie das Produkt zuerst in Überarbeitung.
        </Text>
      </Alert>
    )}
    <FormProblem problem={problem} />
    <PostForm action={`/publish/${id}/card`} faults={problem?.errors}>
      <input type="hidden" name="revision" value={revision} />
      {CARD.map((group) => (
        <Section title={group.title} id={`teil-${slug(group.title)}`} key={group.title}>
          {group.fields
            .filter(({ fixed }) => open || !fixed)
            .map((field) => (
              <Field field={field} body={body} options={options[field.name] ?? []} key={field.name} />
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

const Field = ({ field, body, options }: { field: CardField; body: FormBody; options: readonly Option[] }) => {
  const { name, label, hint, kind } = field;
  switch (kind) {
    case 'many':
      return <Checkboxes name={name} legend={label} hint={hint} value={all(body, name)} options={options} />;
    case 'one':
      return (
        <SelectField
          name={name}
          label={label}
          hint={hint}
          value={one(body, name)}
          options={options}
          empty="Noch keine Angabe"
          plain
        />
      );
    case 'yesno':
      return (
        <SelectField
          name={name}
          label={label}
          hint={hint}
          value={one(body, name)}
          options={YES_NO}
          empty="Noch keine Angabe"
          plain
        />
      );
    case 'text':
    case 'lines':
      return <TextField name={name} label={label} hint={hint} value={one(body, name)} rows={4} plain />;
    case 'date':
    case 'number':
      return <TextField name={name} label={label} hint={hint} value={one(body, name)} type={kind} plain />;
    case 'line':
      return <TextField name={name} label={label} hint={hint} value={one(body, name)} plain />;
  }
};

const YES_NO: Option[] = [
  { value: 'ja', text: 'ja' },
  { value: 'nein', text: 'nein' },
];
