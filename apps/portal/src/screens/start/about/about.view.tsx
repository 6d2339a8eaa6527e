import { List, Section, Text } from '../../../layout/parts';

export const AboutView = () => (
  <>
    <h1 className="kern-heading-large">Was ist der Datenraum?</h1>
    <Text>
      Im Datenraum tauschen die Ämter, Eigenbetriebe und Gesellschaften der Stadt Daten aus. Jede Stelle sieht, welche
      Daten es gibt. Wer Daten braucht, stellt einen Antrag.
    </Text>
    <Section title="So läuft es ab">
      <ol className="kern-list kern-list--number">
        <li>Ein Amt veröffentlicht ein Datenprodukt und beschreibt jedes Feld.</li>
        <li>Ein anderes Amt stellt einen Antrag: wozu, auf welcher Rechtsgrundlage, welche Felder, wie lange.</li>
        <li>
          Das Rollenkonzept der Stadt entscheidet sofort. Manche Anträge sind direkt erlaubt, manche sind nicht möglich.
        </li>
        <li>Alle anderen Anträge prüfen Menschen. Niemand gibt den eigenen Antrag frei.</li>
        <li>Beide Seiten bestätigen dieselbe Vereinbarung.</li>
        <li>Bei jeder Lieferung wird noch einmal geprüft. Dann fließen die Daten.</li>
        <li>Jeder Schritt steht im Protokoll. Nachträglich ändern kann es niemand, ohne dass es auffällt.</li>
      </ol>
    </Section>
    <Section title="Was Sie immer erfahren">
      <List
        items={[
          'warum so entschieden wurde, mit Regel und Quelle',
          'wer entscheidet und wie lange es dauert',
          'was Sie tun können, wenn etwas nicht geht',
        ]}
      />
    </Section>
  </>
);

export const AccessibilityView = () => (
  <>
    <h1 className="kern-heading-large">Barrierefreiheit</h1>
    <Text>
      Diese Anwendung soll für alle Beschäftigten nutzbar sein: nur mit der Tastatur, mit Vorleseprogramm, stark
      vergrößert und ohne JavaScript.
    </Text>
    <Text>
      Grundlage sind das Hessische Behinderten-Gleichstellungsgesetz (§ 14) und die Hessische Verordnung über
      barrierefreie Informationstechnik.
    </Text>
    <Section title="Stand">
      <Text>
        Dies ist ein Entwicklungsstand. Die Seiten werden automatisch geprüft (WCAG 2.2, Stufe AA). Eine Prüfung durch
        Menschen mit Behinderungen steht noch aus.
      </Text>
      <Text>Texte in Gebärdensprache und in Leichter Sprache fehlen noch.</Text>
    </Section>
    <Section title="Barriere melden">
      <Text>Bitte melden Sie Barrieren der Geschäftsstelle Data Governance im Referat Smart City.</Text>
    </Section>
  </>
);
