import { LinkButton, Text } from '../../../layout/parts';

export const SessionView = () => (
  <>
    <h1 className="kern-heading-large">Ihre Sitzung</h1>
    <Text>
      Sie sind angemeldet. Jede Seite, die Sie öffnen, verlängert Ihre Sitzung. Nach 30 Minuten ohne Nutzung und
      spätestens nach zehn Stunden melden Sie sich bitte neu an. Wann sie endet, steht am Ende jeder Seite.
    </Text>
    <div className="dr-buttons">
      <LinkButton href="/">Zur Startseite</LinkButton>
    </div>
  </>
);
