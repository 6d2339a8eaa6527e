import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

// Own look, no fonts or files from anywhere: a person should see at once that this is not the city's real sign-in.
const STYLE = `
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;margin:0;color:#17191d;background:#f2f4f8}
main{max-width:26rem;margin:3rem auto;padding:2rem;background:#fff;border:1px solid #c5cad4}
h1{font-size:1.5rem;margin:0 0 1rem}
label{display:block;font-weight:600;margin-top:1rem}
input{box-sizing:border-box;width:100%;font:inherit;padding:.6rem;border:2px solid #52576b;background:inherit;color:inherit}
button{font:inherit;font-weight:600;margin-top:1.5rem;padding:.7rem 1.5rem;border:0;background:#1f3a8a;color:#fff;cursor:pointer}
:focus-visible{outline:3px solid #b45309;outline-offset:2px}
.note{border-left:4px solid #b45309;padding:.5rem .75rem;background:#fef6e7;color:#17191d}
.error{border-left:4px solid #b91c1c;padding:.5rem .75rem;background:#fdecec;color:#17191d}
@media (prefers-color-scheme:dark){body{background:#101218;color:#f2f4f8}main{background:#1a1d26;border-color:#52576b}}
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const SAFE: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => SAFE[sign] ?? '');

/**
 * Security headers of every page. There is no `form-action`: browsers apply it to the redirect after the form as well,
 * and that one leads to the portal.
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

export function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="de">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} – Anmeldedienst zur Probe</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1>
${body}
</main></body></html>`;
}

export function sendPage(response: ServerResponse, status: number, title: string, body: string): void {
  response.writeHead(status, { ...PAGE_HEADERS }).end(page(title, body));
}

const NOTE = `<p class="note">Dieser Anmeldedienst läuft nur auf diesem Rechner. Alle Personen sind erfunden.</p>`;

/** @param failed the user name of an attempt that did not work, null before the first */
export function loginPage(action: string, failed: string | null): string {
  const error =
    failed === null
      ? ''
      : `<p class="error" role="alert" id="error">Benutzername oder Passwort ist falsch. Bitte versuchen Sie es erneut.</p>`;
  const described = failed === null ? '' : ' aria-describedby="error" aria-invalid="true"';
  return `${NOTE}${error}
<form id="kc-form-login" method="post" action="${escaped(action)}">
<label for="username">Benutzername</label>
<input id="username" name="username" value="${escaped(failed ?? '')}" autocomplete="username" autocapitalize="none" spellcheck="false" required${described}>
<label for="password">Passwort</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${described}>
<button type="submit" name="login">Anmelden</button>
</form>`;
}

export function logoutPage(form: string): string {
  return `<p>Möchten Sie sich abmelden?</p>${form}
<button type="submit" form="op.logoutForm" value="yes" name="logout">Abmelden</button>`;
}
