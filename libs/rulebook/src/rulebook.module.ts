import { Schedules, systemActing } from '#lib/kernel';
import { LawModule } from '#lib/law';
import { OrganisationModule } from '#lib/organisation';
import { Module, type OnModuleInit } from '@nestjs/common';
import { RulesetDrafts } from './drafts.service';
import { RulesetRecall } from './recall.service';
import { RulebookReads } from './rulebook.reads';
import { Rulebook } from './rulebook.service';
import * as services from './rulebook.services';

@Module({
  imports: [LawModule, OrganisationModule],
  providers: [...Object.values(services), Rulebook, RulesetDrafts, RulesetRecall, RulebookReads],
  exports: [...Object.values(services), Rulebook, RulesetDrafts, RulesetRecall, RulebookReads],
})
export class RulebookModule implements OnModuleInit {
  constructor(
    private readonly schedules: Schedules,
    private readonly rulebook: Rulebook,
  ) {}

  onModuleInit(): void {
    this.schedules.register({
      name: 'rulebook.enter-force',
      everySeconds: 15,
      run: async (uow) => {
        await uow.run(systemActing('rulebook.enter-force'), (tx) => this.rulebook.announce(tx));
      },
    });
  }
}
