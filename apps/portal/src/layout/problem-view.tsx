import type { Problem } from '#lib/kernel';
import { Alert, Facts, LinkButton, List, Section, Text } from './parts';

/** What happened, what to do now, and how to speak about it. */
export const ProblemView = ({ problem, correlationId }: { problem: Problem; correlationId: string }) => (
  <>
    <h1 className="kern-heading-large">{problem.title}</h1>
    <Alert tone={problem.status >= 500 ? 'danger' : 'warning'} title="Was Sie jetzt tun können">
      <Text>{problem.remedy}</Text>
    </Alert>
    {problem.detail && <Text>{problem.detail}</Text>}
    {problem.because && problem.because.length > 0 && (
      <Section title="Warum ist das so?">
        <List items={problem.because} />
      </Section>
    )}
    {problem.errors && problem.errors.length > 0 && (
      <Section title="Im Einzelnen">
        <List items={problem.errors.map((fault) => fault.detail)} />
      </Section>
    )}
    <div className="dr-buttons">
      {problem.status === 401 ? (
        <LinkButton href="/sign-in">Anmelden</LinkButton>
      ) : (
        <LinkButton href="/">Zur Startseite</LinkButton>
      )}
    </div>
    <Facts
      items={[
        ['Vorgangsnummer', <code key="id">{correlationId}</code>],
        ['Kennung der Meldung', <code key="code">{problem.code}</code>],
      ]}
    />
  </>
);
