import { Module } from '@nestjs/common';
import { BUILT, CAPABILITIES } from './capabilities';
import { Rulebook } from './rulebook.service';

@Module({
  providers: [{ provide: CAPABILITIES, useValue: BUILT }, Rulebook],
  exports: [Rulebook],
})
export class RulebookModule {}
