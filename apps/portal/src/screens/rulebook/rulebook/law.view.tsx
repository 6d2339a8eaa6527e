import { RuleUse } from '#lib/requests';
import { ruleBlocks, Block, type Item, type VersionLine, type ReadableRule, lawDocument } from '#lib/rulebook';
import { counted, moment } from '../../../layout/format';
import { Text, Table, Alert, Section, Link, Facts } from '../../../layout/parts';
import { Law } from './rulebook.view';

export const Items = ({ items, ordered }: { items: readonly Item[]; ordered?: boolean | undefined }) => {
  const List = ordered ? 'ol' : 'ul';
  return (
    <List className={`kern-list kern-list--${ordered ? 'number' : 'bullet'}`}>
      {items.map(({ text, items: inner }, at) => (
        <li key={at}>
          {text}
          {inner && <Items items={inner} />}
        </li>
      ))}
    </List>
  );
};

/** A piece of the law book as the portal shows it; what it says comes from the rulebook. */
export const LawBlock = ({ block }: { block: Block }) => {
  switch (block.kind) {
    case 'heading':
      return block.level === 2 ? (
        <h2 className="kern-heading-medium" id={block.id}>
          {block.text}
        </h2>
      ) : (
        <h3 className="kern-title" id={block.id}>
          {block.text}
        </h3>
      );
    case 'text':
      return block.tone === 'strong' ? (
        <Text>
          <strong>{block.text}</strong>
        </Text>
      ) : (
        <Text muted={block.tone === 'muted'}>{block.text}</Text>
      );
    case 'list':
      return <Items items={block.items} ordered={block.ordered} />;
    case 'table':
      return <Table caption={block.caption} columns={block.columns.map((head) => ({ head }))} rows={block.rows} />;
    case 'alert':
      return (
        <Alert tone="warning" title={block.title}>
          <Text>{block.text}</Text>
        </Alert>
      );
  }
};

export const LawBlocks = ({ blocks }: { blocks: readonly Block[] }) => (
  <>
    {blocks.map((block, at) => (
      <LawBlock block={block} key={at} />
    ))}
  </>
);

export const RulePage = ({ rule, use, version }: { rule: ReadableRule; use: RuleUse | null; version: VersionLine }) => (
  <>
    <p className="kern-preline">{rule.chapter}</p>
    <h1 className="kern-heading-large">Regel {rule.id}</h1>
    <Facts items={[['Fassung', `${version.version}, ${version.stateName}`]]} />
    <LawBlocks blocks={ruleBlocks(rule).slice(1)} />
    {use && (
      <Section title="Entscheidungen nach dieser Regel">
        <Text>
          {counted(use.total, 'Entscheidung', 'Entscheidungen')}, die Sie sehen dürfen
          {use.byOutcome.length > 0 &&
            `: ${use.byOutcome.map(({ outcomeName, count }) => `${count} ${outcomeName}`).join(', ')}`}
          .
        </Text>
        {use.latest.length > 0 && (
          <Table
            caption="Die neuesten Entscheidungen"
            columns={[{ head: 'Antrag' }, { head: 'Ergebnis' }, { head: 'entschieden' }]}
            rows={use.latest.map((one) => [
              <Link href={`/requests/${one.requestId}`} key={one.decisionId}>
                {one.number}
              </Link>,
              one.outcomeName,
              moment(one.decidedAt),
            ])}
          />
        )}
      </Section>
    )}
  </>
);

/** One document from the first sentence to the last, for reading and printing. */
export const RulebookDocument = ({ law }: { law: Law }) => {
  const { version } = law;
  const line = [
    `Fassung ${version.version}, ${version.stateName}`,
    ...(version.inForceFrom ? [`gilt ab ${moment(version.inForceFrom)}`] : []),
    ...(version.decisionNumber ? [`Beschluss ${version.decisionNumber}`] : []),
  ].join(', ');
  const { title, contents, blocks } = lawDocument(law, { line });
  return (
    <article className="dr-document">
      <h1 className="kern-heading-large">{title}</h1>
      <nav aria-label="Inhalt des Regelwerks">
        <ul className="kern-list kern-list--bullet">
          {contents.map((one) => (
            <li key={one.id}>
              <Link href={`#${one.id}`}>{one.text}</Link>
            </li>
          ))}
        </ul>
      </nav>
      <LawBlocks blocks={blocks} />
    </article>
  );
};
