import type { MessageView } from '#lib/requests';
import { moment } from '../format';
import { MultilineText, Text } from '../parts';

export const Thread = ({ thread }: { thread: readonly MessageView[] }) => (
  <ol className="dr-thread">
    {thread.map((message) => (
      <li key={message.id} className="dr-panel">
        <p className="kern-preline">
          {message.kind === 'QUESTION' ? 'Rückfrage' : 'Antwort'} von {message.personName}, {moment(message.at)}
        </p>
        <MultilineText>{message.text}</MultilineText>
        {message.changed.length > 0 && <Text small>Geändert wurden: {message.changed.join(', ')}.</Text>}
      </li>
    ))}
  </ol>
);
