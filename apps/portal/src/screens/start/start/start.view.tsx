import { Badge, LinkButton, List, Section, Text } from '../../../layout/parts';
import type { StartModel } from './start.presenter';

export const WelcomeView = () => (
  <>
    <h1 className="kern-heading-large">Willkommen im Datenraum</h1>
    <Text>
      Hier tauschen die Ämter, Eigenbetriebe und Gesellschaften der Stadt Daten aus: nachvollziehbar, geprüft und nur
      für den vereinbarten Zweck.
    </Text>
    <div className="dr-buttons">
      <LinkButton href="/sign-in">Anmelden</LinkButton>
      <LinkButton href="/about" kind="secondary">
        Was ist der Datenraum?
      </LinkButton>
    </div>
  </>
);

export const StartView = ({ name, roles, steps }: StartModel) => (
  <>
    <h1 className="kern-heading-large">Guten Tag, {name}</h1>
    <Section title="Was möchten Sie tun?">
      <ul className="dr-hits">
        {steps.map((step) => (
          <li className="kern-card" key={step.href}>
            <div className="kern-card__container">
              <div className="kern-card__header">
                <h3 className="kern-title">
                  <a className="kern-link" href={step.href}>
                    {step.title}
                  </a>
                </h3>
                {step.open && <Badge tone="info">{step.open}</Badge>}
              </div>
              <div className="kern-card__body">
                <p className="kern-body">{step.text}</p>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Section>
    <Section title="Ihre Rollen">
      {roles.length === 0 ? (
        <Text>Ihnen ist noch keine Rolle zugeordnet. Bitte wenden Sie sich an die Administration.</Text>
      ) : (
        <List items={roles.map(({ role, unit, deputy }) => `${role}${deputy ? ' (Vertretung)' : ''}, ${unit}`)} />
      )}
    </Section>
  </>
);
