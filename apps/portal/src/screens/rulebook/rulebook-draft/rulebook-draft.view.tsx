import type { Problem } from '#lib/kernel';
import { ONCE_FIELD } from '../../../layout/form-body';
import { counted } from '../../../layout/format';
import { Button, Buttons, GetForm, PostForm, SelectField, TextField } from '../../../layout/forms';
import { Alert, List, Text } from '../../../layout/parts';
import { RulebookProblem } from '../../../layout/rulebook-problem';

export interface DraftProps {
  id: string;
  file: string;
  files: readonly string[];
  text: string;
  title: string;
  reason: string;
  revision: number;
  once: string;
  checked?: { hash: string; rules: number; cases: number; faults: string[] };
  problem?: Problem;
}

export const DraftPage = ({ id, file, files, text, title, reason, revision, once, checked, problem }: DraftProps) => (
  <>
    <h1 className="kern-heading-large">Regelwerk ändern</h1>
    <Text>
      Jede Regel steht mit Satz, Quelle und Bedingung in einer Datei. Zu jeder Regel gehört ein Fall. Gespeichert wird
      nur, was ohne Fehler lesbar ist.
    </Text>
    <RulebookProblem problem={problem} />
    {checked && (
      <Alert
        tone={checked.faults.length === 0 ? 'success' : 'warning'}
        title={
          checked.faults.length === 0
            ? 'Der Text ist in Ordnung'
            : `${counted(checked.faults.length, 'Fall stimmt', 'Fälle stimmen')} nicht`
        }
        live
      >
        <Text>
          {counted(checked.rules, 'Regel', 'Regeln')}, {counted(checked.cases, 'Fall', 'Fälle')} geprüft.
        </Text>
        {checked.faults.length > 0 && <List items={checked.faults.slice(0, 50)} />}
      </Alert>
    )}
    <GetForm action={`/rulebook/drafts/${id}`} label="Datei wählen">
      <SelectField
        name="file"
        label="Datei"
        hint="Nicht gespeicherter Text geht beim Wechsel verloren."
        value={file}
        options={files.map((name) => ({ value: name, text: name }))}
      />
      <Buttons>
        <Button kind="secondary">Datei öffnen</Button>
      </Buttons>
    </GetForm>
    <PostForm action={`/rulebook/drafts/${id}`} faults={problem?.errors}>
      <input type="hidden" name={ONCE_FIELD} value={once} />
      <input type="hidden" name="revision" value={revision} />
      <input type="hidden" name="file" value={file} />
      <TextField name="title" label="Titel der Änderung" value={title} />
      <TextField name="reason" label="Warum ist die Änderung nötig?" rows={3} value={reason} />
      <TextField name="text" label={`Text von ${file}`} rows={30} value={text} />
      <Buttons>
        <Button kind="secondary" name="step" value="check">
          Prüfen
        </Button>
        <Button name="step" value="save">
          Entwurf speichern
        </Button>
      </Buttons>
    </PostForm>
  </>
);
