import {
  CONFIRM_WITHIN_HOURS,
  EMERGENCY_FINDING_LABEL,
  EMERGENCY_OPINION_LABEL,
  type EmergencyLine,
  type EmergencyState,
  type EmergencyView as Access,
} from '#lib/agreements';
import type { ExchangeView } from '#lib/exchange';
import type { Problem } from '#lib/kernel';
import { EMERGENCY_FIELDS } from '#lib/requests';
import { type FormBody, one, ONCE_FIELD } from '../../../layout/form-body';
import { count, day, moment } from '../../../layout/format';
import { Button, Buttons, PostForm, Radios, TextField } from '../../../layout/forms';
import { Alert, Facts, Link, LinkButton, List, MultilineText, Section, Text } from '../../../layout/parts';
import { DrawnFields } from '../../../layout/requests/drawn-fields';
import type { Choices } from '../../../layout/requests/widgets/widget';
import { FormProblem } from '../../../layout/form-problem';
import { EmergencyLines, EmergencyStateBadge } from '../../../layout/emergency-lines';

export interface OpeningModel {
  productId: string;
  productTitle: string;
  choices: Choices;
  body: FormBody;
  once: string;
}

/** What an emergency access is, in five sentences: nobody has time for more. */
const Meaning = () => (
  <Alert tone="warning" title="Nur bei Gefahr für Leben oder Gesundheit">
    <List
      items={[
        'Immer zwei Personen Ihrer Stelle öffnen den Zugriff gemeinsam.',
        'Er gilt 24 Stunden und endet von selbst.',
        'Die Stelle mit den Daten, der Datenschutz und der Steuerungskreis sehen ihn sofort.',
        'Die Auflagen gelten. Jede Lieferung wird protokolliert.',
        'Danach wird geprüft, ob er rechtmäßig war.',
      ]}
    />
  </Alert>
);

const OPENING = Object.entries(EMERGENCY_FIELDS).filter(([, { section }]) => section !== 'given');

export const OpeningView = ({ model, problem }: { model: OpeningModel; problem?: Problem }) => {
  return (
    <>
      <p className="kern-preline">{model.productTitle}</p>
      <h1 className="kern-heading-large">Ausnahmezugriff eröffnen</h1>
      <FormProblem problem={problem} />
      <Meaning />
      <PostForm action={`/products/${model.productId}/emergency`} faults={problem?.errors}>
        <input type="hidden" name={ONCE_FIELD} value={model.once} />
        <DrawnFields fields={OPENING} body={model.body} choices={model.choices} />
        <Buttons>
          <Button>Ausnahmezugriff eröffnen</Button>
        </Buttons>
      </PostForm>
    </>
  );
};

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

export interface EmergencyProps {
  access: Access;
  exchanges: readonly ExchangeView[];
  /** what was asked for */
  said: [label: string, words: string][];
  once: string;
  body: FormBody;
  problem?: Problem;
}

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

const Once = ({ once }: Pick<EmergencyProps, 'once'>) => <input type="hidden" name={ONCE_FIELD} value={once} />;

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

const Findings = ({ access }: { access: Access }) => (
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

const Opinion = ({ access, once, body, problem }: EmergencyProps) => (
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

const Review = ({ access, once, body, problem }: EmergencyProps) => (
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
