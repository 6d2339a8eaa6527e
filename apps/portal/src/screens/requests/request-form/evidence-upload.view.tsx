import { type Problem, quoted } from '#lib/kernel';
import { FILE_TYPES, FILE_TYPES_IN_WORDS } from '#lib/requests';
import { FormProblem } from '../../../layout/form-problem';
import { type FormBody, one } from '../../../layout/form-body';
import { Button, Buttons, FileField, type Option, PostForm, SelectField, TextField } from '../../../layout/forms';
import { Alert, Text } from '../../../layout/parts';

export interface EvidenceUploadProps {
  /** address of the form of the request */
  action: string;
  productTitle: string;
  kinds: readonly Option[];
  units: readonly Option[];
  /** what was filled in here */
  body: FormBody;
  /** the form of the request as it stands: it comes back with the document ticked */
  form: FormBody;
  scans: boolean;
  problem?: Problem;
}

/** A document for a request that is being filled in. The form goes along and comes back, so that nothing is lost without a script. */
export const EvidenceUploadView = ({
  action,
  productTitle,
  kinds,
  units,
  body,
  form,
  scans,
  problem,
}: EvidenceUploadProps) => (
  <>
    <h1 className="kern-heading-large">Nachweis hochladen</h1>
    <Text>
      Der Nachweis gehört Ihrer Stelle. Er wird mit dem Antrag auf {quoted(productTitle)} eingereicht und ist dann nicht
      mehr änderbar. Lesen kann ihn nur Ihre Stelle und wer über den Antrag entscheidet. Ohne Antrag verfällt er nach 30
      Tagen.
    </Text>
    {!scans && (
      <Alert tone="warning" title="Keine Prüfung auf Schadsoftware">
        <Text>
          In diesem Datenraum ist kein Virenscanner eingerichtet. Wer die Datei öffnet, wird darauf hingewiesen.
        </Text>
      </Alert>
    )}
    <FormProblem problem={problem} />
    <PostForm action={`${action}/evidence`} faults={problem?.errors} upload>
      <input type="hidden" name="form" value={JSON.stringify(form)} />
      <SelectField
        name="kind"
        label="Was weist das Dokument nach?"
        value={one(body, 'kind') || one(form, 'evidence')}
        options={kinds}
        empty="Bitte wählen"
      />
      <SelectField
        name="unitId"
        label="Für welche Stelle?"
        value={one(body, 'unitId') || one(form, 'consumerUnitId')}
        options={units}
      />
      <TextField name="title" label="Bezeichnung" value={one(body, 'title')} />
      <TextField name="reference" label="Aktenzeichen oder Fundstelle des Originals" value={one(body, 'reference')} />
      <TextField name="issuer" label="Ausgestellt von" value={one(body, 'issuer')} />
      <TextField name="validFrom" label="Gilt ab" type="date" value={one(body, 'validFrom')} optional />
      <TextField
        name="validUntil"
        label="Gilt bis"
        hint="Nur wenn das Dokument ein Ende nennt. Eine Genehmigung des Landes muss eines nennen."
        type="date"
        value={one(body, 'validUntil')}
        optional
      />
      <FileField
        name="file"
        label={`Datei (${FILE_TYPES_IN_WORDS}, höchstens 20 MB)`}
        accept={Object.keys(FILE_TYPES).join()}
      />
      <Buttons>
        <Button>Hochladen und zurück zum Antrag</Button>
      </Buttons>
    </PostForm>
    <PostForm action={action}>
      {Object.entries(form).flatMap(([name, values]) =>
        [values ?? []]
          .flat()
          .map((value, at) => <input type="hidden" name={name} value={value} key={`${name}-${at}`} />),
      )}
      <Buttons>
        <Button kind="secondary" name="step" value="back">
          Zurück ohne Hochladen
        </Button>
      </Buttons>
    </PostForm>
  </>
);
