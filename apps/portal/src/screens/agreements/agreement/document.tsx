import { type AgreementDocument, introduced } from '#lib/agreements';
import { List, Text } from '../../../layout/parts';

type Clause = AgreementDocument['clauses'][number];
type Item = Clause['items'][number];

/** Points that follow each other are one list. */
function grouped(items: readonly Item[]): Item[][] {
  const groups: Item[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (item.kind === 'point' && last?.[0]?.kind === 'point') last.push(item);
    else groups.push([item]);
  }
  return groups;
}

const Part = ({ items }: { items: Item[] }) => {
  const [first] = items;
  if (first?.kind === 'point') return <List items={items.map(({ text }) => text)} />;
  if (first?.kind !== 'quotation') return <Text>{first?.text}</Text>;
  return (
    <figure className="dr-quotation">
      <figcaption>{introduced(first)}</figcaption>
      <blockquote>
        {first.text.split('\n').map((line, at) => (
          <p key={at} dir="auto">
            <bdi>{line}</bdi>
          </p>
        ))}
      </blockquote>
    </figure>
  );
};

/** The structure both sides agreed to: our clauses as headings, everybody's own words as quotations with their speaker. */
export const DocumentView = ({ document, text }: { document: AgreementDocument | null; text: string }) =>
  document === null ? (
    <pre className="dr-terms" tabIndex={0} aria-label="Wortlaut">
      {text}
    </pre>
  ) : (
    <div className="dr-document">
      <Text>
        {document.title}, {document.number}
      </Text>
      {document.clauses.map(({ id, title, items }, at) => (
        <section key={id} aria-labelledby={`clause-${id}`}>
          <h3 className="kern-title" id={`clause-${id}`}>
            {at + 1}. {title}
          </h3>
          {grouped(items).map((part, i) => (
            <Part key={i} items={part} />
          ))}
        </section>
      ))}
    </div>
  );
