import type { UploadPreview } from '#lib/catalogue';
import { type Problem, quoted } from '#lib/kernel';
import { COLUMN_TYPES, connectorOf, CONNECTORS, type Recognition } from '#lib/sources';
import { count, counted, visible } from '../../../layout/format';
import { Button, Buttons, FileField, PostForm, SelectField, TextField } from '../../../layout/forms';
import { Alert, Details, Facts, Link, List, Section, Table, Text } from '../../../layout/parts';
import { TYPE_NAME } from '../../../layout/words';
import { FormProblem } from '../../../layout/form-problem';
import { type SettingField, settingFields, typeField } from './hints';

export const UploadView = ({ id, problem }: { id: string; problem?: Problem }) => (
  <>
    <h1 className="kern-heading-large">Daten hochladen</h1>
    <Text>
      Laden Sie eine {KINDS} hoch, wie Ihr Programm sie speichert. Aufbau, Zeichensatz, Kommazahlen und Datumsangaben
      werden erkannt. Danach sehen Sie eine Vorschau. Erst wenn Sie bestätigen, werden die Daten übernommen.
    </Text>
    <FormProblem problem={problem} />
    <PostForm action={`/publish/${id}/upload`} faults={problem?.errors} upload>
      <SelectField name="connector" label="Dateiart" options={KIND_OPTIONS} empty="Am Inhalt erkennen" plain />
      <FileField
        name="file"
        label={KINDS}
        hint="In einer CSV-Datei wird die erste Zeile mit Spaltennamen gesucht, auch unter Titelzeilen."
        accept={CONNECTORS.flatMap(({ accept }) => accept).join()}
      />
      <Buttons>
        <Button>Hochladen und Vorschau zeigen</Button>
        <Link href={`/publish/${id}`}>Abbrechen</Link>
      </Buttons>
    </PostForm>
  </>
);

const KINDS = CONNECTORS.map(({ title }) => title).join(' oder ');
const KIND_OPTIONS = CONNECTORS.map(({ kind, title }) => ({ value: kind, text: title }));

/** How a column was read, beyond its type. */
const spelling = ({ decimal, thousands, dateFormat }: Recognition['columns'][number]): string =>
  [
    decimal && `Dezimalzeichen „${decimal}“`,
    thousands && `Tausenderzeichen „${thousands}“`,
    dateFormat && `Datum wie ${dateFormat}`,
  ]
    .filter(Boolean)
    .join(', ');

const Setting = ({ field: { name, kind, title, hint, options } }: { field: SettingField }) =>
  kind === 'CHOICE' ? (
    <SelectField name={name} label={title} hint={hint} options={options} empty="Erkennen" plain />
  ) : (
    <TextField name={name} label={title} hint={hint} {...(kind === 'NUMBER' && { type: 'number', width: 4 })} plain />
  );

export const PreviewView = ({ id, preview, problem }: { id: string; preview: UploadPreview; problem?: Problem }) => {
  const { uploadId, fileName, recognition, suggestions } = preview;
  const { columns, faults, faultCount, notes } = recognition;
  const connector = connectorOf(recognition.format.kind);
  const action = `/publish/${id}/uploads/${uploadId}`;
  return (
    <>
      <h1 className="kern-heading-large">Vorschau prüfen</h1>
      <FormProblem problem={problem} />
      <Text>So wurde {quoted(fileName)} gelesen. Bitte prüfen Sie Spalten und Werte.</Text>
      {faultCount > 0 && (
        <Alert tone="danger" title={`${counted(faultCount, 'Zelle passt', 'Zellen passen')} nicht zu ihrer Spalte`}>
          <Text>
            Berichtigen Sie die Datei, oder wählen Sie für die Spalte die Art „Text“. So lange werden die Daten nicht
            übernommen.
          </Text>
          <List
            items={faults
              .slice(0, 20)
              .map((fault) => `Zeile ${count(fault.row)}, Spalte ${count(fault.column)}: ${visible(fault.detail)}`)}
          />
        </Alert>
      )}
      {notes.length > 0 && (
        <Alert tone="info" title="Bitte ansehen">
          <List items={notes.map((note) => visible(note.detail))} />
        </Alert>
      )}
      <Facts
        items={[
          ['Zeilen', count(recognition.rowCount)],
          ['Spalten', count(columns.length)],
          ['Dateiart', connector.title],
          ...connector.told(recognition.format).map(([words, value]) => [words, visible(value)] as const),
        ]}
      />
      {faultCount === 0 && (
        <PostForm action={`${action}/confirm`}>
          <Buttons>
            <Button>Daten so übernehmen</Button>
            <Link href={`/publish/${id}/upload`}>Andere Datei hochladen</Link>
          </Buttons>
        </PostForm>
      )}
      <Section title="Erste Zeilen">
        <Table
          caption="Erste Zeilen der Datei, wie sie gelesen wurden"
          hideCaption
          grid
          columns={columns.map(({ name }) => ({ head: visible(name) }))}
          rows={recognition.preview.slice(0, 8).map((cells) => cells.map((cell) => visible(cell)))}
        />
      </Section>
      <Section title="Spalten">
        <PostForm action={`${action}/hints`} faults={problem?.errors} wide>
          <Table
            caption="Spalten mit erkannter Art und vorgeschlagener Schutzklasse"
            hideCaption
            columns={[
              { head: 'Spalte' },
              { head: 'Art' },
              { head: 'Gelesen als' },
              { head: 'Beispiele' },
              { head: 'Hinweis zum Schutz' },
            ]}
            rows={columns.map((column, at) => [
              visible(column.name),
              <SelectField
                key="art"
                name={typeField(at)}
                label={`Art der Spalte ${column.name}`}
                value={column.type}
                options={COLUMN_TYPES.map((type) => ({ value: type, text: TYPE_NAME[type] }))}
                bare
                plain
              />,
              spelling(column) || '–',
              visible(column.samples.slice(0, 3).join(', ')),
              suggestions[at]?.because ?? 'kein Hinweis',
            ])}
          />
          <Details summary="Ändern, wie die Datei gelesen wird">
            <SelectField name="connector" label="Dateiart" value={connector.kind} options={KIND_OPTIONS} plain />
            {settingFields(connector.settings).map((field) => (
              <Setting key={field.name} field={field} />
            ))}
          </Details>
          <Buttons>
            <Button kind="secondary">Datei so noch einmal lesen</Button>
          </Buttons>
        </PostForm>
      </Section>
    </>
  );
};
