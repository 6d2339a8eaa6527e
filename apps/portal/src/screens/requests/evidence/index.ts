import type { PortalScreen } from '../../../layout/portal-screen';
import { EvidenceController } from './evidence.controller';

export const evidenceScreen: PortalScreen = { controllers: [EvidenceController] };
