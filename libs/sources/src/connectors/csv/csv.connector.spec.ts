import { connectorContract } from '../../../../../test/contracts/connector';
import { csv } from './csv.connector';

connectorContract(csv, {
  good: 'Baum;Höhe in m\nLinde;12,5\n',
  columns: ['Baum', 'Höhe in m'],
  rows: [['Linde', '12.5']],
  faulty: 'a;b\n1;2\n3;4;5\n',
});
