import { CONFIRM_WITHIN_HOURS, type EmergencyLine, type EmergencyState } from '#lib/agreements';
import { one } from '../../../layout/form-body';
import { count, moment } from '../../../layout/format';
import { Button, Buttons, Once, PostForm, TextField } from '../../../layout/forms';
import { Facts, Link, LinkButton, MultilineText, Section, Text } from '../../../layout/parts';
import { FormProblem } from '../../../layout/form-problem';
import { EmergencyLines, EmergencyStateBadge } from '../../../layout/emergency-lines';
import { Meaning } from './opening.view';
import { Findings, Opinion, Review } from './emergency-review';
import type { EmergencyProps } from './emergency.props';

export const EmergenciesView = ({ lines }: { lines: readonly EmergencyLine[] }) => (
  <>
    <h1 className="kern-heading-large">Ausnahmezugriffe</h1>
    <Text>
      Bei Gefahr für Leben oder Gesundheit öffnen zwei Personen Daten für 24 Stunden. Einen Ausnahmezugriff eröffnen Sie
      auf der Seite des Datenprodukts.
    </Text>
    {lines.length === 0 ? (
      <Text>Es gibt keine Ausnahmezugriffe.</Text>
    ) : (
      <EmergencyLines lines={lines} caption="Ausnahmezugriffe, neueste zuerst" />
    )}
  </>
);

const NEXT: Record<EmergencyState, string> = {
  WAITING: 'Es ist noch nichts geöffnet. Eine zweite Person mit der Rolle „Fachliche Freigabe“ muss bestätigen.',
  LAPSED: 'Niemand hat rechtzeitig bestätigt. Es wurde nichts geöffnet.',
  DROPPED: 'Der Ausnahmezugriff wurde vor der Bestätigung zurückgezogen. Es wurde nichts geöffnet.',
  RUNNING: 'Die Daten sind offen. Die Stelle mit den Daten kann den Zugriff jederzeit beenden.',
  OVER: 'Es wird nichts mehr geliefert. Jetzt wird geprüft, ob der Zugriff rechtmäßig war.',
  REVIEWED: 'Der Ausnahmezugriff ist vorbei und nachgeprüft.',
};

export const EmergencyView = (props: EmergencyProps) => {
  const { access, said, exchanges, problem } = props;
  const { may } = access;
  return (
    <>
      <p className="kern-preline">{access.productTitle}</p>
      <h1 className="kern-heading-large">Ausnahmezugriff</h1>
      <div className="dr-badges">
        <EmergencyStateBadge line={access} />
      </div>
      <FormProblem problem={problem} />
      <Text>{NEXT[access.state]}</Text>
      {may.receive && <LinkButton href={`/agreements/${access.agreementId}`}>Daten herunterladen</LinkButton>}
      <MultilineText>{access.reason}</MultilineText>
      <Facts
        items={[
          ['Stelle mit den Daten', access.providerUnitName],
          ...said,
          ['Eröffnet', `${access.openedByName}, ${moment(access.openedAt)}`],
          [
            'Bestätigt',
            access.confirmedAt
              ? `${access.confirmedByName}, ${moment(access.confirmedAt)}`
              : `noch nicht; möglich bis ${moment(access.lapsesAt)}`,
          ],
          ...(access.endsAt ? [['Ende', moment(access.endsAt)] as const] : []),
          ...(access.agreementId
            ? [
                [
                  'Vereinbarung',
                  <Link href={`/agreements/${access.agreementId}`} key="v">
                    Text und Lieferungen
                  </Link>,
                ] as const,
              ]
            : []),
          ...(access.agreementId ? [['Lieferungen', count(exchanges.length)] as const] : []),
        ]}
      />
      {may.confirm && <Confirm {...props} />}
      {(access.state === 'OVER' || access.state === 'REVIEWED') && <Findings access={access} />}
      {may.giveOpinion && <Opinion {...props} />}
      {may.review && <Review {...props} />}
      {may.end && <End {...props} />}
    </>
  );
};

const Confirm = ({ access, once }: EmergencyProps) => (
  <Section title="Als zweite Person bestätigen">
    <Meaning />
    <Text>
      Sie bestätigen, dass die Gefahr besteht und die Daten dafür nötig sind. Ohne Bestätigung verfällt der
      Ausnahmezugriff nach {CONFIRM_WITHIN_HOURS} Stunden.
    </Text>
    <PostForm action={`/emergency-accesses/${access.id}/confirm`}>
      <Once once={once} />
      <Buttons>
        <Button>Für 24 Stunden öffnen</Button>
      </Buttons>
    </PostForm>
  </Section>
);

const End = ({ access, once, body, problem }: EmergencyProps) => (
  <Section title="Beenden">
    <PostForm action={`/emergency-accesses/${access.id}/end`} faults={problem?.errors}>
      <Once once={once} />
      <TextField name="reason" label="Grund" rows={2} value={one(body, 'reason')} />
      <Buttons>
        <Button kind="secondary">{access.state === 'WAITING' ? 'Zurückziehen' : 'Jetzt beenden'}</Button>
      </Buttons>
    </PostForm>
  </Section>
);
