import type { MessageView } from '#lib/requests';
import { moment } from '../format';
import { Badge, MultilineText, Table } from '../parts';

const EFFECT: Record<MessageView['changes'][number]['compared'], { text: string; tone: 'success' | 'warning' }> = {
  NARROWER: { text: 'enger', tone: 'success' },
  WIDER: { text: 'weiter', tone: 'warning' },
  OTHER: { text: 'anders', tone: 'warning' },
};

/** What an answer changed of the request: before and after, statement by statement. */
export const Changes = ({ changes, caption }: Pick<MessageView, 'changes'> & { caption: string }) => (
  <Table
    caption={caption}
    columns={[{ head: 'Angabe' }, { head: 'Umfang' }, { head: 'Vorher' }, { head: 'Nachher' }]}
    rows={changes.map(({ label, before, after, compared }) => [
      label,
      <Badge tone={EFFECT[compared].tone} key="umfang">
        {EFFECT[compared].text}
      </Badge>,
      before,
      after,
    ])}
  />
);

export const Thread = ({ thread }: { thread: readonly MessageView[] }) => (
  <ol className="dr-thread">
    {thread.map((message) => (
      <li key={message.id} className="dr-panel">
        <p className="kern-preline">
          {message.kind === 'QUESTION' ? 'Rückfrage' : 'Antwort'} von {message.personName}, {moment(message.at)}
        </p>
        <MultilineText>{message.text}</MultilineText>
        {message.changes.length > 0 && <Changes changes={message.changes} caption="Mit dieser Antwort geändert" />}
      </li>
    ))}
  </ol>
);
