import { Problem, type Tx } from '#lib/kernel';
import type { RedecisionPreview } from '#lib/requests';
import { Handovers, RequestDecisions } from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import type { Agreement, SuspensionReason } from './agreement.entity';
import { InstrumentStatus } from '../instrument/instrument-status.reads';

/** Whether an agreement is lawful now, and if not, why. */
export interface Lawfulness {
  lawful: boolean;
  because: SuspensionReason[];
}

/** Asks whether the rules and facts of now carry an agreement. Leaves no trace. */
@Injectable()
export class AgreementLawfulness {
  constructor(
    private readonly decisions: RequestDecisions,
    private readonly rulebook: Rulebook,
    private readonly contracts: InstrumentStatus,
    private readonly handovers: Handovers,
  ) {}

  async of(tx: Tx, agreement: Agreement): Promise<Lawfulness> {
    let outlook: RedecisionPreview;
    try {
      outlook = await this.decisions.previewRedecision(tx, agreement.requestId, 'DELIVERY');
    } catch (error) {
      // what cannot be decided is not allowed; a fault of ours is no reason to tell two offices a wrong one
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      return {
        lawful: false,
        because: [
          {
            code: error.code,
            text: error.code === 'unit_ended' ? `${error.title}. ${error.detail}` : error.title,
            source: null,
          },
        ],
      };
    }
    const lacking = [
      ...(await this.contracts.lacking(tx, agreement)),
      ...(await this.withoutResponsible(tx, agreement)),
    ];
    if (outlook.allowed) return { lawful: lacking.length === 0, because: lacking };
    return { lawful: false, because: [...(await this.reasons(tx, outlook)), ...lacking] };
  }

  /** Nobody of the receiving office answers for it any more: it rests until somebody is named (N.4). */
  private async withoutResponsible(tx: Tx, { requestId }: Agreement): Promise<SuspensionReason[]> {
    if ((await this.handovers.responsiblePerson(tx, requestId)).present) return [];
    const text =
      'Wer bei der empfangenden Stelle dafür verantwortlich war, ist nicht mehr dort. Die Stelle muss jemanden benennen.';
    return [{ code: 'recipient_left', text, source: 'Rollenkonzept §1.4' }];
  }

  private async reasons(
    tx: Tx,
    { outcome, rules, because, missingSteps }: RedecisionPreview,
  ): Promise<SuspensionReason[]> {
    const { ruleset } = await this.rulebook.inForce(tx);
    const steps = missingSteps.map(({ id }) => ruleset.steps.find((step) => step.id === id)?.name ?? id);
    const decisive = because
      .filter(({ rule }) => rules.includes(rule))
      .map(({ rule, text, source }): SuspensionReason => ({ code: rule, text, source }));
    if (outcome === 'FORBID') return decisive;
    const text = `Nach dem heutigen Regelwerk müssten zusätzlich zustimmen oder Stellung nehmen: ${steps.join(', ')}.`;
    return [{ code: 'approval_missing', text, source: null }, ...decisive];
  }
}
