import type { DecisionView, RequestLine } from '#lib/requests';
import type { PropsWithChildren } from 'react';
import { Because } from '../decision-parts';
import { moment } from '../format';
import { Alert, Text } from '../parts';

const said = ({ text, at }: NonNullable<RequestLine['note']>): string => (at ? `${text} Stand: ${moment(at)}.` : text);

/** A cell of a list with what happened to the request meanwhile. */
export const Noted = ({ note, children }: PropsWithChildren<{ note: RequestLine['note'] }>) => (
  <>
    {children}
    {note && <Text small>{said(note)}</Text>}
  </>
);

/** What happened to a request while it waits, and what the rules say of it at this moment where that is something else. */
export const CaseNote = ({ note, now }: { note: RequestLine['note']; now: DecisionView | null }) => {
  if (!note && !now) return null;
  return (
    <Alert tone="warning" title="Seit dem Antrag hat sich etwas geändert">
      {note && <Text>{said(note)}</Text>}
      {now && (
        <>
          <Text>Nach den Angaben von heute gilt: {now.outcomeName}. Die Gründe von heute:</Text>
          <Because because={now.because} />
        </>
      )}
    </Alert>
  );
};
