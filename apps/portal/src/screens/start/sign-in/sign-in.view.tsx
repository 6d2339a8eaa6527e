import { Button } from '../../../layout/forms';
import { LinkButton, Text } from '../../../layout/parts';

/** Posted by the browser, because the ID token must not stand in an address. */
export const SigningOutView = ({ action, fields }: { action: string; fields: Record<string, string> }) => (
  <>
    <h1 className="kern-heading-large">Abmelden</h1>
    <Text>
      Sie sind im Datenraum abgemeldet. Bitte melden Sie sich auch beim Anmeldedienst ab, besonders an einem gemeinsamen
      Rechner.
    </Text>
    <form method="post" action={action} id="sign-out">
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" key={name} name={name} value={value} />
      ))}
      <Button>Beim Anmeldedienst abmelden</Button>
    </form>
  </>
);

export const SignedOutView = () => (
  <>
    <h1 className="kern-heading-large">Sie sind abgemeldet</h1>
    <Text>Sie können dieses Fenster jetzt schließen.</Text>
    <div className="dr-buttons">
      <LinkButton href="/sign-in" kind="secondary">
        Wieder anmelden
      </LinkButton>
    </div>
  </>
);
