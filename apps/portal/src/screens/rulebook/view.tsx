import type { RuleUse } from '#lib/requests';
import type { ReadableLaw, ReadableRule, VersionLine } from '#lib/rulebook';
import { counted, day, moment } from '../../layout/format';
import { Alert, Badge, Details, Facts, Link, LinkButton, List, Said, Section, Table, Text, type Tone } from '../../layout/parts';

type Law = ReadableLaw & { version: VersionLine };

export const VERSION_TONE: Record<VersionLine['state'], Tone> = {
  DRAFT: 'info', CONSULTATION: 'info', VOTE: 'warning', ADOPTED: 'success', IN_FORCE: 'success', REPEALED: 'info', REFUSED: 'danger', WITHDRAWN: 'info',
};
const OUTCOME: Record<string, string> = { PERMIT: 'freigegeben', PERMIT_OBL: 'freigegeben mit Auflagen', APPROVAL: 'Genehmigung nötig', FORBID: 'nicht zulässig' };

export const VersionTable = ({ versions, caption }: { versions: readonly VersionLine[]; caption: string }) => (
  <Table
    caption={caption}
    columns={[{ head: 'Fassung' }, { head: 'Titel' }, { head: 'Stand' }, { head: 'Beschluss' }, { head: 'gilt ab' }, { head: 'gilt bis' }]}
    rows={versions.map((one) => [
      <Link href={`/rulebook/versions/${one.id}`} key={one.id}>
        Fassung {one.version}
      </Link>,
      one.title,
      <Badge tone={VERSION_TONE[one.state]} key="state">
        {one.stateName}
      </Badge>,
      one.decisionNumber ?? '–',
      one.inForceFrom ? moment(one.inForceFrom) : '–',
      one.inForceUntil ? moment(one.inForceUntil) : '–',
    ])}
  />
);

export const RulebookOverview = ({ law, versions, mayDraft }: { law: Law; versions: readonly VersionLine[]; mayDraft: boolean }) => (
  <>
    <h1 className="kern-heading-large">Regelwerk</h1>
    <Text>
      Hier steht, nach welchen Regeln Daten geteilt werden. Es gilt Fassung {law.version.version}, seit {day(law.version.inForceFrom)}. Jede Regel nennt ihre Quelle. Zu jeder Regel gibt es Fälle, an denen
      sie geprüft wird.
    </Text>
    <div className="dr-buttons">
      <LinkButton href="/rulebook/document" kind="secondary">
        Als Dokument lesen oder drucken
      </LinkButton>
      {mayDraft && <LinkButton href="/rulebook/drafts/new">Änderung entwerfen</LinkButton>}
    </div>
    <Section title="Regeln">
      {law.chapters.map(({ name, rules }) => (
        <Details summary={`${name} (${counted(rules.length, 'Regel', 'Regeln')})`} key={name}>
          <ul className="kern-list kern-list--bullet">
            {rules.map((rule) => (
              <li key={rule.id}>
                <Link href={`/rulebook/rules/${rule.id}`}>{rule.id}</Link>: {rule.sentences[0]} <span className="kern-body--muted">({rule.source})</span>
              </li>
            ))}
          </ul>
        </Details>
      ))}
    </Section>
    <Section title="Fassungen und Entwürfe">
      <VersionTable versions={versions} caption="Fassungen, neueste zuerst" />
    </Section>
  </>
);

const Contested = ({ note }: { note: string | null }) =>
  note ? (
    <Alert tone="warning" title="Umstritten oder unsicher">
      <Text>{note}</Text>
    </Alert>
  ) : null;

const Conditions = ({ rule }: { rule: ReadableRule }) => (
  <>
    <Text>
      <strong>Gilt, wenn</strong> {rule.when}.
    </Text>
    {rule.then.length > 0 && <List items={rule.then} />}
    {rule.variants.length > 0 && (
      <ul className="kern-list kern-list--bullet">
        {rule.variants.map((one, at) => (
          <li key={at}>
            Wenn {one.when}: {one.effect}. {one.sentence} {one.then.join('; ')}
          </li>
        ))}
      </ul>
    )}
  </>
);

export const RulePage = ({ rule, use, version }: { rule: ReadableRule; use: RuleUse | null; version: VersionLine }) => (
  <>
    <p className="kern-preline">{rule.chapter}</p>
    <h1 className="kern-heading-large">Regel {rule.id}</h1>
    {rule.sentences.map((sentence) => (
      <Said key={sentence}>{sentence}</Said>
    ))}
    <Contested note={rule.note} />
    <Facts
      items={[
        ['Wirkung', rule.effect],
        ['Quelle', rule.source],
        ['Geprüft', `${rule.markName} (${rule.mark})`],
        ['Fassung', `${version.version}, ${version.stateName}`],
      ]}
    />
    <Section title="Bedingung und Folge">
      <Conditions rule={rule} />
    </Section>
    <Section title="Fälle">
      {rule.cases.length > 0 ? <List items={rule.cases} /> : <Text>Zu dieser Regel gibt es keinen Fall.</Text>}
    </Section>
    {use && (
      <Section title="Entscheidungen nach dieser Regel">
        <Text>
          {counted(use.total, 'Entscheidung', 'Entscheidungen')}, die Sie sehen dürfen
          {use.byOutcome.length > 0 && `: ${use.byOutcome.map(({ outcome, count }) => `${count} ${OUTCOME[outcome] ?? outcome}`).join(', ')}`}.
        </Text>
        {use.latest.length > 0 && (
          <Table
            caption="Die neuesten Entscheidungen"
            columns={[{ head: 'Antrag' }, { head: 'Ergebnis' }, { head: 'entschieden' }]}
            rows={use.latest.map((one) => [
              <Link href={`/requests/${one.requestId}`} key={one.decisionId}>
                {one.number}
              </Link>,
              OUTCOME[one.outcome] ?? one.outcome,
              moment(one.decidedAt),
            ])}
          />
        )}
      </Section>
    )}
  </>
);

/** One document from the first sentence to the last, for reading and printing. */
export const RulebookDocument = ({ law }: { law: Law }) => (
  <article className="dr-document">
    <h1 className="kern-heading-large">Regelwerk des Datenraums</h1>
    <Text>
      Fassung {law.version.version}, {law.version.stateName}
      {law.version.inForceFrom && `, gilt ab ${moment(law.version.inForceFrom)}`}
      {law.version.decisionNumber && `, Beschluss ${law.version.decisionNumber}`}. Kennung: <code>{law.hash}</code>
    </Text>
    {law.chapters.map(({ name, rules }) => (
      <Section title={name} key={name}>
        {rules.map((rule) => (
          <section key={rule.id} aria-labelledby={rule.id}>
            <h3 className="kern-title" id={rule.id}>
              {rule.id}
            </h3>
            {rule.sentences.map((sentence) => (
              <Said key={sentence}>{sentence}</Said>
            ))}
            <Conditions rule={rule} />
            <Text muted>
              Quelle: {rule.source}. {rule.markName}.
            </Text>
            <Contested note={rule.note} />
            {rule.cases.length > 0 && <Text small>Geprüft an: {rule.cases.join(' · ')}</Text>}
          </section>
        ))}
      </Section>
    ))}
    <Section title="Was gilt, wenn keine besondere Regel mehr sagt">
      <Table caption="Matrix nach Offenheit, Personenbezug und anfragender Stelle" columns={[{ head: 'Daten' }, ...law.matrix.columns.map((head) => ({ head }))]} rows={law.matrix.rows.map(({ name, cells }) => [name, ...cells])} />
    </Section>
    <Section title="Freigabeketten">
      {law.chains.map((chain) => (
        <section key={chain.id}>
          <h3 className="kern-title">
            {chain.id}: {chain.name}
          </h3>
          {chain.steps.length > 0 ? <List items={chain.steps} /> : <Text>Ohne Freigabe.</Text>}
          <Text muted>Quelle: {chain.source}</Text>
        </section>
      ))}
    </Section>
    <Section title="Auflagen">
      <Table
        caption="Auflagen und wie sie eingehalten werden"
        columns={[{ head: 'Auflage' }, { head: 'Bedeutung' }, { head: 'Einhaltung' }, { head: 'Quelle' }]}
        rows={law.obligations.map((one) => [one.name, one.meaning, one.enforcement, one.source])}
      />
    </Section>
    <Section title="Zwecke">
      <List items={law.purposes.map(({ name }) => name)} />
    </Section>
  </article>
);
