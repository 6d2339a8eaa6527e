import type { UploadPreview } from '#lib/catalogue';
import type { Problem } from '#lib/kernel';
import { COLUMN_TYPES, type Recognition } from '#lib/sources';
import { count, counted, visible } from '../../../layout/format';
import { Button, Buttons, FileField, PostForm, SelectField, TextField } from '../../../layout/forms';
import { Alert, Details, Facts, Link, List, Section, Table, Text } from '../../../layout/parts';
import { TYPE_NAME } from '../../../layout/words';
import { FormProblem } from '../../../layout/form-problem';
import { typeField } from './hints';

export const UploadView = ({ id, problem }: { id: string; problem?: Problem }) => (
  <>
    <h1 className="kern-heading-large">Daten hochladen</h1>
    <Text>
      Laden Sie eine CSV-Datei hoch, wie Ihr Programm sie speichert. Trennzeichen, Zeichensatz, Kommazahlen und
      Datumsangaben werden erkannt. Danach sehen Sie eine Vorschau. Erst wenn Sie bestätigen, werden die Daten
      übernommen.
    </Text>
    <FormProblem problem={problem} />
    <PostForm action={`/publish/${id}/upload`} faults={problem?.errors} upload>
      <FileField
        name="file"
        label="CSV-Datei"
        hint="Die erste Zeile mit Spaltennamen wird gesucht, auch unter Titelzeilen."
        accept=".csv,text/csv,.txt"
      />
      <Buttons>
        <Button>Hochladen und Vorschau zeigen</Button>
        <Link href={`/publish/${id}`}>Abbrechen</Link>
      </Buttons>
    </PostForm>
  </>
);

const ENCODING: Record<Recognition['encoding'], string> = {
  'utf-8': 'UTF-8',
  'iso-8859-1': 'ISO-8859-1 (Latin 1)',
  'windows-1252': 'Windows-1252',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
};

const DELIMITER: Record<Recognition['delimiter'], string> = {
  ';': 'Semikolon ;',
  ',': 'Komma ,',
  '\t': 'Tabulator',
  '|': 'Senkrechter Strich |',
};

/** How a column was read, beyond its type. */
const spelling = ({ decimal, thousands, dateFormat }: Recognition['columns'][number]): string =>
  [
    decimal && `Dezimalzeichen „${decimal}“`,
    thousands && `Tausenderzeichen „${thousands}“`,
    dateFormat && `Datum wie ${dateFormat}`,
  ]
    .filter(Boolean)
    .join(', ');

export const PreviewView = ({ id, preview, problem }: { id: string; preview: UploadPreview; problem?: Problem }) => {
  const { uploadId, fileName, recognition, suggestions } = preview;
  const { columns, faults, faultCount, notes } = recognition;
  const action = `/publish/${id}/uploads/${uploadId}`;
  return (
    <>
      <h1 className="kern-heading-large">Vorschau prüfen</h1>
      <FormProblem problem={problem} />
      <Text>So wurde „{visible(fileName)}“ gelesen. Bitte prüfen Sie Spalten und Werte.</Text>
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
          ['Zeichensatz', ENCODING[recognition.encoding]],
          ['Trennzeichen', DELIMITER[recognition.delimiter]],
          ['Spaltennamen', recognition.headerLine === 0 ? 'keine gefunden' : `in Zeile ${recognition.headerLine}`],
          ...(recognition.titleLines.length > 0
            ? [['Titelzeilen (nicht übernommen)', visible(recognition.titleLines.join(' / '))] as const]
            : []),
          ...(recognition.footerLines.length > 0
            ? [['Fußzeilen (nicht übernommen)', visible(recognition.footerLines.join(' / '))] as const]
            : []),
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
          <Details summary="Zeichensatz, Trennzeichen und Kopfzeile ändern">
            <SelectField
              name="encoding"
              label="Zeichensatz"
              options={Object.entries(ENCODING).map(([value, text]) => ({ value, text }))}
              empty="Erkennen"
              plain
            />
            <SelectField
              name="delimiter"
              label="Trennzeichen"
              options={Object.entries(DELIMITER).map(([value, text]) => ({
                value: value === '\t' ? 'TAB' : value,
                text,
              }))}
              empty="Erkennen"
              plain
            />
            <TextField
              name="headerLine"
              label="Zeile mit den Spaltennamen"
              hint="0, wenn es keine gibt"
              type="number"
              width={4}
              plain
            />
            <SelectField
              name="decimal"
              label="Dezimalzeichen"
              options={[
                { value: ',', text: 'Komma' },
                { value: '.', text: 'Punkt' },
              ]}
              empty="Erkennen"
              plain
            />
            <TextField
              name="nullValues"
              label="Zeichen für „kein Wert“"
              hint="mit ; getrennt, zum Beispiel: k. A.; -"
              plain
            />
          </Details>
          <Buttons>
            <Button kind="secondary">Datei so noch einmal lesen</Button>
          </Buttons>
        </PostForm>
      </Section>
    </>
  );
};
