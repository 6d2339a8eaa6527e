import { Button, Buttons, Once, PostForm, Radios, TextField } from '../../../layout/forms';
import { one } from '../../../layout/form-body';
import type { VersionProps } from './rulebook-version.props';
import { VOTE_LABEL } from '#lib/rulebook';
import { Section, Text } from '../../../layout/parts';

export const at = ({ version }: VersionProps, path: string): string => `/rulebook/versions/${version.id}/${path}`;
export const CommentForm = (props: VersionProps) => (
  <PostForm action={at(props, 'comments')} faults={props.problem?.errors}>
    <Once {...props} />
    <TextField
      name="ruleId"
      label="Zu welcher Regel?"
      hint="Zum Beispiel R-GEN-02. Leer: zum ganzen Entwurf."
      value={one(props.body, 'ruleId')}
      optional
    />
    <TextField name="text" label="Ihre Stellungnahme" rows={4} value={one(props.body, 'text')} />
    <Buttons>
      <Button>Stellung nehmen</Button>
    </Buttons>
  </PostForm>
);

export const VoteForm = (props: VersionProps) => (
  <PostForm action={at(props, 'votes')} faults={props.problem?.errors}>
    <Once {...props} />
    <Radios
      name="vote"
      legend="Stimme Ihrer Stelle"
      hint="Eine abgegebene Stimme bleibt."
      value={one(props.body, 'vote')}
      options={Object.entries(VOTE_LABEL).map(([value, text]) => ({ value, text }))}
    />
    <Buttons>
      <Button>Abstimmen</Button>
    </Buttons>
  </PostForm>
);

export const AdoptForm = (props: VersionProps) => (
  <PostForm action={at(props, 'adoption')} faults={props.problem?.errors}>
    <Once {...props} />
    <TextField name="decisionNumber" label="Beschlussnummer" value={one(props.body, 'decisionNumber')} />
    <TextField
      name="inForceFrom"
      label="In Kraft ab"
      type="date"
      hint="Ab Beginn dieses Tages. Leer: in einer Minute."
      value={one(props.body, 'inForceFrom')}
      optional
    />
    <Buttons>
      <Button>In Kraft setzen</Button>
    </Buttons>
  </PostForm>
);

export const RecallForm = (props: VersionProps) => (
  <PostForm action={at(props, 'recall')} faults={props.problem?.errors}>
    <Once {...props} />
    <TextField
      name="reason"
      label="Warum soll die Fassung nicht in Kraft treten?"
      rows={3}
      value={one(props.body, 'reason')}
    />
    <TextField name="decisionNumber" label="Beschlussnummer" value={one(props.body, 'decisionNumber')} />
    <Buttons>
      <Button kind="secondary">Für meine Stelle zurücknehmen</Button>
    </Buttons>
  </PostForm>
);

export const NextSteps = (props: VersionProps) => {
  const { may } = props.version;
  return (
    <Section title="Nächster Schritt">
      {may.consult && (
        <PostForm action={at(props, 'consultation')}>
          <Once {...props} />
          <Text>In der Beratung bleibt der Text fest. Alle Fälle müssen stimmen.</Text>
          <Buttons>
            <Button>In die Beratung geben</Button>
          </Buttons>
        </PostForm>
      )}
      {may.callVote && (
        <PostForm action={at(props, 'ballot')} faults={props.problem?.errors}>
          <Once {...props} />
          <TextField
            name="until"
            label="Letzter Tag der Abstimmung"
            type="date"
            hint="Danach dürfen Vertretungen abstimmen. Leer: in 28 Tagen."
            optional
          />
          <Buttons>
            <Button>Zur Abstimmung stellen</Button>
          </Buttons>
        </PostForm>
      )}
      {may.revise && (
        <PostForm action={at(props, 'revision')}>
          <Once {...props} />
          <Buttons>
            <Button kind="secondary">Zurück in den Entwurf</Button>
          </Buttons>
        </PostForm>
      )}
      {may.withdraw && (
        <PostForm action={at(props, 'withdrawal')}>
          <Once {...props} />
          <Buttons>
            <Button kind="tertiary">Entwurf zurückziehen</Button>
          </Buttons>
        </PostForm>
      )}
    </Section>
  );
};
