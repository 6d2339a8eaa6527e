import { Schedules, systemActing } from '#lib/kernel';
import { LawModule } from '#lib/law';
import { OrganisationModule } from '#lib/organisation';
import { Module, type OnModuleInit } from '@nestjs/common';
import { RulesetDrafts } from './drafts.service';
import { CounterExamples } from './proof/counter-examples.service';
import { Proofs } from './proof/proofs.service';
import { RulesetRecall } from './recall.service';
import { RulebookReads } from './rulebook.reads';
import { Rulebook } from './rulebook.service';
import * as services from './rulebook.services';

const OWN = [Rulebook, Proofs, RulesetDrafts, RulesetRecall, CounterExamples, RulebookReads];

@Module({
  imports: [LawModule, OrganisationModule],
  providers: [...Object.values(services), ...OWN],
  exports: [...Object.values(services), ...OWN],
})
export class RulebookModule implements OnModuleInit {
  constructor(
    private readonly schedules: Schedules,
    private readonly rulebook: Rulebook,
    private readonly proofs: Proofs,
  ) {}

  onModuleInit(): void {
    this.schedules.register({
      name: 'rulebook.enter-force',
      everySeconds: 15,
      run: async (uow) => {
        await uow.run(systemActing('rulebook.enter-force'), (tx) => this.rulebook.announce(tx));
      },
    });
    this.schedules.register({
      name: 'rulebook.prove',
      everySeconds: 5,
      // begun and not waited for: a stop of the program does not wait for a proof, it ends it
      run: (uow) => {
        void this.proofs.proveDue(uow);
        return Promise.resolve();
      },
    });
  }
}
