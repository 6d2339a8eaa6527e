import { type ReadableLaw, type ReadableVocabulary, type VersionLine } from '#lib/rulebook';
import { counted, day, moment } from '../../../layout/format';
import { Badge, Details, Link, LinkButton, Section, Table, Text } from '../../../layout/parts';
import { VERSION_TONE } from '../../../layout/tones';

export type Law = ReadableLaw & { version: VersionLine };

export const VersionTable = ({ versions, caption }: { versions: readonly VersionLine[]; caption: string }) => (
  <Table
    caption={caption}
    columns={[
      { head: 'Fassung' },
      { head: 'Titel' },
      { head: 'Stand' },
      { head: 'Beschluss' },
      { head: 'gilt ab' },
      { head: 'gilt bis' },
    ]}
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

export const RulebookOverview = ({
  law,
  versions,
  mayDraft,
}: {
  law: Law;
  versions: readonly VersionLine[];
  mayDraft: boolean;
}) => (
  <>
    <h1 className="kern-heading-large">Regelwerk</h1>
    <Text>
      Hier steht, nach welchen Regeln Daten geteilt werden. Es gilt Fassung {law.version.version}, seit{' '}
      {day(law.version.inForceFrom)}. Jede Regel nennt ihre Quelle. Zu jeder Regel gibt es Fälle, an denen sie geprüft
      wird.
    </Text>
    <div className="dr-buttons">
      <LinkButton href="/rulebook/document" kind="secondary">
        Als Dokument lesen oder drucken
      </LinkButton>
      <LinkButton href="/rulebook/vocabulary" kind="secondary">
        Listen ansehen
      </LinkButton>
      {mayDraft && <LinkButton href="/rulebook/drafts/new">Änderung entwerfen</LinkButton>}
    </div>
    <Section title="Regeln">
      {law.chapters.map(({ name, rules }) => (
        <Details summary={`${name} (${counted(rules.length, 'Regel', 'Regeln')})`} key={name}>
          <ul className="kern-list kern-list--bullet">
            {rules.map((rule) => (
              <li key={rule.id}>
                <Link href={`/rulebook/rules/${rule.id}`}>{rule.id}</Link>: {rule.sentences[0]}{' '}
                <span className="kern-body--muted">({rule.source})</span>
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

/** Every word a rule, a request or a product card can use, with its German name and, for machines, its code. */
export const VocabularyPage = ({ vocabulary, version }: { vocabulary: ReadableVocabulary; version: VersionLine }) => (
  <>
    <h1 className="kern-heading-large">Listen des Regelwerks</h1>
    <Text>
      Anträge und Datenprodukte nutzen nur Werte aus diesen Listen. Sie gelten mit Fassung {version.version} (
      {version.stateName}). Programme lesen sie unter <code>/v1/rulebook/vocabulary</code>.
    </Text>
    <Section title="Zwecke">
      <Table
        caption="Zwecke und welche Felder sie brauchen"
        columns={[
          { head: 'Zweck' },
          { head: 'braucht Felder dieser Klassen' },
          { head: 'häufige Rechtsgrundlagen' },
          { head: 'Code' },
        ]}
        rows={vocabulary.purposes.map((one) => [
          one.name,
          one.needs.join(', '),
          one.legalBases.join(', '),
          <code key="code">{one.code}</code>,
        ])}
      />
    </Section>
    <Section title="Rechtsgrundlagen">
      <Table
        caption="Rechtsgrundlagen und wie sie geprüft sind"
        columns={[
          { head: 'Rechtsgrundlage' },
          { head: 'Norm' },
          { head: 'Stand der Prüfung' },
          { head: 'Was sie trägt' },
          { head: 'Code' },
        ]}
        rows={vocabulary.legalBases.map((one) => [
          one.name,
          one.norm,
          one.markName,
          one.carries.join('. '),
          <code key="code">{one.code}</code>,
        ])}
      />
    </Section>
    <Section title="Auflagen">
      <Table
        caption="Auflagen und wie sie eingehalten werden"
        columns={[{ head: 'Auflage' }, { head: 'Bedeutung' }, { head: 'Einhaltung' }, { head: 'Code' }]}
        rows={vocabulary.obligations.map((one) => [
          one.name,
          one.meaning,
          one.enforcementName,
          <code key="code">{one.code}</code>,
        ])}
      />
    </Section>
    {[
      { list: 'evidence', name: 'Nachweise', terms: vocabulary.evidence },
      { list: 'changeGrounds', name: 'Gründe für eine Zweckänderung', terms: vocabulary.changeGrounds },
      { list: 'themes', name: 'Themen', terms: vocabulary.themes },
      ...vocabulary.classes,
    ].map(({ list, name, terms }) => (
      <Section title={name} key={list}>
        <Table
          caption={name}
          hideCaption
          columns={[{ head: 'Name' }, { head: 'Code' }]}
          rows={terms.map((one) => [one.name, <code key="code">{one.code}</code>])}
        />
      </Section>
    ))}
  </>
);
