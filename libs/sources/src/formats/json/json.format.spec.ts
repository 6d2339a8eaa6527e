import { formatContract } from '../../../../../test/contracts/format';
import { json } from './json.format';
import { readBack } from './json.read-back';

formatContract(json, readBack);
