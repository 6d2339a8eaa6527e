import { factsJsonSchema, type LabelList, type Ruleset } from '#lib/policy';

type Json = Record<string, unknown>;

/** Meanings of facts that no rule names directly, so that every field of the schema says what it is. */
const MORE: Record<string, string> = {
  product: 'Das Datenprodukt, um das gebeten wird',
  'product.id': 'Kennung des Datenprodukts. Sie entscheidet nichts.',
  'product.protection': 'Schutzbedarf des Datenprodukts',
  'product.maxRetentionDays': 'Längste erlaubte Aufbewahrung in Tagen; null: keine eigene Grenze',
  'product.providerUnit': 'Kennung der gebenden Stelle. Sie entscheidet nichts.',
  'product.strictestPart':
    'Strengster Personenbezug eines Teils, der sich nicht vom Rest trennen lässt; fehlt: es gibt keinen',
  'product.singleCaseCells': 'Tabelle mit Zellen von ein oder zwei Personen; fehlt: nicht bekannt',
  'product.entrusted': 'In der Hilfe anvertraute Daten (SGB VIII § 65); fehlt: nein',
  consumer: 'Die anfragende Stelle',
  'consumer.unit': 'Kennung der anfragenden Stelle. Sie entscheidet nichts.',
  'consumer.worksFor':
    'Nur bei PROCESSOR: Art der Stelle, für die gearbeitet wird; fehlt: für niemanden, dann keine Freigabe',
  'consumer.personnelDecisions': 'Die anfragende Stelle trifft Personalentscheidungen (SGB I § 35 Abs. 1); fehlt: ja',
  'consumer.salesArm': 'Vertrieb eines Energieversorgers (EnWG § 6a); fehlt: nein',
  purpose: 'Der Zweck der Anfrage',
  'purpose.singleCase': 'Nutzung für einen einzelnen Verwaltungsfall; fehlt: nein',
  'purpose.reidentification': 'Personen oder Betriebe sollen wiedererkannt werden; fehlt: nein',
  fields: 'Die angefragten Felder',
  'fields.name': 'Name des Feldes',
  'fields.class': 'Was das Feld über Personen verrät',
  'fields.needed': 'Der Zweck braucht dieses Feld',
  'fields.coarse': 'Das Feld wird in der gröberen Form angefragt, die das Datenprodukt anbietet; fehlt: wie es ist',
  periodMonths: 'Dauer der Nutzung in Monaten, aufgerundet; fehlt: noch nicht angegeben',
  emergency: 'Ein Ausnahmezugriff bei Gefahr für Leben oder Gesundheit; fehlt: es gibt keinen',
  'emergency.danger': 'Gefahr, für die der Ausnahmezugriff eröffnet wurde',
  'emergency.confirmed': 'Eine zweite Person hat den Ausnahmezugriff bestätigt',
  'emergency.inTime': 'Die 24 Stunden des Ausnahmezugriffs laufen noch',
  retentionDays: 'Gewünschte Aufbewahrung in Tagen; null: nicht angegeben',
  beyondBmg34: 'Felder über den Katalog des § 34 Abs. 1 BMG hinaus; fehlt: ja',
  groupOfPersons: 'Gruppe nicht einzeln benannter Personen (BMG § 34 Abs. 2); fehlt: ja',
  ownerAddressOnly: 'Nur Namen und Anschriften von Grundstückseigentümern (AO § 31 Abs. 3); fehlt: nein',
  exclusive: 'Nur eine Stelle soll die Daten bekommen; fehlt: nein',
  jointControl: 'Beide Seiten legen Zweck und Mittel gemeinsam fest; fehlt: nein',
  subjectCase: 'Eine betroffene Person hat Rechte geltend gemacht; fehlt: nein',
  contract: 'Stand des Vertrags zwischen den Parteien; fehlt: kein Vertrag',
  'contract.endsInDays': 'Tage bis zum Ende des Vertrags; fehlt oder null: nicht absehbar',
};

/** Where the words of a closed list stand, so that a value is explained beside its field. */
const LISTS: Record<string, LabelList> = {
  phase: 'phase',
  form: 'form',
  evidence: 'evidence',
  fieldClasses: 'fieldClass',
  'fields.class': 'fieldClass',
  'product.openness': 'openness',
  'product.personalRef': 'personalRef',
  'product.secrecy': 'secrecy',
  'product.themes': 'themes',
  'product.provider': 'provider',
  'product.protection.c': 'level',
  'product.protection.i': 'level',
  'product.protection.a': 'level',
  'product.strictestPart': 'personalRef',
  'consumer.kind': 'consumer',
  'consumer.worksFor': 'consumer',
  'purpose.relation': 'purposeRel',
  'purpose.changeGround': 'changeGrounds',
  'contract.status': 'contract',
  'emergency.danger': 'danger',
  'product.review': 'review',
  'product.task': 'task',
  'contract.kinds': 'contractKind',
};

/** JSON Schema (2020-12) of one fact set; every field says in German what it means and which words it may hold. */
export function schemaOf(ruleset: Ruleset): Json {
  const meaning = (path: string): string | undefined => {
    const words = valuesOf(ruleset, path);
    const text = ruleset.vocabulary.facts[path] ?? MORE[path];
    return text && words ? `${text}. ${words}` : text;
  };
  const schema = factsJsonSchema(meaning);
  describeItems(schema, '', meaning);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Angaben zu einem Datenaustausch',
    description:
      'Was das Regelwerk über einen Austausch wissen muss. Felder unter `required` müssen angegeben werden, auch die Einstufung des Datenprodukts mit Geheimnissen, verantwortlicher Person und Prüfung: fehlt eines, wird nichts entschieden. Felder mit `default` dürfen fehlen; `explain` nennt, was dann angenommen wird, und warnt, wenn ein anderer Wert das Ergebnis strenger machte. Wahlfreie Felder ohne `default` sagen in ihrer Beschreibung, was ihr Fehlen bedeutet.',
    ...schema,
  };
}

function valuesOf(ruleset: Ruleset, path: string): string | undefined {
  const { purposes, legalBases, vocabulary } = ruleset;
  if (path === 'purpose.code' || path === 'product.allowedPurposes') return spelled(purposes);
  if (path === 'legalBasis') return spelled(legalBases);
  const list = LISTS[path];
  if (!list) return undefined;
  const codes = list === 'evidence' || list === 'changeGrounds' || list === 'themes' ? vocabulary[list] : undefined;
  return spelled(codes ?? Object.entries(vocabulary.labels[list] ?? {}).map(([code, name]) => ({ code, name })));
}

const spelled = (values: readonly { code: string; name: string }[]): string =>
  `Werte: ${values.map(({ code, name }) => `${code} (${name})`).join(', ')}`;

/** The fields of list entries, which the schema of the facts alone leaves without words. */
function describeItems(schema: Json, path: string, meaning: (path: string) => string | undefined): void {
  for (const [key, inner] of Object.entries((schema.properties ?? {}) as Record<string, Json>)) {
    const here = path ? `${path}.${key}` : key;
    inner.description ??= meaning(here);
    describeItems(inner, here, meaning);
    if (inner.items) describeItems(inner.items as Json, here, meaning);
  }
}
