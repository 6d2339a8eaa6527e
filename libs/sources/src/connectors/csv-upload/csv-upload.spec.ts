import { connectorContract } from '../../../../../test/contracts/connector';
import { csvUpload } from './csv-upload.connector';

connectorContract(csvUpload, { good: 'Baum;Höhe in m\nLinde;12,5\n', columns: ['Baum', 'Höhe in m'] });
