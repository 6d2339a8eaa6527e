import type { PortalScreen } from '../../../layout/portal-screen';
import { SignInController } from './sign-in.controller';

export const signInScreen: PortalScreen = { controllers: [SignInController] };
