import { AboutController } from './about/about.controller';
import { SignInController } from './sign-in/sign-in.controller';
import { StartController } from './start/start.controller';
import { StartPresenter } from './start/start.presenter';

/** Every screen of the portal, with what it needs. A new screen adds its line. */
export const screens = [StartController, SignInController, AboutController];
export const presenters = [StartPresenter];
