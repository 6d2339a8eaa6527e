import type { RuleProposal } from '#lib/requests';
import { LinkButton, Section, Text } from '../../layout/parts';

export interface RuleProposalProps {
  proposal: RuleProposal;
  mayDraft: boolean;
}

/** The two texts, ready to be taken into a draft of the law book. */
export const RuleProposalView = ({ proposal, mayDraft }: RuleProposalProps) => (
  <>
    <h1 className="kern-heading-large">Als Regel vorschlagen</h1>
    <Text>
      Aus Ihrer Entscheidung wird ein Entwurf für eine Regel. Prüfen Sie die Bedingung und schreiben Sie Begründung und Quelle dazu. Über neue Regeln
      stimmt der Steuerungskreis ab.
    </Text>
    <Text>
      {mayDraft
        ? 'Legen Sie einen Entwurf des Regelwerks an und fügen Sie dort beide Texte als Dateien ein.'
        : 'Bitte geben Sie beide Texte an die Geschäftsstelle Data Governance. Sie legt daraus einen Entwurf des Regelwerks an.'}
    </Text>
    {mayDraft && <LinkButton href="/rulebook">Zum Regelwerk</LinkButton>}
    {[
      { title: 'Regel', ...proposal.rules },
      { title: 'Fall dazu', ...proposal.cases },
    ].map(({ title, file, text }) => (
      <Section title={title} key={file}>
        <Text small>
          Datei: <code>{file}</code>
        </Text>
        <pre tabIndex={0} aria-label={title}>
          {text}
        </pre>
      </Section>
    ))}
  </>
);
