import { PAGE_PARTS, type PagePart } from '#lib/catalogue';
import { DecisionSummary } from '../../../layout/decision-parts';
import { Badge, Facts, LinkButton, MultilineText, Section, Table, Text } from '../../../layout/parts';
import type { ProductModel } from './product.presenter';

export const ProductView = (model: ProductModel) => {
  const {
    id,
    title,
    summary,
    description,
    providerName,
    stateName,
    unitName,
    outlook,
    decision,
    request,
    own,
    fields,
  } = model;
  return (
    <>
      <p className="kern-preline">{providerName}</p>
      <h1 className="kern-heading-large">{title}</h1>
      <p className="kern-body kern-body--large">{summary}</p>
      <div className="dr-badges">
        <Badge tone={outlook.tone}>{outlook.text}</Badge>
        <Badge tone="info">{stateName}</Badge>
      </div>
      <div className="dr-buttons">
        {request.possible ? (
          <LinkButton href={`/products/${id}/request`}>Zugang beantragen</LinkButton>
        ) : (
          <Text>{request.because}</Text>
        )}
        {request.possible && (
          <LinkButton href={`/products/${id}/emergency`} kind="tertiary">
            Ausnahmezugriff bei Gefahr
          </LinkButton>
        )}
        {own && (
          <LinkButton href={`/publish/${id}`} kind="secondary">
            Produkt bearbeiten
          </LinkButton>
        )}
      </div>
      {description && description !== summary && (
        <Section title="Worum geht es?">
          <MultilineText>{description}</MultilineText>
        </Section>
      )}
      <Section title={unitName ? `Was gilt für Ihre Stelle (${unitName})?` : 'Was gilt für Sie?'} id="ausblick">
        {decision ? (
          <>
            <Text>
              So würde heute entschieden, wenn Sie die Daten für den vorgesehenen Zweck beantragen. Genau weiß es erst
              die Vorprüfung Ihres Antrags.
            </Text>
            <DecisionSummary decision={decision} heading="Voraussichtlich" />
          </>
        ) : (
          <Text>{outlook.reason}</Text>
        )}
      </Section>
      <Section title="Felder">
        {fields.length === 0 ? (
          <Text>Es sind noch keine Daten hinterlegt.</Text>
        ) : (
          <Table
            caption="Felder des Datenprodukts mit Bedeutung und Schutz"
            hideCaption
            columns={[
              { head: 'Feld' },
              { head: 'Bedeutung' },
              { head: 'Art' },
              { head: 'Schutzklasse' },
              { head: 'Maske' },
            ]}
            rows={fields.map((field) => [field.name, field.meaning, field.type, field.className, field.mask])}
          />
        )}
      </Section>
      {Object.entries(PAGE_PARTS).map(([part, heading]) => (
        <Section title={heading} key={part}>
          <Facts items={model[part as PagePart]} />
        </Section>
      ))}
    </>
  );
};
