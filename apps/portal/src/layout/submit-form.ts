import { type InputOf, parse, Problem, type UseCase } from '#lib/kernel';
import { type Actor, type ActorCall, type HttpRequest, organisationProblems } from '#lib/organisation';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { notify, type Notice } from '../session/session';
import { type FormBody, once } from './form-body';
import { atField, type FieldNames, readFields } from './form-fields';
import { Page, redirect, type ScreenResult } from './page';
import { TITLE } from './screen';

/** A form that somebody sent. */
export interface SubmittedForm {
  call: HttpRequest;
  actor: Actor;
  body: FormBody;
  /** of the action it was sent to */
  title: string;
}

/** The form a handler of an `@Action` was sent. */
export const Submitted = createParamDecorator((_: unknown, context: ExecutionContext): SubmittedForm => {
  const call = context.switchToHttp().getRequest<ActorCall>();
  const actor = call.call?.actor;
  if (!actor) throw organisationProblems.sign_in_required();
  const title = Reflect.getMetadata(TITLE, context.getHandler()) as string;
  return { call, actor, body: (call.body ?? {}) as FormBody, title };
});

/** What a form does, and where its reader is led. */
export interface Submission<U extends UseCase, R> {
  /** by whose input the form is read; without it `run` reads the form itself */
  useCase?: U;
  fields?: FieldNames;
  /** the members of its input that no single field can hold */
  more?: () => object | Promise<object>;
  /**
   * The use case. `by` is the actor with the key of this form: the transaction keeps it with its answer, so that a form
   * sent twice has one effect. A page instead of a result is shown as it is: nothing was done.
   */
  run: (by: Actor, input: InputOf<U>) => Promise<R | Page>;
  /** said on the next page */
  done?: string | Notice | ((result: R) => Notice);
  next: string | ((result: R) => string);
  /** the form again, filled in; the faults of the problem point at its fields. Without it the problem has a page of its own */
  again?: (problem: Problem) => Page | Promise<Page>;
}

export type SubmittedCall = HttpRequest & { formAgain?: { title: string; page: Page } };

/**
 * Reads a form, runs what it asks for once, and leads on. When it can not be done, the problem goes its usual way, so
 * that the attempt is on record, but the reader sees the form again with every fault at its field.
 */
export async function submitForm<R, const U extends UseCase = UseCase>(
  { call, actor, body, title }: SubmittedForm,
  { useCase, fields = {}, more, run, done, next, again }: Submission<U, R>,
): Promise<ScreenResult> {
  try {
    const input =
      useCase?.input && parse(useCase.input, { ...readFields(useCase.input, body, fields), ...(await more?.()) });
    const result = await run(once(actor, call.url, body), input as InputOf<U>);
    if (result instanceof Page) return result;
    if (done) notify(call, noticeOf(typeof done === 'function' ? done(result) : done));
    return redirect(typeof next === 'function' ? next(result) : next);
  } catch (thrown) {
    if (again && thrown instanceof Problem && isAboutTheForm(thrown)) {
      const errors = thrown.errors?.map((fault) => atField(fault, fields));
      (call as SubmittedCall).formAgain = {
        title,
        page: await again(new Problem(thrown.code, thrown, { ...thrown, errors })),
      };
    }
    throw thrown;
  }
}

const noticeOf = (done: string | Notice): Notice =>
  typeof done === 'string' ? { kind: 'success', title: done } : done;

/** A person who is not signed in or a service that is down is no fault of the form. */
const isAboutTheForm = ({ status }: Problem): boolean => status >= 400 && status < 500 && status !== 401;
