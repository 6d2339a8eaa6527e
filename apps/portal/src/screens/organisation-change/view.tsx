import type { Problem } from '#lib/kernel';
import type { ChangedUnit, UnitChangeView } from '#lib/organisation';
import { ONCE_FIELD } from '../../layout/form-body';
import { moment } from '../../layout/format';
import { Button, Buttons, PostForm } from '../../layout/forms';
import { Badge, Facts, Link, List, Section, Text } from '../../layout/parts';
import { UNIT_KIND_NAME } from '../../layout/words';
import { inShort, orderedFor, standing } from '../organisation-changes/view';
import { FormProblem } from '../request-form/view';

interface ChangeProps {
  change: UnitChangeView;
  /** the reader prepared it, so somebody else must confirm */
  mine: boolean;
  problem?: Problem | undefined;
  once: string;
}

export const ChangeView = (props: ChangeProps) => {
  const { change, problem } = props;
  const [tone, text] = standing(change);
  return (
    <>
      <p className="kern-preline">{change.kindName}</p>
      <h1 className="kern-heading-large">{inShort(change)}</h1>
      <div className="dr-badges">
        <Badge tone={tone}>{text}</Badge>
      </div>
      <FormProblem problem={problem} />
      <Facts
        items={[
          ['Organisationsverfügung', change.basis],
          ['Gilt', change.effectiveAt ? `ab ${moment(change.effectiveAt)}` : orderedFor(change)],
          ['Stellen vorher', <Units units={change.sources} key="s" />],
          ['Stellen danach', change.targets.length > 0 ? <Units units={change.targets} key="t" /> : null],
          ['Vorbereitet von', change.preparedByName],
          ['Bestätigt von', change.confirmedByName],
        ]}
      />
      {change.state === 'PREPARED' && <Decide {...props} />}
    </>
  );
};

const Units = ({ units }: { units: readonly ChangedUnit[] }) => (
  <List
    items={units.map(({ unitId, name, kind, isNew }) => (
      <>
        {isNew ? name : <Link href={`/organisation/units/${unitId}`}>{name}</Link>} ({UNIT_KIND_NAME[kind]}){isNew && ', neu'}
      </>
    ))}
  />
);

const Decide = ({ change, mine, once }: ChangeProps) => {
  const at = (step: string) => `/organisation-changes/${change.id}/${step}`;
  return (
    <Section title="Entscheiden">
      <Text>{mine ? 'Sie haben das vorbereitet. Eine andere Person aus der Administration muss bestätigen.' : 'Bitte prüfen Sie die Vorschau. Mit Ihrer Bestätigung gilt die Änderung ab ihrem Tag; zurück geht es nur mit einer neuen Verfügung.'}</Text>
      <PostForm action={at('confirm')}>
        <input type="hidden" name={ONCE_FIELD} value={once} />
        <Buttons>
          {!mine && <Button>Änderung bestätigen</Button>}
          <Button kind="secondary" action={at('cancel')}>
            Änderung verwerfen
          </Button>
        </Buttons>
      </PostForm>
    </Section>
  );
};
