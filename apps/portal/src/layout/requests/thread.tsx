import { calledAs, type MessageView, REQUEST_FIELDS, type RequestFieldTable } from '#lib/requests';
import { moment } from '../format';
import { MultilineText, Text } from '../parts';

/** Members of the form that changed; what the applicant alone knows stands together in one. */
function inGerman(member: string): string {
  const field = (REQUEST_FIELDS as RequestFieldTable)[member];
  if (field) return calledAs(field);
  return member === 'declarations' ? 'Erklärungen' : member;
}

export const Thread = ({ thread }: { thread: readonly MessageView[] }) => (
  <ol className="dr-thread">
    {thread.map((message) => (
      <li key={message.id} className="dr-panel">
        <p className="kern-preline">
          {message.kind === 'QUESTION' ? 'Rückfrage' : 'Antwort'} von {message.personName}, {moment(message.at)}
        </p>
        <MultilineText>{message.text}</MultilineText>
        {message.changed.length > 0 && <Text small>Geändert wurden: {message.changed.map(inGerman).join(', ')}.</Text>}
      </li>
    ))}
  </ol>
);
