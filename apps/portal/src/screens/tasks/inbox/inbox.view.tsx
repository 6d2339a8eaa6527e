import { quoted } from '#lib/kernel';
import type { EmergencyLine } from '#lib/agreements';
import type { LoweringLine, ReleaseLine } from '#lib/catalogue';
import type { Notice, TaskLine } from '#lib/approvals';
import type { RestingRequest } from '#lib/requests';
import { dueOf } from '../../../layout/due';
import { day } from '../../../layout/format';
import { Badge, Link, Section, Table, Text } from '../../../layout/parts';
import { Noted } from '../../../layout/requests/case-note';
import { EmergencyLines } from '../../../layout/emergency-lines';

interface InboxProps {
  tasks: readonly TaskLine[];
  notices: readonly Notice[] | null;
  emergencies?: readonly EmergencyLine[];
  resting?: readonly RestingRequest[];
  opinions?: readonly LoweringLine[];
  releases?: readonly ReleaseLine[];
}

export const InboxView = ({
  tasks,
  notices,
  emergencies = [],
  resting = [],
  opinions = [],
  releases = [],
}: InboxProps) => (
  <>
    <h1 className="kern-heading-large">Aufgaben</h1>
    {emergencies.length > 0 && (
      <Section title="Ausnahmezugriffe">
        <Text>
          Hier haben zwei Personen wegen einer Gefahr Daten geöffnet, oder sie wollen es. Sie erfahren das sofort.
        </Text>
        <EmergencyLines lines={emergencies} caption="Ausnahmezugriffe, die warten, laufen oder nachzuprüfen sind" />
        <Link href="/emergency-accesses">Alle Ausnahmezugriffe</Link>
      </Section>
    )}
    <Text>
      Hier stehen Anträge, bei denen Sie jetzt an der Reihe sind. Die nächste Frist steht oben. Läuft eine Frist ab,
      gilt das nie als Zustimmung.
    </Text>
    {tasks.length === 0 ? (
      <Text>Zurzeit haben Sie keine offenen Aufgaben.</Text>
    ) : (
      <Table
        caption={tasks.length === 1 ? 'Eine offene Aufgabe' : `${tasks.length} offene Aufgaben`}
        columns={[
          { head: 'Antrag' },
          { head: 'Datenprodukt' },
          { head: 'Anfragende Stelle' },
          { head: 'Ihre Rolle' },
          { head: 'Frist' },
        ]}
        rows={tasks.map((task) => [
          <Link href={`/tasks/${task.id}`} key="antrag">
            {task.requestNumber}
          </Link>,
          <Noted note={task.note} key="produkt">
            {task.productTitle}
          </Noted>,
          `${task.consumerUnitName}: ${quoted(task.project)}`,
          `${task.roleName}${STANDING_IN[task.as]}, ${task.kind === 'CONSULT' ? 'Stellungnahme' : 'Entscheidung'}`,
          <TaskDue task={task} key="frist" />,
        ])}
      />
    )}
    {releases.length > 0 && (
      <Section title="Freigaben" id="releases">
        <Text>Andere haben diese Datenprodukte bearbeitet. Sie geben sie frei oder geben sie zurück.</Text>
        <Table
          caption={releases.length === 1 ? 'Eine Freigabe' : `${releases.length} Freigaben`}
          columns={[{ head: 'Datenprodukt' }, { head: 'Stelle' }, { head: 'Was wartet' }, { head: 'Seit' }]}
          rows={releases.map((one) => [
            <Link href={`/publish/${one.productId}`} key="produkt">
              {one.productTitle}
            </Link>,
            one.providerUnitName,
            one.versionNumber === null ? 'Datenprodukt' : `Datenstand Nr. ${one.versionNumber}`,
            day(one.since.toISOString()),
          ])}
        />
      </Section>
    )}
    {opinions.length > 0 && (
      <Section title="Niedrigere Einstufungen" id="opinions">
        <Text>Vor der Freigabe dieser Datenprodukte werden Sie um Ihre Stellungnahme gebeten.</Text>
        <Table
          caption={opinions.length === 1 ? 'Eine Stellungnahme' : `${opinions.length} Stellungnahmen`}
          columns={[{ head: 'Datenprodukt' }, { head: 'Stelle' }, { head: 'Was niedriger wird' }, { head: 'Seit' }]}
          rows={opinions.map((one) => [
            <Link href={`/publish/${one.productId}`} key="produkt">
              {one.productTitle}
            </Link>,
            one.providerUnitName,
            one.lines.join('; '),
            day(one.askedAt.toISOString()),
          ])}
        />
      </Section>
    )}
    {resting.length > 0 && (
      <Section title="Hier fehlt eine verantwortliche Person">
        <Text>Diese Anträge ruhen. Es werden keine Daten geliefert, bis die anfragende Stelle jemanden benennt.</Text>
        <Table
          caption={resting.length === 1 ? 'Ein Antrag ruht' : `${resting.length} Anträge ruhen`}
          columns={[{ head: 'Antrag' }, { head: 'Datenprodukt' }, { head: 'Anfragende Stelle' }, { head: 'Zu tun' }]}
          rows={resting.map((one) => [
            <Link href={`/requests/${one.requestId}`} key="antrag">
              {one.number}
            </Link>,
            one.productTitle,
            one.consumerUnitName,
            one.mayName ? 'Bitte benennen Sie jemanden' : 'Die anfragende Stelle benennt jemanden',
          ])}
        />
        <Link href="/keepers">Verantwortliche Personen benennen</Link>
      </Section>
    )}
    {notices && <Notices notices={notices} />}
  </>
);

/** What Steuerungskreis and Geschäftsstelle take notice of. Nothing is to be done here. */
const Notices = ({ notices }: { notices: readonly Notice[] }) => (
  <Section title="Zur Kenntnis">
    <Text>Hier steht, wo gegen Bedenken entschieden wurde und wo niemand entschieden hat.</Text>
    {notices.length === 0 ? (
      <Text>Zurzeit gibt es nichts zur Kenntnis.</Text>
    ) : (
      <Table
        caption={notices.length === 1 ? 'Ein Hinweis' : `${notices.length} Hinweise`}
        columns={[{ head: 'Antrag' }, { head: 'Datenprodukt' }, { head: 'Anlass' }, { head: 'Seit' }]}
        rows={notices.map((notice) => [
          <Link href={`/tasks/${notice.taskId}`} key="antrag">
            {notice.requestNumber}
          </Link>,
          `${notice.productTitle} (${notice.providerUnitName} an ${notice.consumerUnitName})`,
          notice.kind === 'ESCALATED'
            ? `Niemand hat entschieden (${notice.roleName}): ${notice.reasons ?? ''}`
            : `Zugestimmt trotz Bedenken (${notice.advisers.join(', ')})${notice.reasons ? `: ${quoted(notice.reasons)}` : ''}`,
          day(notice.at),
        ])}
      />
    )}
  </Section>
);

const STANDING_IN: Record<TaskLine['as'], string> = {
  PRINCIPAL: '',
  DEPUTY: ' (in Vertretung)',
  DELEGATE: ' (schriftlich übertragen)',
};

const TaskDue = ({ task }: { task: TaskLine }) => {
  const { tone, text } = dueOf(task);
  return (
    <>
      {day(task.dueAt)} <Badge tone={tone}>{text}</Badge>
    </>
  );
};
