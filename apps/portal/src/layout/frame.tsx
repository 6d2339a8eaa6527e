import type { ReactElement } from 'react';
import { clock } from './format';
import { PostForm } from './forms';
import type { NavigationItem } from './navigation';
import type { Crumb } from './page';
import { PageContext } from './page-context';
import { Alert } from './parts';

/** Named here once; the notice says what this installation is. */
const CITY = 'Datenraum – Landeshauptstadt Wiesbaden (Entwicklungsstand)';

export interface FrameProps {
  title: string;
  crumbs: readonly Crumb[];
  navigation: readonly NavigationItem[];
  /** name of the person signed in */
  person: string | null;
  notice?: { kind: 'success' | 'info' | 'warning'; title: string; text?: string };
  csrf: string | null;
  nonce: string;
  /** address of an asset by its name */
  asset: (name: string) => string;
  scripts: readonly string[];
  /** when the session ends if nothing is done; null when nobody is signed in */
  ends: { at: Date; final: boolean } | null;
  content: ReactElement;
}

/** The page around every screen. */
export const Frame = ({
  title,
  crumbs,
  navigation,
  person,
  notice,
  csrf,
  nonce,
  asset,
  scripts,
  ends,
  content,
}: FrameProps) => (
  <PageContext.Provider value={{ csrf, nonce }}>
    <html lang="de">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} – Datenraum`}</title>
        <link rel="stylesheet" href={asset('kern.css')} />
        <link rel="stylesheet" href={asset('portal.css')} />
        <link rel="icon" href={asset('icon.svg')} type="image/svg+xml" />
        {scripts.map((name) => (
          <script key={name} src={asset(name)} nonce={nonce} defer />
        ))}
      </head>
      <body>
        <a className="dr-skip" href="#inhalt">
          Zum Inhalt springen
        </a>
        <header className="dr-header">
          <div className="kern-kopfzeile">
            <div className="dr-container">
              <span className="kern-kopfzeile__label">{CITY}</span>
            </div>
          </div>
          <div className="dr-container dr-header__row">
            <a className="dr-brand" href="/">
              Datenraum
            </a>
            {person ? (
              <div className="dr-person">
                <span className="kern-body">
                  <span className="kern-sr-only">Angemeldet als </span>
                  {person}
                </span>
                <PostForm action="/sign-out">
                  <button className="kern-btn kern-btn--tertiary" type="submit">
                    <span className="kern-label">Abmelden</span>
                  </button>
                </PostForm>
              </div>
            ) : (
              <a className="kern-btn kern-btn--secondary" href="/sign-in">
                <span className="kern-label">Anmelden</span>
              </a>
            )}
          </div>
          {navigation.length > 0 && (
            <nav className="dr-nav" aria-label="Hauptnavigation">
              <ul className="dr-container">
                {navigation.map(({ href, text, current }) => (
                  <li key={href}>
                    <a href={href} aria-current={current}>
                      {text}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
          )}
        </header>
        {crumbs.length > 0 && (
          <nav className="dr-crumbs" aria-label="Brotkrumen">
            <ol className="dr-container">
              <li>
                <a className="kern-link kern-link--small" href="/">
                  Start
                </a>
              </li>
              {crumbs.map(({ href, text }) => (
                <li key={href}>
                  <a className="kern-link kern-link--small" href={href}>
                    {text}
                  </a>
                </li>
              ))}
              <li aria-current="page">
                <span className="kern-body kern-body--small">{title}</span>
              </li>
            </ol>
          </nav>
        )}
        <main id="inhalt" tabIndex={-1} className="dr-container dr-main">
          {notice && (
            <div className="dr-notice" role="status">
              <Alert tone={notice.kind} title={notice.title}>
                {notice.text && <p className="kern-body">{notice.text}</p>}
              </Alert>
            </div>
          )}
          {content}
        </main>
        {ends && <SessionWarning />}
        <footer className="dr-footer">
          {ends && (
            <p
              className="dr-container kern-body kern-body--small"
              id="session"
              tabIndex={-1}
              data-ends={ends.at.toISOString()}
            >
              Ihre Sitzung endet um {clock(ends.at)}
              {ends.final
                ? '. Danach melden Sie sich bitte neu an.'
                : ', wenn Sie bis dahin keine Seite öffnen und nichts absenden.'}
            </p>
          )}
          <ul className="dr-container">
            <li>
              <a className="kern-link" href="/about">
                Was ist der Datenraum?
              </a>
            </li>
            <li>
              <a className="kern-link" href="/accessibility">
                Barrierefreiheit
              </a>
            </li>
            <li className="kern-body kern-body--small">Alle Personen in diesem Entwicklungsstand sind erfunden.</li>
          </ul>
        </footer>
      </body>
    </html>
  </PageContext.Provider>
);

/** Shown by a script of ours five minutes before the session ends. */
const SessionWarning = () => (
  <div className="dr-session" id="session-warning" role="alert" hidden>
    <div className="dr-container">
      <p className="kern-body" data-before>
        Ihre Sitzung endet in weniger als fünf Minuten. Was Sie noch nicht abgesendet haben, geht dann verloren.
      </p>
      <p className="kern-body" data-after>
        Ihre Sitzung ist beendet. Bitte kopieren Sie, was Sie geschrieben haben, und{' '}
        <a className="kern-link" href="/sign-in">
          melden Sie sich neu an
        </a>
        .
      </p>
      <button className="kern-btn kern-btn--secondary" type="button" data-before>
        <span className="kern-label">Angemeldet bleiben</span>
      </button>
    </div>
  </div>
);
