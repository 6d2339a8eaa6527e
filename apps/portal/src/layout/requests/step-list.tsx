import type { StepStatus } from '#lib/approvals';
import { conditionsInWords } from './request-words';
import { day, moment } from '../format';
import { Table, Badge } from '../parts';

const STEP_TONE = {
  WAITING: 'info',
  OPEN: 'info',
  APPROVED: 'success',
  ADVISED: 'success',
  REFUSED: 'danger',
  CLOSED: 'info',
} as const;
/** The chain with what has been done: one row a step, in its order. */
export const StepList = ({ steps }: { steps: readonly StepStatus[] }) => (
  <Table
    caption="Schritte der Prüfung in ihrer Reihenfolge"
    hideCaption
    columns={[
      { head: 'Rolle' },
      { head: 'Stand' },
      { head: 'Frist' },
      { head: 'Wer und wann' },
      { head: 'Begründung und Auflagen' },
    ]}
    rows={steps.map((step) => [
      `${step.roleName}${step.kind === 'CONSULT' ? ' (Stellungnahme)' : ''}`,
      <Badge tone={step.opinion === 'NEGATIVE' ? 'warning' : STEP_TONE[step.state]} key="stand">
        {step.opinionName ?? step.stateName}
      </Badge>,
      step.decidedAt ? '–' : day(step.dueAt),
      step.decidedAt ? `${step.decidedByName}, ${moment(step.decidedAt)}` : '–',
      [
        step.text,
        ...shownBeside(step),
        ...conditionsInWords(step.conditions).map(([name, value]) => `${name}: ${value}`),
      ]
        .filter(Boolean)
        .join(' · ') || '–',
    ])}
  />
);

/** What a step brought beside the decision itself: evidence seen, the admission, votes. */
const shownBeside = ({ evidence, admissionReference, voting }: StepStatus): string[] => [
  ...(evidence ?? []).map(({ reference }) => `Nachweis eingesehen: ${reference}`),
  ...(admissionReference ? [`Zulassung: ${admissionReference}`] : []),
  ...(voting?.votes ?? []).map(({ officeName, voteName }) => `${officeName}: ${voteName}`),
];
