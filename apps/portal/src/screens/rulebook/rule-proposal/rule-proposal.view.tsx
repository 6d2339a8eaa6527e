import type { Problem } from '#lib/kernel';
import type { ProposalLine, RuleProposal } from '#lib/requests';
import { type FormBody, one, ONCE_FIELD } from '../../../layout/form-body';
import { moment } from '../../../layout/format';
import { Button, Buttons, PostForm, TextField } from '../../../layout/forms';
import { Badge, Details, Facts, Link, LinkButton, Section, Text } from '../../../layout/parts';
import { FormProblem } from '../../../layout/form-problem';

export interface RuleProposalProps {
  id: string;
  proposal: RuleProposal;
  mayDraft: boolean;
  problem?: Problem | undefined;
  body: FormBody;
  once: string;
}

/** What the owner adds to the case, and the texts that come of it. */
export const RuleProposalView = ({ id, proposal, mayDraft, problem, body, once }: RuleProposalProps) => (
  <>
    <h1 className="kern-heading-large">Als Regel vorschlagen</h1>
    <Text>
      Aus Ihrer Entscheidung wird ein Entwurf für eine Regel. Schreiben Sie Begründung und Quelle dazu. Die Bedingung
      und der Fall stehen unten. Über neue Regeln stimmt der Steuerungskreis ab.
    </Text>
    <FormProblem problem={problem} />
    <PostForm action={`/requests/${id}/rule`} faults={problem?.errors}>
      <input type="hidden" name={ONCE_FIELD} value={once} />
      <TextField
        name="because"
        label="Begründung in einem Satz"
        hint="Diesen Satz liest später, wer einen solchen Antrag stellt."
        rows={3}
        value={one(body, 'because')}
      />
      <TextField
        name="source"
        label="Quelle"
        hint="Eine Vorschrift, ein Beschluss oder das Rollenkonzept."
        value={one(body, 'source')}
      />
      <Text>
        {mayDraft
          ? 'Regel und Fall kommen sofort in einen neuen Entwurf des Regelwerks.'
          : 'Der Vorschlag geht an die Geschäftsstelle Data Governance. Sie legt daraus einen Entwurf an oder antwortet Ihnen.'}
      </Text>
      <Buttons>
        <Button>{mayDraft ? 'Als Entwurf anlegen' : 'An die Geschäftsstelle geben'}</Button>
      </Buttons>
    </PostForm>
    <Files files={[proposal.rules, proposal.cases]} />
    <LinkButton href="/rule-proposals" kind="tertiary">
      Alle Vorschläge ansehen
    </LinkButton>
  </>
);

const Files = ({ files }: { files: readonly { file: string; text: string }[] }) => (
  <>
    {files.map(({ file, text }, at) => (
      <Details summary={`${at === 0 ? 'Regel' : 'Fall dazu'}: ${file}`} key={file}>
        <pre tabIndex={0} aria-label={at === 0 ? 'Regel' : 'Fall dazu'}>
          {text}
        </pre>
      </Details>
    ))}
  </>
);

const TONE = { HANDED_OVER: 'warning', DRAFTED: 'success', DECLINED: 'info' } as const;

export const ProposalsView = ({
  proposals,
  problem,
  once,
}: {
  proposals: readonly ProposalLine[];
  problem?: Problem | undefined;
  once: string;
}) => (
  <>
    <h1 className="kern-heading-large">Vorschläge für Regeln</h1>
    <Text>Datenverantwortliche schlagen hier vor, dass aus einem entschiedenen Antrag eine Regel wird.</Text>
    <FormProblem problem={problem} />
    {proposals.length === 0 && <Text>Es gibt noch keine Vorschläge.</Text>}
    {proposals.map((proposal) => (
      <Section title={`${proposal.ruleId} aus Antrag ${proposal.number}`} key={proposal.id}>
        <div className="dr-badges">
          <Badge tone={TONE[proposal.state]}>{proposal.stateName}</Badge>
        </div>
        <Facts
          items={[
            ['Begründung', proposal.because],
            ['Quelle', proposal.source],
            ['Vorgeschlagen', `${proposal.proposedByName}, ${proposal.unitName}, ${moment(proposal.proposedAt)}`],
            [
              'Antrag',
              <Link href={`/requests/${proposal.requestId}`} key="a">
                {proposal.number}
              </Link>,
            ],
            ...(proposal.answer ? ([['Antwort', proposal.answer]] as [string, string][]) : []),
          ]}
        />
        {proposal.versionId && (
          <LinkButton href={`/rulebook/versions/${proposal.versionId}`} kind="secondary">
            Zum Entwurf
          </LinkButton>
        )}
        <Files files={proposal.files} />
        {proposal.may.draft && <Answer proposal={proposal} once={once} problem={problem} />}
      </Section>
    ))}
  </>
);

const Answer = ({
  proposal,
  once,
  problem,
}: {
  proposal: ProposalLine;
  once: string;
  problem?: Problem | undefined;
}) => (
  <>
    <PostForm action={`/rule-proposals/${proposal.id}/draft`}>
      <input type="hidden" name={ONCE_FIELD} value={`${once}`} />
      <Buttons>
        <Button>Als Entwurf anlegen</Button>
      </Buttons>
    </PostForm>
    <Details summary="Nicht aufnehmen" open={problem !== undefined}>
      <PostForm
        action={`/rule-proposals/${proposal.id}/refusal`}
        faults={problem?.errors}
        id={`antwort-${proposal.id}`}
      >
        <input type="hidden" name={ONCE_FIELD} value={`${once}`} />
        <TextField name="answer" label="Antwort an die vorschlagende Stelle" rows={3} />
        <Buttons>
          <Button kind="secondary">Nicht aufnehmen und antworten</Button>
        </Buttons>
      </PostForm>
    </Details>
  </>
);
