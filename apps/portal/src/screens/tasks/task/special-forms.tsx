import { documentInWords } from '#lib/requests';
import { Fragment } from 'react';
import { all, one } from '../../../layout/form-body';
import { day } from '../../../layout/format';
import { Button, Buttons, Checkboxes, PostForm, Radios, TextField } from '../../../layout/forms';
import { Alert, Badge, Details, Table, Text } from '../../../layout/parts';
import { Act, Reasons, type TaskProps } from './act';

/** How the vote stands, for everybody who may read the case. */
export const Voting = ({ task: { voting } }: Pick<TaskProps, 'task'>) =>
  voting && (
    <>
      <Text>
        Nötig sind {voting.needed} Stimmen dafür. Abstimmen dürfen {voting.entitled} Stellen; eine Stelle, die selbst
        anfragt oder Daten gibt, stimmt nicht mit ab. Bisher: {voting.for} dafür, {voting.against} dagegen.
      </Text>
      {!voting.reachable && (
        <Alert tone="warning" title="Die nötigen Stimmen sind nicht erreichbar">
          <Text>Zu viele Stellen sind beteiligt oder haben dagegen gestimmt.</Text>
        </Alert>
      )}
      {voting.votes.length > 0 && (
        <Table
          caption="Abgegebene Stimmen"
          columns={[{ head: 'Stelle' }, { head: 'Stimme' }, { head: 'Wer und wann' }, { head: 'Begründung' }]}
          rows={voting.votes.map(({ officeName, vote, voteName, personName, at, text }) => [
            officeName,
            <Badge tone={vote === 'FOR' ? 'success' : 'warning'} key="stimme">
              {voteName}
            </Badge>,
            `${personName}, ${day(at)}`,
            text ?? '–',
          ])}
        />
      )}
    </>
  );

export const VoteForm = (props: TaskProps) => (
  <PostForm action={`/tasks/${props.task.id}/vote`} faults={props.problem?.errors}>
    <Act {...props} />
    <Radios
      name="vote"
      legend="Die Stimme Ihrer Stelle"
      hint="Jede Stelle hat eine Stimme. Sie kann später nicht geändert werden."
      value={one(props.body, 'vote')}
      options={[
        { value: 'FOR', text: 'Dafür' },
        { value: 'AGAINST', text: 'Dagegen' },
      ]}
    />
    <TextField
      name="voteText"
      label="Begründung"
      hint="Nötig, wenn Sie dagegen stimmen."
      rows={4}
      value={one(props.body, 'voteText')}
      optional
    />
    <Buttons>
      <Button>Stimme abgeben</Button>
    </Buttons>
  </PostForm>
);

export const EvidenceForm = (props: TaskProps) => {
  const { task, body, problem } = props;
  const asked = task.evidence ?? [];
  return (
    <PostForm action={`/tasks/${task.id}/evidence`} faults={problem?.errors}>
      <Act {...props} />
      <Text>
        Bitte öffnen Sie jeden Nachweis und bestätigen Sie ihn mit der Fundstelle des Originals. Fehlt einer, fragen Sie
        zurück oder lehnen Sie ab. Jedes Öffnen wird protokolliert.
      </Text>
      <Checkboxes
        name="seen"
        legend="Diese Nachweise habe ich eingesehen, und sie reichen aus"
        value={all(body, 'seen')}
        options={asked.map(({ key, name, title }) => ({
          value: key,
          text: title ? documentInWords({ kindName: name, title }) : name,
          hint: title ? undefined : 'Im Antrag nicht beigefügt',
        }))}
      />
      {asked.map(({ key, kind, name, reference, document }) => (
        <Fragment key={key}>
          {document && <input type="hidden" name={`kind_${key}`} value={kind} />}
          <TextField
            name={`evidence_${key}`}
            label={`Fundstelle: ${name}`}
            value={one(body, `evidence_${key}`) || reference}
            plain
          />
        </Fragment>
      ))}
      <Reasons {...props} />
      <Buttons>
        <Button>Nachweise bestätigen</Button>
      </Buttons>
    </PostForm>
  );
};

export const AdmissionForm = (props: TaskProps) => (
  <PostForm action={`/tasks/${props.task.id}/admission`} faults={props.problem?.errors}>
    <Act {...props} />
    <Text>
      Der automatisierte Abruf braucht Ihre schriftliche Zulassung (BMG § 37 Abs. 2). Sie entscheiden persönlich. Eine
      Vertretung ist möglich, eine Übertragung nicht.
    </Text>
    <TextField
      name="reference"
      label="Fundstelle der unterschriebenen Zulassung"
      hint="Aktenzeichen der Liste der zugelassenen Stellen mit den technischen Maßnahmen"
      value={one(props.body, 'reference')}
    />
    <Reasons {...props} />
    <Buttons>
      <Button>Abruf zulassen</Button>
    </Buttons>
  </PostForm>
);

export const VetoForm = (props: TaskProps) => (
  <Details summary="Veto einlegen" open={Boolean(one(props.body, 'vetoText'))}>
    <PostForm action={`/tasks/${props.task.id}/veto`} faults={props.problem?.errors}>
      <Act {...props} />
      <Text>
        Steht die statistische Geheimhaltung entgegen, wird der Antrag abgelehnt. Niemand kann danach anders
        entscheiden.
      </Text>
      <TextField
        name="vetoText"
        label="Begründung"
        hint="Schreiben Sie auch, welche Form der Daten möglich wäre."
        rows={4}
        value={one(props.body, 'vetoText')}
      />
      <Buttons>
        <Button kind="secondary">Veto wegen statistischer Geheimhaltung</Button>
      </Buttons>
    </PostForm>
  </Details>
);
