import { eventually, type Signed } from '../city';
import { today } from '../../support/day';
import type { Receipt, Story } from '../story';
import { CITY_DESKS, personOf, type UnitKey } from './offices';

interface TaskPage {
  revision: number;
  evidence: { kind: string; document: { id: string } | null }[] | null;
  contract: { status: string; needed: boolean };
  may: Record<'approve' | 'advise' | 'confirmContract' | 'confirmEvidence' | 'admit' | 'vote', boolean> & {
    because: string | null;
  };
}

export interface Parties {
  gives: UnitKey;
  asks: UnitKey;
}
export interface WalkOptions {
  /** kind of the contract the Rechtsamt puts into the register where one is asked for and missing */
  contract?: string;
  /** stop before this role decides */
  before?: string;
  /** conditions the giving side approves with */
  note?: string;
  untilDays?: number;
}

function desk(role: string, { gives, asks }: Parties): readonly string[] {
  if (role === 'REQ_HEAD') return [personOf(asks, 'head')];
  if (role === 'STEWARD') return [personOf(gives, 'steward')];
  if (role.endsWith('OWNER')) return [personOf(gives, 'owner')];
  const people = CITY_DESKS[role];
  if (!people) throw new Error(`nobody sits at \`${role}\``);
  return people;
}

/** Everybody of the chain decides in order, each at their own desk. Gives the way it took and where the request then stands. */
export async function walk(
  story: Story,
  parties: Parties,
  { id, decision }: Receipt,
  { contract, before, note, untilDays }: WalkOptions = {},
): Promise<string> {
  const conditions = { ...(note && { note }), ...(untilDays && { until: today(untilDays) }) };
  const way: string[] = [];
  for (const stage of decision.stages ?? []) {
    const roles = stage.map(({ role }) => role);
    if (before && roles.includes(before)) return way.join(' → ');
    for (const role of roles)
      for (const person of desk(role, parties))
        await decide(story, await story.city.as(person), id, role, contract, role.endsWith('OWNER') ? conditions : {});
    way.push(roles.join('∥'));
  }
  const asker = await story.city.as(personOf(parties.asks, 'requester'));
  const { state } = await eventually('the end of the chain', async () => {
    const request = await asker.must<{ state: string }>('GET', `/v1/requests/${id}`);
    return request.state === 'IN_REVIEW' ? null : request;
  });
  return `${way.join(' → ')}, dann ${state}`;
}

/** One person does what the open task asks of the role. */
export async function decide(
  story: Story,
  who: Signed,
  requestId: string,
  role: string,
  contract = 'DUV',
  conditions: object = {},
): Promise<void> {
  const { id } = await story.task(who, requestId, role);
  const page = await who.must<TaskPage>('GET', `/v1/tasks/${id}`);
  const act = (name: string, body: object = {}): Promise<unknown> =>
    who.must('POST', `/v1/tasks/${id}/${name}`, { revision: page.revision, ...body });
  if (page.may.advise) await act('opinion', { opinion: 'POSITIVE', text: 'Keine Bedenken.' });
  else if (page.may.vote) await act('vote', { vote: 'FOR' });
  else if (page.may.admit) await act('admission', { reference: 'Zulassung vom 02.01.2026, Muster-Az. 10-1' });
  else if (page.may.confirmEvidence) {
    // each document in hand before it is confirmed
    for (const { document } of page.evidence ?? [])
      if (document) await who.file(`/v1/tasks/${id}/evidence/${document.id}/file`);
    await act('evidence', {
      evidence: (page.evidence ?? []).map(({ kind, document }) => ({
        kind,
        reference: `Muster-Akte ${kind}`,
        ...(document && { evidenceId: document.id }),
      })),
    });
  } else if (page.may.confirmContract)
    await act(
      'contract',
      page.contract.needed && page.contract.status !== 'VALID' ? { contract: aContract(contract) } : {},
    );
  else if (page.may.approve) await act('approval', Object.keys(conditions).length > 0 ? { conditions } : {});
  else throw new Error(`${who.name} can not decide as ${role}: ${page.may.because}`);
}

const aContract = (kind: string): object => ({
  kind,
  reference: `${kind}-MUSTER-${Date.now()}`,
  validFrom: new Date(Date.now() - 60_000).toISOString(),
  validTo: new Date(Date.now() + 200 * 86_400_000).toISOString(),
});
