import {
  BACK_CHANNEL_LOGOUT_PATH,
  BackChannelLogout,
  CALLBACK_PATH,
  SIGNED_OUT_PATH,
  SignIn,
  identityProblems,
} from '#lib/identity';
import { Access, type HttpRequest } from '#lib/organisation';
import { Body, Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { type ScreenResult, redirect, render } from '../../../layout/page';
import { Action, Screen } from '../../../layout/screen';
import { WithoutBrowser } from '../../../session/form-guard';
import { csrfToken, sessionOf } from '../../../session/session';
import { SessionStore } from '../../../session/session-store';
import { signedInSession } from '../../../session/signed-in-session';
import { returnPath } from './return-path';
import { SignedOutView, SigningOutView } from './sign-in.view';

const BY_PROVIDER = 'none: sign-ins stand in the log of the identity provider';
const logoutForm = z.object({ logout_token: z.string().max(8192) });

@Controller()
export class SignInController {
  constructor(
    private readonly signIn: SignIn,
    private readonly backChannel: BackChannelLogout,
    private readonly sessions: SessionStore,
  ) {}

  @Screen({ path: 'sign-in', may: 'public', audit: BY_PROVIDER, title: 'Anmelden' })
  async begin(@Req() call: HttpRequest, @Query('returnTo') returnTo?: string): Promise<ScreenResult> {
    const session = sessionOf(call);
    if (!session || session.signedIn) return redirect(returnPath(returnTo));
    const { url, ...saved } = await this.signIn.begin();
    session.signIn = { ...saved, returnTo: returnPath(returnTo) };
    return redirect(url);
  }

  /**
   * The browser comes back. Whatever is wrong (state, code, nonce, issuer) is an error page and leaves the session as
   * it was; what is right gets a new session id, so that a cookie somebody planted before is worth nothing.
   */
  @Screen({ path: CALLBACK_PATH.slice(1), may: 'public', audit: BY_PROVIDER, title: 'Anmelden' })
  async finish(@Req() call: HttpRequest): Promise<ScreenResult> {
    const saved = sessionOf(call)?.signIn;
    if (!saved) throw identityProblems.sign_in_failed();
    const signedIn = signedInSession(await this.signIn.finish(call.url, saved));
    await sessionOf(call)?.regenerate();
    const session = sessionOf(call);
    if (!session) throw identityProblems.sign_in_failed();
    session.signedIn = signedIn;
    csrfToken(session);
    return redirect(saved.returnTo);
  }

  /** Ends our session first: if the person goes no further, they are signed out here all the same. */
  @Action({ path: 'sign-out', may: 'public', audit: BY_PROVIDER, title: 'Abmelden' })
  async signOut(@Req() call: HttpRequest): Promise<ScreenResult> {
    const idToken = sessionOf(call)?.signedIn?.idToken;
    await sessionOf(call)?.destroy();
    if (!idToken) return redirect(SIGNED_OUT_PATH);
    return render(SigningOutView, this.signIn.endSession(idToken), { scripts: ['sign-out.js'] });
  }

  @Screen({
    path: SIGNED_OUT_PATH.slice(1),
    may: 'public',
    audit: 'none: says nothing about anybody',
    title: 'Sie sind abgemeldet',
  })
  signedOut(): ScreenResult {
    return render(SignedOutView, {});
  }

  /** The identity provider says that a session has ended. */
  @Post(BACK_CHANNEL_LOGOUT_PATH.slice(1))
  @HttpCode(200)
  @WithoutBrowser()
  @Access({ may: 'public', audit: BY_PROVIDER })
  async loggedOut(@Body() body: unknown): Promise<void> {
    const form = logoutForm.safeParse(body);
    if (!form.success) throw identityProblems.logout_token_invalid();
    await this.sessions.endWhere(await this.backChannel.read(form.data.logout_token));
  }
}
