import type { Call, Problem, ProblemRenderer } from '#lib/kernel';
import { correlationId } from '#lib/kernel';
import { sessionOf } from '../session/session';
import type { NavigationEntry } from './navigation';
import { Page, render } from './page';
import { ProblemView } from './problem-view';
import { renderPage } from './render';

/** Problems whose person must not stay signed in. */
const ENDS_SESSION = new Set(['actor_disabled', 'actor_unknown']);

type WithFormErrors = Call & { formAgain?: { title: string; page: Page } };

/**
 * Runs what a form asks for. When it fails the problem goes its usual way, so that the attempt is on record, but the
 * reader sees the form again with everything filled in, and not an error page.
 */
export async function withFormErrors<T>(
  call: Call,
  title: string,
  work: () => Promise<T>,
  form: (problem: Problem) => Page | Promise<Page>,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const problem = thrown as Problem;
    // a person who is not signed in or a service that is down is not a fault of the form
    if (typeof problem.code === 'string' && problem.status >= 400 && problem.status < 500 && problem.status !== 401) {
      (call as WithFormErrors).formAgain = { title, page: await form(problem) };
    }
    throw thrown;
  }
}

/** Shows problems as pages in plain German, in a frame with these entries. */
export const problemRenderer =
  (entries: readonly NavigationEntry[]): ProblemRenderer =>
  async (problem, call, reply) => {
    const again = (call as WithFormErrors).formAgain;
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
