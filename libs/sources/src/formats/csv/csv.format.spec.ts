import { formatContract } from '../../../../../test/contracts/format';
import { csv } from './csv.format';
import { readBack } from './csv.read-back';

formatContract(csv, readBack);
