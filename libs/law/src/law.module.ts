import { Module } from '@nestjs/common';
import { LawInForce } from './law-in-force.service';
import { LawQueries } from './law.services';

@Module({ providers: [LawInForce, LawQueries], exports: [LawInForce, LawQueries] })
export class LawModule {}
