import { type EmergencyView as Access, EMERGENCY_OPINION_LABEL, EMERGENCY_FINDING_LABEL } from '#lib/agreements';
import { one } from '../../../layout/form-body';
import { day } from '../../../layout/format';
import { Button, Buttons, Once, PostForm, Radios, TextField } from '../../../layout/forms';
import { Section, Facts, Text } from '../../../layout/parts';
import type { EmergencyProps } from './emergency.props';

export const Findings = ({ access }: { access: Access }) => (
  <Section title="Nachprüfung">
    <Facts
      items={[
        ['Fällig', day(access.reviewDueAt)],
        [
          'Stellungnahme zum Datenschutz',
          access.opinion
            ? `${EMERGENCY_OPINION_LABEL[access.opinion]}, ${access.opinionByName}: ${access.opinionText}`
            : 'noch offen',
        ],
        [
          'Ergebnis',
          access.finding
            ? `${EMERGENCY_FINDING_LABEL[access.finding]}, ${access.findingByName}: ${access.findingText}`
            : 'noch offen',
        ],
      ]}
    />
  </Section>
);

export const Opinion = ({ access, once, body, problem }: EmergencyProps) => (
  <Section title="Ihre Stellungnahme">
    <PostForm action={`/emergency-accesses/${access.id}/opinion`} faults={problem?.errors}>
      <Once once={once} />
      <Radios
        name="opinion"
        legend="Haben Sie Bedenken?"
        value={one(body, 'opinion') || null}
        options={Object.entries(EMERGENCY_OPINION_LABEL).map(([value, text]) => ({ value, text }))}
      />
      <TextField name="text" label="Begründung" rows={4} value={one(body, 'text')} />
      <Buttons>
        <Button>Stellungnahme abgeben</Button>
      </Buttons>
    </PostForm>
  </Section>
);

export const Review = ({ access, once, body, problem }: EmergencyProps) => (
  <Section title="Ihr Ergebnis">
    <Text>Ist der Zugriff nicht rechtmäßig gewesen, liest das der Steuerungskreis.</Text>
    <PostForm action={`/emergency-accesses/${access.id}/review`} faults={problem?.errors}>
      <Once once={once} />
      <Radios
        name="finding"
        legend="War der Ausnahmezugriff rechtmäßig?"
        value={one(body, 'finding') || null}
        options={Object.entries(EMERGENCY_FINDING_LABEL).map(([value, text]) => ({ value, text }))}
      />
      <TextField name="text" label="Begründung" rows={4} value={one(body, 'text')} />
      <Buttons>
        <Button>Nachprüfung abschließen</Button>
      </Buttons>
    </PostForm>
  </Section>
);
