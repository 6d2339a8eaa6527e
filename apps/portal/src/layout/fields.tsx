import type { InputFault } from '#lib/kernel';
import { type PropsWithChildren, type ReactNode, useContext } from 'react';
import { FaultContext, fieldId, fieldOf } from './page-context';

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
