import { one } from '../../../layout/form-body';
import { day, lastDay } from '../../../layout/format';
import { Button, Buttons, Once, PostForm, SelectField, TextField } from '../../../layout/forms';
import { Facts, Cards, Badge, Section, Text, type Tone } from '../../../layout/parts';
import type { DelegationLine } from './my-roles.presenter';
import type { MyRolesProps } from './my-roles.props';

const STATE: Record<DelegationLine['state'], [Tone, string]> = {
  VALID: ['success', 'gilt'],
  FUTURE: ['info', 'gilt noch nicht'],
  REVOKED: ['info', 'widerrufen'],
  EXPIRED: ['info', 'abgelaufen'],
};

export const Given = ({ given, delegable, people, problem, body, once }: MyRolesProps) => (
  <Section title="Aufgaben schriftlich übertragen">
    <Text>
      Sie können Ihre Entscheidung über Daten an eine andere Person übertragen: schriftlich, für höchstens zwölf Monate
      und nur über eine Stufe. Die Person darf sie nicht weitergeben. Sie bleiben verantwortlich und können die
      Übertragung jederzeit widerrufen.
    </Text>
    {given.length > 0 && (
      <Delegations caption="Von mir übertragen" lines={given} person="Übertragen an" revocable={once} />
    )}
    <PostForm action="/my-roles/delegations" faults={problem?.errors}>
      <Once once={once} />
      {delegable.length === 1 ? (
        <input type="hidden" name="appointmentId" value={delegable[0]!.value} />
      ) : (
        <SelectField
          name="appointmentId"
          label="Welche Aufgabe?"
          value={one(body, 'appointmentId')}
          empty="Bitte wählen"
          options={delegable}
        />
      )}
      <SelectField
        name="delegatePersonId"
        label="Wem übertragen Sie die Aufgabe?"
        hint="Zuerst stehen die Personen Ihrer Stelle."
        value={one(body, 'delegatePersonId')}
        empty="Bitte wählen"
        options={people}
      />
      <TextField
        name="reference"
        label="Fundstelle"
        hint="Aktenzeichen oder Ablageort der unterschriebenen Übertragung"
        value={one(body, 'reference')}
      />
      <TextField
        name="validTo"
        label="Letzter Tag der Übertragung"
        type="date"
        hint="Höchstens zwölf Monate ab heute"
        value={one(body, 'validTo')}
      />
      <Buttons>
        <Button>Aufgabe übertragen</Button>
      </Buttons>
    </PostForm>
  </Section>
);

/** `revocable` is the key of the act where the reader may take it back. */
export const Delegations = ({
  caption,
  lines,
  person,
  revocable,
}: {
  caption: string;
  lines: readonly DelegationLine[];
  person: string;
  revocable?: string;
}) => (
  <Cards
    label={caption}
    items={lines.map((line) => {
      const [tone, text] = STATE[line.state];
      return {
        id: line.id,
        title: `${line.roleName}, ${line.unitName}`,
        body: (
          <>
            <Badge tone={tone}>{text}</Badge>
            <Facts
              items={[
                [person, line.personName],
                ['Zeitraum', `${day(line.validFrom)} bis ${lastDay(line.validTo)}`],
                ['Fundstelle', line.reference],
              ]}
            />
            {revocable && (line.state === 'VALID' || line.state === 'FUTURE') && (
              <PostForm action={`/my-roles/delegations/${line.id}/revoke`}>
                <Once once={revocable} />
                <Buttons>
                  <Button kind="secondary" describedBy={`card-${line.id}`}>
                    Übertragung widerrufen
                  </Button>
                </Buttons>
              </PostForm>
            )}
          </>
        ),
      };
    })}
  />
);
