import type { Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard';

/** Every HTTP app lists these beside its own AUTHENTICATOR. */
export const accessProviders: Provider[] = [{ provide: APP_GUARD, useClass: AccessGuard }];
