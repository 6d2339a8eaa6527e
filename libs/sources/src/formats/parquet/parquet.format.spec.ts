import { formatContract } from '../../../../../test/contracts/format';
import { parquet } from './parquet.format';
import { readBack } from './parquet.read-back';

formatContract(parquet, readBack);
