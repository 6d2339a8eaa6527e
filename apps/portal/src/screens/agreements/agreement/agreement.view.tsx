import { Fragment } from 'react';
import type { AgreementView as Agreement } from '#lib/agreements';
import { quoted } from '#lib/kernel';
import { filterInWords } from '#lib/requests';
import { one } from '../../../layout/form-body';
import { day, lastDay, moment } from '../../../layout/format';
import { Button, Buttons, PostForm, TextField } from '../../../layout/forms';
import { Alert, Badge, Details, Facts, Link, LinkButton, List, Section, Text } from '../../../layout/parts';
import { maskText, ruleNames } from '../../../layout/words';
import { AGREEMENT_TONE } from '../../../layout/tones';
import { FormProblem } from '../../../layout/form-problem';
import { Act } from './act';
import { Download, Exchanges } from './deliveries';
import { DocumentView } from './document';

const NEXT: Record<Agreement['state'], string> = {
  OFFERED:
    'Die anfragende Stelle muss die Vereinbarung noch bestätigen. Für eine Gesellschaft, einen Eigenbetrieb oder einen Vertrag tut das die datenverantwortliche Person. Danach können Daten geliefert werden.',
  ACTIVE: 'Die Vereinbarung ist in Kraft. Vor jeder Lieferung wird noch einmal geprüft, ob sie erlaubt ist.',
  SUSPENDED: 'Die Vereinbarung ruht, weil das Regelwerk sie zurzeit nicht trägt. Es wird nichts geliefert.',
  REVOKED: 'Die bereitstellende Stelle hat die Vereinbarung widerrufen. Es wird nichts mehr geliefert.',
  TERMINATED: 'Die anfragende Stelle hat die Vereinbarung beendet. Es wird nichts mehr geliefert.',
  EXPIRED: 'Die Vereinbarung ist ausgelaufen. Für eine weitere Nutzung ist ein neuer Antrag nötig.',
};
import type { AgreementProps } from './agreement.props';

export const AgreementView = (props: AgreementProps) => {
  const { agreement, exchanges, problem } = props;
  const { may, terms } = agreement;
  return (
    <>
      <h1 className="kern-heading-large">Vereinbarung {agreement.number}</h1>
      <div className="dr-badges">
        <Badge tone={AGREEMENT_TONE[agreement.state]}>{agreement.stateName}</Badge>
      </div>
      <FormProblem problem={problem} />
      <Text>
        {agreement.state === 'OFFERED' && agreement.controllerUnitName && !agreement.controllerConfirmedAt
          ? `Zuerst bestätigt die beauftragende Stelle (${agreement.controllerUnitName}), danach die Stelle, die in ihrem Auftrag verarbeitet.`
          : NEXT[agreement.state]}
      </Text>
      {agreement.suspendedBecause.length > 0 && (
        <Alert tone="warning" title={`Ausgesetzt seit ${moment(agreement.suspendedAt)}`}>
          <List items={agreement.suspendedBecause.map(({ text, source }) => (source ? `${text} (${source})` : text))} />
          <Text>Sobald die Gründe behoben sind, gilt die Vereinbarung von selbst wieder.</Text>
        </Alert>
      )}
      {agreement.parallel.length > 0 && (
        <Alert tone="info" title="Weitere Vereinbarungen zu diesem Datenprodukt">
          <Text>Für dieselbe Stelle laufen auch diese Vereinbarungen. Das Ende dieser hier beendet sie nicht.</Text>
          <List
            items={agreement.parallel.map(({ id, number, stateName, validUntil }) => (
              <Fragment key={id}>
                <Link href={`/agreements/${id}`}>{number}</Link>, {stateName}, gültig bis {lastDay(validUntil)}
              </Fragment>
            ))}
          />
        </Alert>
      )}
      {agreement.tightened.length > 0 && (
        <Alert tone="info" title="Einige Felder kommen strenger geschützt als vereinbart">
          <Text>Die heutige Fassung der Daten schützt sie strenger. Das gilt auch für Daten von früher.</Text>
          <List items={agreement.tightened.map(({ field, as }) => `${field}: ${as}`)} />
        </Alert>
      )}
      {agreement.endReason && <Text>Begründung: {quoted(agreement.endReason)}</Text>}
      {agreement.hints.length > 0 && (
        <Alert tone="info" title="Bitte beachten">
          <List items={agreement.hints} />
        </Alert>
      )}
      {may.receive && <Download {...props} />}
      <Facts
        items={[
          [
            'Datenprodukt',
            <Link href={`/products/${agreement.productId}`} key="p">
              {agreement.productTitle}
            </Link>,
          ],
          ['Bereitstellende Stelle', agreement.providerUnitName],
          ['Anfragende Stelle', agreement.consumerUnitName],
          ...(agreement.controllerUnitName
            ? ([
                ['Im Auftrag von', agreement.controllerUnitName],
                [
                  'Bestätigt von der beauftragenden Stelle',
                  agreement.controllerConfirmedAt
                    ? `${agreement.controllerConfirmedByName}, ${moment(agreement.controllerConfirmedAt)}`
                    : 'noch nicht',
                ],
              ] satisfies [string, string][])
            : []),
          ['Form', agreement.instrumentName],
          ...agreement.contracts.map(({ name, partyAName, partyBName, status, validTo }): [string, string] => [
            `${name} mit ${partyAName === agreement.consumerUnitName ? partyBName : partyAName}`,
            status === 'VALID'
              ? `gültig bis ${lastDay(validTo)}`
              : status === 'EXPIRED'
                ? 'abgelaufen: es wird nicht geliefert'
                : 'fehlt: die Vereinbarung kann nicht gelten',
          ]),
          ['Gültig', `${day(agreement.validFrom)} bis ${lastDay(agreement.validUntil)}`],
          [
            'Antrag',
            <Link href={`/requests/${agreement.requestId}`} key="a">
              Zum Antrag
            </Link>,
          ],
          [
            'Bestätigt',
            agreement.confirmedAt ? `${agreement.confirmedByName}, ${moment(agreement.confirmedAt)}` : 'noch nicht',
          ],
        ]}
      />
      <article className="dr-letter" aria-labelledby="text">
        <h2 className="kern-heading-medium" id="text">
          Text der Vereinbarung
        </h2>
        <DocumentView document={agreement.document} text={agreement.termsText} />
        <Text small>
          Beide Seiten sehen genau diesen Text. Prüfsumme (SHA-256): <code>{agreement.termsSha256}</code>
        </Text>
      </article>
      {agreement.annex && (
        <article className="dr-letter" aria-labelledby="anlage">
          <h2 className="kern-heading-medium" id="anlage">
            Anlage
          </h2>
          <DocumentView document={agreement.annex.document} text={agreement.annex.text} />
          <Text small>
            Prüfsumme (SHA-256): <code>{agreement.annex.sha256}</code>
          </Text>
        </article>
      )}
      {may.confirmAsController && (
        <Section title="Als beauftragende Stelle bestätigen">
          <PostForm action={`/agreements/${agreement.id}/controller-confirmation`} faults={problem?.errors}>
            <Act {...props} />
            <Text>
              {agreement.consumerUnitName} soll die Daten in Ihrem Auftrag und nur nach Ihrer Weisung verarbeiten. Mit
              der Bestätigung übernimmt Ihre Stelle dafür die Verantwortung.
            </Text>
            <Buttons>
              <Button>Auftrag bestätigen</Button>
            </Buttons>
          </PostForm>
        </Section>
      )}
      {may.confirm && (
        <Section title="Bestätigen">
          <PostForm action={`/agreements/${agreement.id}/confirm`} faults={problem?.errors}>
            <Act {...props} />
            {agreement.asks.length > 0 && (
              <Text>
                Diese Form der Vereinbarung ({agreement.instrumentName}) braucht noch Angaben von Ihnen. Sie stehen
                danach als Anlage in der Vereinbarung.
              </Text>
            )}
            {agreement.asks.map(({ code, question, hint }) => (
              <TextField
                key={code}
                name={`answers-${code}`}
                label={question}
                hint={hint}
                rows={2}
                value={one(props.body ?? {}, `answers-${code}`)}
              />
            ))}
            <Text>Mit der Bestätigung sichert Ihre Stelle zu, die Auflagen einzuhalten.</Text>
            <Buttons>
              <Button>Vereinbarung bestätigen</Button>
            </Buttons>
          </PostForm>
        </Section>
      )}
      <Section title="Was wird geliefert?">
        <Facts
          items={[
            [
              'Felder',
              terms.fields
                .map((name) => (terms.masks[name] ? `${name} (${maskText(terms.masks[name])})` : name))
                .join(', '),
            ],
            ['Zeilen', filterInWords(terms.rows)],
            ['Regeln', ruleNames(terms.rules)],
          ]}
        />
      </Section>
      <Section title="Lieferungen">
        <Exchanges exchanges={exchanges} />
      </Section>
      <div className="dr-buttons">
        {may.revoke && (
          <LinkButton href={`/agreements/${agreement.id}/revoke`} kind="secondary">
            Vereinbarung widerrufen
          </LinkButton>
        )}
      </div>
      {may.terminate && (
        <Details summary={agreement.state === 'OFFERED' ? 'Vereinbarung nicht annehmen' : 'Vereinbarung beenden'}>
          <PostForm action={`/agreements/${agreement.id}/terminate`}>
            <Act {...props} />
            <TextField name="reason" label="Grund" rows={2} optional />
            <Buttons>
              <Button kind="secondary">{agreement.state === 'OFFERED' ? 'Nicht annehmen' : 'Jetzt beenden'}</Button>
            </Buttons>
          </PostForm>
        </Details>
      )}
    </>
  );
};
