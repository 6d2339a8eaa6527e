import type { Problem } from '#lib/kernel';
import { ErrorSummary } from './forms';
import { Text, List } from './parts';

/** Why it could not be done: faults of fields, or of the law book itself. */
export const RulebookProblem = ({ problem }: { problem?: Problem | undefined }) =>
  problem ? (
    <ErrorSummary faults={problem.errors ?? []} title={problem.title}>
      <Text>
        {problem.detail} {problem.remedy}
      </Text>
      {problem.because && <List items={problem.because} />}
    </ErrorSummary>
  ) : null;
