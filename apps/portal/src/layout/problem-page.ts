import type { ProblemRenderer } from '#lib/kernel';
import { correlationId } from '#lib/kernel';
import { sessionOf } from '../session/session';
import type { NavigationEntry } from './navigation';
import { render } from './page';
import { ProblemView } from './problem-view';
import { renderPage } from './render';
import type { SubmittedCall } from './submit-form';

/** Problems whose person must not stay signed in. */
const ENDS_SESSION = new Set(['actor_disabled', 'actor_unknown']);

/** Shows problems as pages in plain German, in a frame with these entries. */
export const problemRenderer =
  (entries: readonly NavigationEntry[]): ProblemRenderer =>
  async (problem, call, reply) => {
    const again = (call as SubmittedCall).formAgain;
    if (problem.status === 401 && call.method === 'GET') {
      await reply.redirect(`/sign-in?returnTo=${encodeURIComponent(call.url)}`, 303);
      return;
    }
    if (ENDS_SESSION.has(problem.code)) await sessionOf(call)?.destroy();
    if (problem.status === 503 || problem.status === 429)
      reply.header('retry-after', String(problem.retryAfterSeconds ?? 5));
    const { title, page: shown } = again ?? {
      title: problem.title,
      page: render(ProblemView, { problem, correlationId: correlationId() ?? call.id }),
    };
    const html = renderPage(call, entries, shown.view, shown.options.title ?? title, shown.options);
    await reply.status(problem.status).type('text/html; charset=utf-8').send(html);
  };
