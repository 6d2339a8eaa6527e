import type { InputFault } from '#lib/kernel';
import { type PropsWithChildren, useContext } from 'react';
import { ONCE_FIELD } from './form-body';
import { FaultContext, fieldId, fieldOf, PageContext } from './page-context';

// whoever builds a form needs both
export * from './fields';

/** A form that changes something. It carries the token of the session; `faults` reach its fields by themselves. */
export const PostForm = ({
  action,
  children,
  faults = [],
  upload,
  id,
  wide,
  data = {},
}: PropsWithChildren<{
  action: string;
  faults?: readonly InputFault[];
  upload?: boolean;
  id?: string;
  wide?: boolean;
  data?: Record<string, string>;
}>) => {
  const { csrf } = useContext(PageContext);
  return (
    <form
      className={wide ? 'dr-form dr-form--wide' : 'dr-form'}
      method="post"
      action={action}
      id={id}
      encType={upload ? 'multipart/form-data' : undefined}
      noValidate
      {...Object.fromEntries(Object.entries(data).map(([name, value]) => [`data-${name}`, value]))}
    >
      {csrf && <input type="hidden" name="_csrf" value={csrf} />}
      <FaultContext.Provider value={faults}>{children}</FaultContext.Provider>
    </form>
  );
};

/** Hidden field by which a form sent twice has one effect. */
export const Once = ({ once }: { once: string }) => <input type="hidden" name={ONCE_FIELD} value={once} />;

/** A form that asks: its fields stand in the address. */
export const GetForm = ({ action, children, label }: PropsWithChildren<{ action: string; label?: string }>) => (
  <form className="dr-form" method="get" action={action} role={label ? 'search' : undefined} aria-label={label}>
    {children}
  </form>
);

/** What is wrong, first of all on the page, with a way to each field. */
export const ErrorSummary = ({
  faults,
  title = 'Bitte prüfen Sie Ihre Angaben',
  children,
}: PropsWithChildren<{ faults: readonly InputFault[]; title?: string }>) =>
  faults.length === 0 && !children ? null : (
    <div className="kern-alert kern-alert--danger dr-error-summary" role="alert" tabIndex={-1} id="errors">
      <div className="kern-alert__header">
        <span className="kern-icon kern-icon--danger" aria-hidden="true" />
        <h2 className="kern-title">{title}</h2>
      </div>
      <div className="kern-alert__body">
        {children}
        {faults.length > 0 && (
          <ul className="kern-list kern-list--bullet">
            {faults.map((fault, at) => (
              <li key={at}>
                {fieldOf(fault) ? (
                  <a className="kern-link" href={`#${fieldId(fieldOf(fault))}`}>
                    {fault.detail}
                  </a>
                ) : (
                  fault.detail
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );

/** `form`: id of the form it sends, when it stands outside */
export const Button = ({
  children,
  kind = 'primary',
  name,
  value,
  action,
  describedBy,
  form,
}: PropsWithChildren<{
  kind?: 'primary' | 'secondary' | 'tertiary';
  name?: string;
  value?: string;
  action?: string;
  describedBy?: string;
  form?: string;
}>) => (
  <button
    className={`kern-btn kern-btn--${kind}`}
    type="submit"
    name={name}
    value={value}
    form={form}
    formAction={action}
    aria-describedby={describedBy}
  >
    <span className="kern-label">{children}</span>
  </button>
);

export const Buttons = ({ children }: PropsWithChildren) => <div className="dr-buttons">{children}</div>;
