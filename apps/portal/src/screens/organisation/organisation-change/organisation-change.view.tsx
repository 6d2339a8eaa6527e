import type { ChangedUnit } from '#lib/organisation';
import { ONCE_FIELD } from '../../../layout/form-body';
import { moment } from '../../../layout/format';
import { Button, Buttons, PostForm } from '../../../layout/forms';
import { Badge, Facts, Link, List, Section, Text } from '../../../layout/parts';
import { UNIT_KIND_NAME } from '../../../layout/words';
import { orderedFor } from '../../../layout/units/unit-change-words';
import { inShort } from '../../../layout/units/unit-change-words';
import { standing } from '../../../layout/units/unit-change-words';
import { FormProblem } from '../../../layout/form-problem';
import { Preview } from './change-preview';
import type { ChangeProps } from './organisation-change.props';

export const ChangeView = (props: ChangeProps) => {
  const { change, preview, problem, administers } = props;
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
      {preview && <Preview {...props} preview={preview} />}
      {administers && change.state === 'PREPARED' && <Decide {...props} />}
    </>
  );
};

const Units = ({ units }: { units: readonly ChangedUnit[] }) => (
  <List
    items={units.map(({ unitId, name, kind, isNew }) => (
      <>
        {isNew ? name : <Link href={`/organisation/units/${unitId}`}>{name}</Link>} ({UNIT_KIND_NAME[kind]})
        {isNew && ', neu'}
      </>
    ))}
  />
);

/** Who takes over what, one by one; only who prepared the change says so. */
const Decide = ({ change, preview, mine, once }: ChangeProps) => {
  const at = (step: string) => `/organisation-changes/${change.id}/${step}`;
  const free = preview !== null && preview.obstacles.length === 0;
  return (
    <Section title="Entscheiden">
      <Text>
        {mine
          ? 'Sie haben das vorbereitet. Eine andere Person aus der Administration muss bestätigen.'
          : free
            ? 'Bitte prüfen Sie die Vorschau. Mit Ihrer Bestätigung gilt die Änderung ab ihrem Tag. Zurück geht es nur mit einer neuen Verfügung.'
            : 'Bestätigen können Sie, sobald kein Hindernis mehr im Weg steht.'}
      </Text>
      <PostForm action={at('confirm')}>
        <input type="hidden" name={ONCE_FIELD} value={once} />
        <Buttons>
          {!mine && free && <Button>Änderung bestätigen</Button>}
          <Button kind="secondary" action={at('cancel')}>
            Änderung verwerfen
          </Button>
        </Buttons>
      </PostForm>
    </Section>
  );
};
