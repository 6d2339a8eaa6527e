import { connectorContract } from '../../../../../test/contracts/connector';
import { json } from './json.connector';

connectorContract(json, {
  good: '[{"Baum":"Linde","Höhe in m":12.5}]',
  columns: ['Baum', 'Höhe in m'],
  rows: [['Linde', '12.5']],
  faulty: '[{"a":1},{"a":2,"a":3}]',
});
