import { formatContract } from '../../../../../test/contracts/format';
import { tsv } from './tsv.format';
import { readBack } from './tsv.read-back';

formatContract(tsv, readBack);
