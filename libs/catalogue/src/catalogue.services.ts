import { opening } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { CatalogueReads } from './catalogue.reads';
import { CatalogueService } from './catalogue.service';

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
export class CatalogueQueries extends opening(CatalogueReads, { reads: ['search', 'detail', 'product'] }) {}
