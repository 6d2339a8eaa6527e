import type { PropsWithChildren, ReactNode } from 'react';

export type Tone = 'info' | 'success' | 'warning' | 'danger';
const TONE_WORD: Record<Tone, string> = { info: 'Hinweis', success: 'Erfolg', warning: 'Achtung', danger: 'Fehler' };

export const Icon = ({ name }: { name: string }) => (
  <span className={`kern-icon kern-icon--${name}`} aria-hidden="true" />
);

export const Text = ({ children, muted, small }: PropsWithChildren<{ muted?: boolean; small?: boolean }>) => (
  <p className={`kern-body${muted ? ' kern-body--muted' : ''}${small ? ' kern-body--small' : ''}`}>{children}</p>
);

/** A text of a person: line breaks stay. */
export const MultilineText = ({ children }: { children: string }) => (
  <p className="kern-body dr-multiline">{children}</p>
);

export const Link = ({ href, children }: PropsWithChildren<{ href: string }>) => (
  <a className="kern-link" href={href}>
    {children}
  </a>
);

/** A link that looks like a button: it leads to a page and changes nothing. */
export const LinkButton = ({
  href,
  children,
  kind = 'primary',
}: PropsWithChildren<{ href: string; kind?: 'primary' | 'secondary' | 'tertiary' }>) => (
  <a className={`kern-btn kern-btn--${kind}`} href={href}>
    <span className="kern-label">{children}</span>
  </a>
);

export const Alert = ({
  tone,
  title,
  children,
  live,
  id,
}: PropsWithChildren<{ tone: Tone; title: string; live?: boolean; id?: string }>) => (
  <div className={`kern-alert kern-alert--${tone}`} role={live ? 'alert' : undefined} id={id}>
    <div className="kern-alert__header">
      <Icon name={tone} />
      <p className="kern-title">
        <span className="kern-sr-only">{TONE_WORD[tone]}: </span>
        {title}
      </p>
    </div>
    {children && <div className="kern-alert__body">{children}</div>}
  </div>
);

/** A state in words with a sign: never by colour alone. */
export const Badge = ({ tone, children }: PropsWithChildren<{ tone: Tone }>) => (
  <span className={`kern-badge kern-badge--${tone}`}>
    <Icon name={tone} />
    <span className="kern-label kern-label--small">{children}</span>
  </span>
);

export const Section = ({ title, id, children }: PropsWithChildren<{ title: string; id?: string }>) => (
  <section className="dr-section" aria-labelledby={id ?? slug(title)}>
    <h2 className="kern-heading-medium" id={id ?? slug(title)} tabIndex={-1}>
      {title}
    </h2>
    {children}
  </section>
);

/** Names and values. A value that is not there shows as „–“. */
export const Facts = ({ items }: { items: readonly (readonly [name: string, value: ReactNode])[] }) => (
  <dl className="kern-description-list">
    {items.map(([name, value]) => (
      <div className="kern-description-list-item" key={name}>
        <dt className="kern-description-list-item__key">{name}</dt>
        <dd className="kern-description-list-item__value">
          {value === null || value === undefined || value === '' ? '–' : value}
        </dd>
      </div>
    ))}
  </dl>
);

export const List = ({ items }: { items: readonly ReactNode[] }) => (
  <ul className="kern-list kern-list--bullet">
    {items.map((item, at) => (
      // lists are rendered once on the server; positions are their identity
      <li key={at}>{item}</li>
    ))}
  </ul>
);

export interface Column {
  head: string;
  /** numbers stand on the right */
  numeric?: boolean;
}

/**
 * A table with caption and headers. The first cell of a row names the row. On a narrow screen its rows stand one below
 * the other, each value under its header, so that nothing hides at the side; `grid` keeps data as a table that scrolls.
 * The roles say what the elements are, because browsers forget it where the style takes tables apart.
 */
export const Table = ({
  caption,
  columns,
  rows,
  hideCaption,
  grid,
}: {
  caption: string;
  columns: readonly Column[];
  rows: readonly (readonly ReactNode[])[];
  hideCaption?: boolean;
  grid?: boolean;
}) => (
  <div className="kern-table-responsive" role="region" aria-label={caption} tabIndex={0}>
    <table className={`kern-table${grid ? '' : ' dr-stack'}`} role="table">
      <caption className={hideCaption ? 'kern-sr-only' : 'kern-title'}>{caption}</caption>
      <thead className="kern-table__head" role="rowgroup">
        <tr className="kern-table__row" role="row">
          {columns.map(({ head, numeric }) => (
            <th
              className={`kern-table__header${numeric ? ' kern-table__header--numeric' : ''}`}
              scope="col"
              role="columnheader"
              key={head}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="kern-table__body" role="rowgroup">
        {rows.map((cells, at) => (
          <tr className="kern-table__row" role="row" key={at}>
            {cells.map((cell, column) =>
              column === 0 ? (
                <th className="kern-table__cell dr-rowhead" scope="row" role="rowheader" key={column}>
                  {cell}
                </th>
              ) : (
                <td
                  className={`kern-table__cell${columns[column]?.numeric ? ' kern-table__cell--numeric' : ''}`}
                  role="cell"
                  data-head={columns[column]?.head}
                  key={column}
                >
                  {cell}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** A few things with what one can do about each: unlike a table it never hides a button on a narrow screen. */
export const Cards = ({
  items,
  label,
}: {
  items: readonly { id: string; title: ReactNode; body: ReactNode }[];
  label: string;
}) => (
  <ul className="dr-hits" aria-label={label}>
    {items.map(({ id, title, body }) => (
      <li className="kern-card" key={id}>
        <div className="kern-card__container">
          <div className="kern-card__header">
            <h3 className="kern-title" id={`card-${id}`}>
              {title}
            </h3>
          </div>
          <div className="kern-card__body">{body}</div>
        </div>
      </li>
    ))}
  </ul>
);

/** More that most readers do not need at once. */
export const Details = ({ summary, children, open }: PropsWithChildren<{ summary: string; open?: boolean }>) => (
  <details className="kern-accordion" open={open}>
    <summary className="kern-accordion__header">
      <span className="kern-title">{summary}</span>
    </summary>
    <div className="kern-accordion__body">{children}</div>
  </details>
);

/** Pages of a list: previous, where we are, next. `address` gives the address of a page. */
export const Pagination = ({
  page,
  pages,
  address,
  label,
}: {
  page: number;
  pages: number;
  address: (page: number) => string;
  label: string;
}) =>
  pages <= 1 ? null : (
    <nav className="dr-pagination" aria-label={label}>
      <ul>
        <li>{page > 1 && <Link href={address(page - 1)}>Vorherige Seite</Link>}</li>
        <li className="kern-body" aria-current="page">
          Seite {page} von {pages}
        </li>
        <li>{page < pages && <Link href={address(page + 1)}>Nächste Seite</Link>}</li>
      </ul>
    </nav>
  );

export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[äöüß]/g, (char) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' })[char] ?? char)
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '');
