import type { Problem } from '#lib/kernel';
import { ErrorSummary } from './forms';
import { Text, List } from './parts';

/** What stands in the way of a form, with a way to each field. */
export const FormProblem = ({ problem }: { problem?: Problem }) =>
  problem ? (
    <ErrorSummary faults={problem.errors ?? []} title={problem.title}>
      <Text>{problem.remedy}</Text>
      {problem.detail && <Text>{problem.detail}</Text>}
      {problem.because && problem.because.length > 0 && <List items={problem.because} />}
    </ErrorSummary>
  ) : null;
