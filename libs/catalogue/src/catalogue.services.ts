import { opening } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { CatalogueReads } from './catalogue.reads';
import { CatalogueService } from './catalogue.service';
import { Lowerings } from './lowering.service';
import { Releases } from './releases.service';
import { StatisticsReleases } from './statistics-release.service';

// What controllers call: the use cases of this stage, each in a transaction of its own.

@Injectable()
export class ProductService extends opening(CatalogueService, {
  writes: [
    'createDraft',
    'describe',
    'setFields',
    'submit',
    'sendBack',
    'release',
    'offer',
    'revise',
    'withdraw',
    'releaseVersion',
  ],
}) {}
@Injectable()
export class StatisticsReleaseService extends opening(StatisticsReleases, {
  writes: ['releaseStatistics', 'withdrawStatistics'],
}) {}
@Injectable()
export class LoweringService extends opening(Lowerings, { writes: ['advise'], reads: ['waiting'] }) {}
@Injectable()
export class ReleaseQueries extends opening(Releases, { reads: ['waiting'] }) {}
@Injectable()
export class CatalogueQueries extends opening(CatalogueReads, { reads: ['search', 'detail', 'product'] }) {}
