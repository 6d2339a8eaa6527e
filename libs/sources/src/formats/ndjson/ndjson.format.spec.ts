import { formatContract } from '../../../../../test/contracts/format';
import { ndjson } from './ndjson.format';
import { readBack } from './ndjson.read-back';

formatContract(ndjson, readBack);
