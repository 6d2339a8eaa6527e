import type { InputFault } from '#lib/kernel';
import { type PropsWithChildren, type ReactNode, useContext } from 'react';
import { FaultContext, fieldId, fieldOf, PageContext } from './page-context';

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

interface FieldProps {
  name: string;
  label: string;
  hint?: ReactNode;
  optional?: boolean;
  /** one of several parts of a statement that may be missing as a whole: neither marked as needed nor as optional */
  plain?: boolean;
}

const useFault = (name: string) => {
  const faults = useContext(FaultContext).filter((fault) => fieldOf(fault) === name);
  return { faults, id: fieldId(name) };
};

const described = (id: string, hint: unknown, faults: readonly unknown[]): string | undefined =>
  [hint ? `${id}-hint` : '', faults.length > 0 ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;

const Label = ({ id, label, optional }: { id: string; label: string; optional?: boolean }) => (
  <label className="kern-label" htmlFor={id}>
    {label}
    {optional && <span className="kern-label__optional"> – freiwillig</span>}
  </label>
);

const Hint = ({ id, hint }: { id: string; hint?: ReactNode }) =>
  hint ? (
    <div className="kern-hint" id={`${id}-hint`}>
      {hint}
    </div>
  ) : null;

const FieldError = ({ id, faults }: { id: string; faults: readonly InputFault[] }) =>
  faults.length === 0 ? null : (
    <p className="kern-error" id={`${id}-error`}>
      <span className="kern-icon kern-icon--danger" aria-hidden="true" />
      <span className="kern-body">
        <span className="kern-sr-only">Fehler: </span>
        {faults.map((fault) => fault.detail).join(' ')}
      </span>
    </p>
  );

export const TextField = ({
  name,
  label,
  hint,
  optional,
  plain,
  value,
  type = 'text',
  rows,
  width,
  autoComplete = 'off',
}: FieldProps & {
  value?: string | number | null;
  type?: 'text' | 'date' | 'number' | 'search' | 'email';
  rows?: number;
  width?: 4;
  autoComplete?: string;
}) => {
  const { faults, id } = useFault(name);
  const bad = faults.length > 0;
  const shared = {
    id,
    name,
    defaultValue: value ?? '',
    'aria-describedby': described(id, hint, faults),
    'aria-invalid': bad || undefined,
    'aria-required': optional || plain ? undefined : true,
    className: `kern-form-input__input${bad ? ' kern-form-input__input--error' : ''}${width ? ` kern-form-input__input--width-${width}` : ''}`,
  };
  return (
    <div className={`kern-form-input${bad ? ' kern-form-input--error' : ''}`}>
      <Label id={id} label={label} optional={optional} />
      <Hint id={id} hint={hint} />
      {rows ? <textarea {...shared} rows={rows} /> : <input {...shared} type={type} autoComplete={autoComplete} />}
      <FieldError id={id} faults={faults} />
    </div>
  );
};

export const FileField = ({ name, label, hint, accept }: FieldProps & { accept: string }) => {
  const { faults, id } = useFault(name);
  return (
    <div className={`kern-form-input${faults.length > 0 ? ' kern-form-input--error' : ''}`}>
      <Label id={id} label={label} />
      <Hint id={id} hint={hint} />
      <input
        className="kern-form-input__input"
        id={id}
        name={name}
        type="file"
        accept={accept}
        aria-describedby={described(id, hint, faults)}
        aria-required
      />
      <FieldError id={id} faults={faults} />
    </div>
  );
};

export interface Option {
  value: string;
  text: string;
  hint?: ReactNode;
}

export const SelectField = ({
  name,
  label,
  hint,
  optional,
  value,
  options,
  empty,
  bare,
}: FieldProps & { value?: string | null; options: readonly Option[]; empty?: string; bare?: boolean }) => {
  const { faults, id } = useFault(name);
  const bad = faults.length > 0;
  return (
    <div className={`kern-form-input${bad ? ' kern-form-input--error' : ''}`}>
      {bare ? (
        <label className="kern-sr-only" htmlFor={id}>
          {label}
        </label>
      ) : (
        <Label id={id} label={label} optional={optional} />
      )}
      <Hint id={id} hint={hint} />
      <div className="kern-form-input__select-wrapper">
        <select
          className={`kern-form-input__select${bad ? ' kern-form-input__select--error' : ''}`}
          id={id}
          name={name}
          defaultValue={value ?? ''}
          aria-describedby={described(id, hint, faults)}
          aria-invalid={bad || undefined}
        >
          {empty !== undefined && <option value="">{empty}</option>}
          {options.map((option) => (
            <option value={option.value} key={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      </div>
      <FieldError id={id} faults={faults} />
    </div>
  );
};

export const Fieldset = ({
  name,
  legend,
  hint,
  children,
}: PropsWithChildren<{ name: string; legend: string; hint?: ReactNode }>) => {
  const { faults, id } = useFault(name);
  return (
    <fieldset
      className={`kern-fieldset${faults.length > 0 ? ' kern-fieldset--error' : ''}`}
      id={id}
      tabIndex={-1}
      aria-describedby={described(id, hint, faults)}
    >
      <legend className="kern-label kern-label--large">{legend}</legend>
      <Hint id={id} hint={hint} />
      <div className="kern-fieldset__body">{children}</div>
      <FieldError id={id} faults={faults} />
    </fieldset>
  );
};

export const Checkbox = ({
  name,
  value = 'ja',
  label,
  checked,
  hint,
}: {
  name: string;
  value?: string;
  label: ReactNode;
  checked?: boolean;
  hint?: ReactNode;
}) => {
  const id = `choice-${name}-${value}`.replace(/[^\w-]/g, '_');
  return (
    <div className="kern-form-check">
      <input
        className="kern-form-check__checkbox"
        type="checkbox"
        id={id}
        name={name}
        value={value}
        defaultChecked={checked}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <label className="kern-label" htmlFor={id}>
        {label}
      </label>
      {hint && (
        <div className="kern-hint dr-check-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
};

/** One of several, all to be seen. */
export const Radios = ({
  name,
  legend,
  hint,
  value,
  options,
}: {
  name: string;
  legend: string;
  hint?: ReactNode;
  value?: string | null;
  options: readonly Option[];
}) => (
  <Fieldset name={name} legend={legend} hint={hint}>
    {options.map((option) => {
      const id = `choice-${name}-${option.value}`;
      return (
        <div className="kern-form-check" key={option.value}>
          <input
            className="kern-form-check__radio"
            type="radio"
            id={id}
            name={name}
            value={option.value}
            defaultChecked={option.value === value}
            aria-describedby={option.hint ? `${id}-hint` : undefined}
          />
          <label className="kern-label" htmlFor={id}>
            {option.text}
          </label>
          {option.hint && (
            <div className="kern-hint dr-check-hint" id={`${id}-hint`}>
              {option.hint}
            </div>
          )}
        </div>
      );
    })}
  </Fieldset>
);

/** Several of many. `value` holds what is chosen. */
export const Checkboxes = ({
  name,
  legend,
  hint,
  value,
  options,
}: {
  name: string;
  legend: string;
  hint?: ReactNode;
  value: readonly string[];
  options: readonly Option[];
}) => (
  <Fieldset name={name} legend={legend} hint={hint}>
    {options.map((option) => (
      <Checkbox
        key={option.value}
        name={name}
        value={option.value}
        label={option.text}
        checked={value.includes(option.value)}
        hint={option.hint}
      />
    ))}
  </Fieldset>
);
