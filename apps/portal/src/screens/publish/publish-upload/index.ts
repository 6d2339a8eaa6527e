import type { PortalScreen } from '../../../layout/portal-screen';
import { PublishUploadController } from './publish-upload.controller';

export const publishUploadScreen: PortalScreen = { controllers: [PublishUploadController] };
