import { EMERGENCY_FINDING_LABEL, type EmergencyLine } from '#lib/agreements';
import { EMERGENCY_TONE } from './tones';
import { Badge, Table, Link } from './parts';
import { moment, day } from './format';

const TASK: Record<NonNullable<EmergencyLine['task']>, string> = {
  CONFIRM: 'Bitte bestätigen oder beenden',
  OPINION: 'Ihre Stellungnahme',
  REVIEW: 'Ihre Nachprüfung',
};

export const EmergencyStateBadge = ({
  line,
}: {
  line: Pick<EmergencyLine, 'state' | 'stateName' | 'finding' | 'opinion'>;
}) => (
  <>
    <Badge tone={EMERGENCY_TONE[line.state]}>{line.stateName}</Badge>{' '}
    {line.finding && (
      <Badge tone={line.finding === 'LAWFUL' ? 'success' : 'danger'}>{EMERGENCY_FINDING_LABEL[line.finding]}</Badge>
    )}
  </>
);

export const EmergencyLines = ({ lines, caption }: { lines: readonly EmergencyLine[]; caption: string }) => (
  <Table
    caption={caption}
    hideCaption
    columns={[
      { head: 'Eröffnet' },
      { head: 'Datenprodukt' },
      { head: 'Stellen' },
      { head: 'Stand' },
      { head: 'Zu tun' },
    ]}
    rows={lines.map((line) => [
      <Link href={`/emergency-accesses/${line.id}`} key="seit">
        {moment(line.openedAt)}
      </Link>,
      line.productTitle,
      `${line.providerUnitName} an ${line.consumerUnitName}`,
      <EmergencyStateBadge line={line} key="stand" />,
      line.task ? TASK[line.task] : line.reviewOverdue ? `Nachprüfung überfällig seit ${day(line.reviewDueAt)}` : '–',
    ])}
  />
);
