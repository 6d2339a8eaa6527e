import type { InputFault, Problem } from '#lib/kernel';
import { ErrorSummary } from './forms';
import { fieldOf } from './page-context';
import { Text, List } from './parts';

/** What stands in the way of a form, with a way to each field; `table`: the fields, to name each before what is wrong. */
export const FormProblem = ({
  problem,
  table,
}: {
  problem?: Problem;
  table?: Readonly<Record<string, { label: string }>>;
}) =>
  problem ? (
    <ErrorSummary
      faults={(problem.errors ?? []).map((fault) => named(fault, table?.[fieldOf(fault)]?.label))}
      title={problem.title}
    >
      <Text>{problem.remedy}</Text>
      {problem.detail && <Text>{problem.detail}</Text>}
      {problem.because && problem.because.length > 0 && <List items={problem.because} />}
    </ErrorSummary>
  ) : null;

const named = (fault: InputFault, label?: string): InputFault =>
  label && !fault.detail.startsWith(label) ? { ...fault, detail: `${label}: ${fault.detail}` } : fault;
