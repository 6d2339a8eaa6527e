import type { ShownDifference } from '#lib/rulebook';
import { counted } from '../../../layout/format';
import { Button, Buttons, Once, PostForm } from '../../../layout/forms';
import { Alert, Details, List, Section, Text } from '../../../layout/parts';
import { Exchange, isProved, PrincipleTable, ProofNames, ProofState } from '../../../layout/principles';
import { at } from './next-steps';
import type { VersionProps } from './rulebook-version.props';

/** As many are read at once; more are opened one by one. */
const FEW = 5;

/** What is proved of a version, what keeps it from the vote, and which principles it gives up. */
export const Principles = (props: VersionProps) => {
  const { version, proof } = props;
  const principles = proof.report?.principles ?? [];
  const broken = principles.filter((one) => !isProved(one));
  const isOpen = ['DRAFT', 'CONSULTATION', 'VOTE'].includes(version.state);
  return (
    <Section title="Leitsätze" id="leitsaetze">
      <ProofState proof={proof} />
      {proof.obstacles.length > 0 && (
        <Alert
          tone="warning"
          title={
            version.state === 'VOTE'
              ? 'So tritt der Entwurf nicht in Kraft'
              : 'So kommt der Entwurf nicht zur Abstimmung'
          }
        >
          <List items={proof.obstacles} />
        </Alert>
      )}
      {broken.map((one) => (
        <Broken key={one.id} principle={one} open={broken.length <= FEW} {...props} />
      ))}
      {proof.changes.length > 0 && <GivenUp {...props} />}
      {principles.length > 0 && (
        <Details summary={`Alle ${counted(principles.length, 'Leitsatz', 'Leitsätze')} lesen`}>
          <PrincipleTable principles={principles} />
        </Details>
      )}
      <ProofNames proof={proof} />
      {(isOpen || version.state === 'IN_FORCE') && proof.may.prove && (
        <PostForm action={at(props, 'proof')}>
          <Once {...props} />
          <Buttons>
            <Button kind="secondary">Noch einmal beweisen</Button>
          </Buttons>
        </PostForm>
      )}
    </Section>
  );
};

const Broken = ({
  principle: { id, sentence, source, counterexample },
  open,
  ...props
}: VersionProps & { principle: NonNullable<VersionProps['proof']['report']>['principles'][number]; open: boolean }) => (
  <Details summary={`Leitsatz ${id} gilt nicht`} open={open}>
    <Text>
      {sentence} <span className="kern-body--muted">({source})</span>
    </Text>
    {counterexample && (
      <>
        <h3 className="kern-title">Kleinstes Gegenbeispiel</h3>
        <Text>
          Alles, was hier nicht steht, ist wie beim gewöhnlichsten Austausch.
          {!counterexample.confirmed && ' Die Entscheidung selbst bestätigt dieses Gegenbeispiel nicht.'}
        </Text>
        {counterexample.cases.map((one) => (
          <section key={one.name}>
            {counterexample.cases.length > 1 && <h4 className="kern-title">{one.name}</h4>}
            <Exchange exchange={one} />
          </section>
        ))}
        {props.proof.may.keep && (
          <PostForm action={at(props, 'cases')}>
            <Once {...props} />
            <input type="hidden" name="principle" value={id} />
            <input type="hidden" name="revision" value={props.version.revision} />
            <Buttons>
              <Button kind="secondary">Gegenbeispiel zu {id} als Fall behalten</Button>
            </Buttons>
          </PostForm>
        )}
      </>
    )}
  </Details>
);

const GivenUp = ({ proof }: VersionProps) => (
  <>
    <h3 className="kern-title">Leitsätze, die der Entwurf ändert oder streicht</h3>
    {proof.changes.map(({ id, before, after, because, former }) => (
      <Details
        summary={`${id.startsWith('L-') ? `Leitsatz ${id}` : id}${after.length === 0 ? ' (entfällt)' : ' (geändert)'}`}
        open={proof.changes.length <= FEW}
        key={id}
      >
        <h4 className="kern-title">Bisher</h4>
        <List items={before} />
        {after.length > 0 && (
          <>
            <h4 className="kern-title">Künftig</h4>
            <List items={after} />
          </>
        )}
        <Text>{because ? `Begründung: ${because}` : 'Eine Begründung fehlt.'}</Text>
        {former && (
          <Text>
            {isProved(former)
              ? 'Der bisherige Satz bliebe auch nach diesem Entwurf wahr.'
              : 'Der bisherige Satz gilt nach diesem Entwurf nicht mehr, zum Beispiel hier nicht:'}
          </Text>
        )}
        {former?.counterexample?.cases.map((one) => (
          <Exchange exchange={one} key={one.name} />
        ))}
      </Details>
    ))}
  </>
);

const GROUPS: Record<ShownDifference['direction'], string> = {
  OPENS: 'Was sich öffnet: bisher abgelehnt',
  CLOSES: 'Was sich schließt: künftig abgelehnt',
  LOOSER: 'Was großzügiger wird',
  STRICTER: 'Was strenger wird',
};
const LISTED = 50;

/** What the text decides otherwise than the law in force, over all exchanges there can be: for whom, one example each. */
export const DifferenceOverAll = ({ proof }: Pick<VersionProps, 'proof'>) => {
  const difference = proof.report?.difference;
  if (!difference) return null;
  return (
    <Section title="Was öffnet sich, was schließt sich?" id="unterschiede">
      <Text>
        Verglichen über alle Anfragen, die es geben kann, nicht nur über frühere
        {proof.comparedWith === null ? '.' : `, mit Fassung ${proof.comparedWith}.`}
        {difference.equal &&
          ` Beide entscheiden jede Anfrage gleich.${difference.equal.accepted ? ' Das ist bewiesen.' : ' Der Beweis dafür wurde nicht anerkannt.'} Fristen, Rollen und Texte sind damit nicht verglichen.`}
      </Text>
      {(Object.keys(GROUPS) as ShownDifference['direction'][]).map((direction) => {
        const kinds = difference.kinds.filter((one) => one.direction === direction);
        if (kinds.length === 0) return null;
        return (
          <Details summary={`${GROUPS[direction]} (${counted(kinds.length, 'Art', 'Arten')})`} key={direction}>
            {kinds.length > LISTED && <Text>Die ersten {LISTED} stehen hier.</Text>}
            {kinds.slice(0, LISTED).map(({ told, whom, example, confirmed }) => (
              <section key={example.name}>
                <h3 className="kern-title">{told}</h3>
                <Text>Für: {whom.join(', ')}</Text>
                <Text>Zum Beispiel{confirmed ? '' : ' (von der Entscheidung nicht bestätigt)'}:</Text>
                <Exchange exchange={example} />
              </section>
            ))}
          </Details>
        );
      })}
    </Section>
  );
};
