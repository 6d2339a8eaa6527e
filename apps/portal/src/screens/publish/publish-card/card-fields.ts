import type { Product, ProductPatch } from '#lib/catalogue';
import { CONSUMER, FORM, LEVEL, OPENNESS, PERSONAL_REF, SECRECY } from '#lib/policy';
import { ACCESS_RIGHTS, DISCOVER_SCOPES } from '#lib/catalogue';
import type { LabelList } from '#lib/policy';
import { all, type FormBody, given, one, wholeNumber } from '../../../layout/form-body';
import { ACCESS_NAME, AI_NAME, DETAIL_NAME, LEVEL_NAME, PERIODICITY, SCOPE_NAME } from '../../../layout/words';

/** One statement of the governance card: where it is kept, how it is asked. A table, so that a new one is one line. */
export interface CardField {
  name: string;
  label: string;
  /** „card“ is the part beside what is decided on */
  in: 'product' | 'card';
  kind: 'line' | 'text' | 'date' | 'number' | 'yesno' | 'one' | 'many' | 'lines';
  hint?: string;
  /** fixed choices with their German names, or a list of the city's vocabulary */
  choices?: Record<string, string> | { list: LabelList; values: readonly string[] } | 'purposes' | 'themes';
  /** „none“ is a statement of its own */
  none?: string;
  /** what is decided on changes only before the release */
  fixed?: true;
}

/** Groups of the form: each is a heading. */
export const CARD: readonly { title: string; fields: readonly CardField[] }[] = [
  {
    title: 'Titel und Suche',
    fields: [
      { name: 'title', label: 'Titel', in: 'product', kind: 'line' },
      { name: 'summary', label: 'Kurzbeschreibung', in: 'product', kind: 'line' },
      { name: 'description', label: 'Ausführliche Beschreibung', in: 'product', kind: 'text' },
      { name: 'themes', label: 'Themen', in: 'product', kind: 'many', choices: 'themes', fixed: true },
      { name: 'keywords', label: 'Schlagwörter', in: 'product', kind: 'lines', hint: 'eines je Zeile' },
      { name: 'domain', label: 'Fachdomäne', in: 'card', kind: 'line' },
    ],
  },
  {
    title: 'Einstufung',
    fields: [
      {
        name: 'openness',
        label: 'Offenheit',
        in: 'product',
        kind: 'one',
        choices: { list: 'openness', values: OPENNESS },
        fixed: true,
      },
      {
        name: 'personalRef',
        label: 'Personenbezug',
        in: 'product',
        kind: 'one',
        choices: { list: 'personalRef', values: PERSONAL_REF },
        fixed: true,
      },
      {
        name: 'secrecy',
        label: 'Besondere Geheimnisse',
        in: 'product',
        kind: 'many',
        choices: { list: 'secrecy', values: SECRECY },
        none: 'keine besonderen Geheimnisse',
        fixed: true,
      },
      {
        name: 'entrusted',
        label: 'Anvertraute Daten aus der persönlichen Hilfe',
        in: 'product',
        kind: 'yesno',
        hint: 'Bei Sozialdaten: Sind Angaben dabei, die jemand in einer persönlichen Hilfe anvertraut hat (SGB VIII § 65)?',
        fixed: true,
      },
      {
        name: 'singleCaseCells',
        label: 'Zellen mit ein oder zwei Personen',
        in: 'product',
        kind: 'yesno',
        hint: 'Bei Tabellen der Statistik: Gibt es Zellen, hinter denen nur ein oder zwei Personen stehen?',
        fixed: true,
      },
      {
        name: 'strictestPart',
        label: 'Strengster Teil, der sich nicht abtrennen lässt',
        in: 'product',
        kind: 'one',
        choices: { list: 'personalRef', values: PERSONAL_REF },
        hint: 'nur, wenn ein Teil strenger ist als das ganze Produkt, zum Beispiel ein Gutachten mit Namen',
        fixed: true,
      },
      {
        name: 'rawSensor',
        label: 'Rohdaten von Kameras oder Sensoren',
        in: 'product',
        kind: 'yesno',
        hint: 'keine Zählwerte',
        fixed: true,
      },
      { name: 'protectedSpecies', label: 'Fundorte geschützter Arten', in: 'product', kind: 'yesno', fixed: true },
      {
        name: 'coveredBySatzung',
        label: 'Quelle ist für die Statistik genannt',
        in: 'product',
        kind: 'yesno',
        hint: 'Nennt die Satzung oder ein Gesetz diese Quelle für Übermittlungen an die Statistikstelle?',
        fixed: true,
      },
      {
        name: 'releasedByStatistics',
        label: 'Von der Statistikstelle freigegeben',
        in: 'product',
        kind: 'yesno',
        hint: 'nur, wenn die Statistikstelle die Daten geschützt und freigegeben hat',
        fixed: true,
      },
      {
        name: 'protectionC',
        label: 'Schutzbedarf Vertraulichkeit',
        in: 'product',
        kind: 'one',
        choices: { list: 'level', values: LEVEL },
        fixed: true,
      },
      {
        name: 'protectionI',
        label: 'Schutzbedarf Integrität',
        in: 'product',
        kind: 'one',
        choices: { list: 'level', values: LEVEL },
        fixed: true,
      },
      {
        name: 'protectionA',
        label: 'Schutzbedarf Verfügbarkeit',
        in: 'product',
        kind: 'one',
        choices: { list: 'level', values: LEVEL },
        fixed: true,
      },
      {
        name: 'reviewBy',
        label: 'Einstufung prüfen bis',
        in: 'product',
        kind: 'date',
        hint: 'spätestens in 24 Monaten',
        fixed: true,
      },
      {
        name: 'accessRights',
        label: 'Zugänglichkeit',
        in: 'product',
        kind: 'one',
        choices: only(ACCESS_RIGHTS, ACCESS_NAME),
      },
      {
        name: 'discoverScope',
        label: 'Sichtbarkeit der Metadaten',
        in: 'product',
        kind: 'one',
        choices: only(DISCOVER_SCOPES, SCOPE_NAME),
        fixed: true,
      },
      {
        name: 'sealedStatistics',
        label: 'Statistik-Abschottung',
        in: 'product',
        kind: 'yesno',
        hint: 'Stammen die Daten aus der abgeschotteten Statistikstelle?',
      },
      { name: 'securityRelevant', label: 'Sicherheitsrelevanz / KRITIS-Bezug', in: 'product', kind: 'yesno' },
      {
        name: 'nonPublicReason',
        label: 'Grund für die Nichtveröffentlichung',
        in: 'product',
        kind: 'text',
        hint: 'nur, wenn die Daten nicht offen sind',
      },
      {
        name: 'aboutThings',
        label: 'Die Daten beschreiben Dinge, nicht Menschen',
        in: 'product',
        kind: 'yesno',
        hint: 'zum Beispiel Bäume oder Zählstellen',
      },
    ],
  },
  {
    title: 'Zuständigkeit und Stand',
    fields: [
      { name: 'steward', label: 'Datenpflege', in: 'card', kind: 'line', hint: 'Sachgebiet, keine Person' },
      { name: 'maintainer', label: 'Technische Betreuung', in: 'card', kind: 'line' },
      { name: 'originator', label: 'Urheber', in: 'card', kind: 'line' },
      { name: 'collectedBy', label: 'Erhebende Stelle', in: 'card', kind: 'line' },
      { name: 'contact', label: 'Kontakt (Funktionspostfach)', in: 'card', kind: 'line' },
      {
        name: 'leadingSource',
        label: 'Führende Quelle',
        in: 'card',
        kind: 'yesno',
        hint: 'Ist Ihre Stelle die führende Quelle?',
      },
      { name: 'derivedFrom', label: 'Kopie von', in: 'card', kind: 'line' },
      { name: 'spatial', label: 'Raumbezug', in: 'card', kind: 'line' },
      { name: 'level', label: 'Räumliche Ebene', in: 'card', kind: 'one', choices: LEVEL_NAME },
      { name: 'crs', label: 'Bezugssystem', in: 'card', kind: 'line', hint: 'zum Beispiel EPSG:25832' },
      { name: 'temporal', label: 'Zeitbezug / Stichtag', in: 'card', kind: 'line' },
      { name: 'periodicity', label: 'Aktualisierung', in: 'card', kind: 'one', choices: PERIODICITY },
      { name: 'modified', label: 'Letzter Stand', in: 'card', kind: 'date' },
      { name: 'nextDue', label: 'Nächster Stand', in: 'card', kind: 'date' },
    ],
  },
  {
    title: 'Nutzung',
    fields: [
      {
        name: 'allowedPurposes',
        label: 'Zulässige Verwendungszwecke',
        in: 'product',
        kind: 'many',
        choices: 'purposes',
        fixed: true,
      },
      {
        name: 'recipientKinds',
        label: 'Zulässige Empfängerarten',
        in: 'product',
        kind: 'many',
        choices: { list: 'consumer', values: CONSUMER },
        fixed: true,
      },
      {
        name: 'licence',
        label: 'Lizenz',
        in: 'product',
        kind: 'line',
        hint: 'für offene Daten, zum Beispiel dl-de/by-2.0',
        fixed: true,
      },
      {
        name: 'maxRetentionDays',
        label: 'Höchste Aufbewahrungsdauer',
        in: 'product',
        kind: 'number',
        hint: 'in Tagen',
        fixed: true,
      },
      { name: 'termsId', label: 'Nutzungsbedingungen', in: 'card', kind: 'line' },
      { name: 'detailLevels', label: 'Granularität', in: 'card', kind: 'many', choices: DETAIL_NAME },
      { name: 'offers', label: 'Lieferformen', in: 'card', kind: 'many', choices: { list: 'form', values: FORM } },
      {
        name: 'maxDays',
        label: 'Höchstdauer einer Nutzung',
        in: 'card',
        kind: 'number',
        hint: 'in Tagen, höchstens 366',
      },
      { name: 'slaDays', label: 'Bearbeitungsfrist', in: 'card', kind: 'number', hint: 'in Arbeitstagen' },
      { name: 'aiUse', label: 'KI-Nutzung', in: 'card', kind: 'one', choices: AI_NAME },
    ],
  },
  {
    title: 'Herkunft, Qualität, Löschung',
    fields: [
      { name: 'collectionLegalBasis', label: 'Rechtsgrundlage der Erhebung', in: 'card', kind: 'line' },
      { name: 'purpose', label: 'Erhebungszweck', in: 'card', kind: 'text' },
      { name: 'deletionRule', label: 'Löschregel', in: 'card', kind: 'line' },
      { name: 'quality', label: 'Qualität und bekannte Grenzen', in: 'card', kind: 'text' },
      { name: 'provenance', label: 'Herkunft und Verarbeitungsschritte', in: 'card', kind: 'text' },
      {
        name: 'linkKeys',
        label: 'Verknüpfbarkeit',
        in: 'card',
        kind: 'lines',
        hint: 'gemeinsame Schlüssel, einer je Zeile; „keine“, wenn es keine gibt',
        none: 'keine',
      },
      {
        name: 'dataSubjects',
        label: 'Betroffene Gruppen',
        in: 'card',
        kind: 'lines',
        hint: 'nur bei Personenbezug, eine je Zeile',
      },
      {
        name: 'dpiaRef',
        label: 'Datenschutz-Folgenabschätzung',
        in: 'card',
        kind: 'line',
        hint: 'Fundstelle, nur bei Personenbezug',
      },
      {
        name: 'ropaRef',
        label: 'Nummer im Verarbeitungsverzeichnis',
        in: 'card',
        kind: 'line',
        hint: 'nur bei Personenbezug',
      },
    ],
  },
];

const FIELDS = CARD.flatMap(({ fields }) => fields);
export const NONE = '-';

function only(values: readonly string[], names: Record<string, string>): Record<string, string> {
  return Object.fromEntries(values.map((value) => [value, names[value] ?? value]));
}

/** What is stated now, as a form. */
export function bodyOf(product: Product): FormBody {
  const held: Record<string, unknown> = { ...product, ...product.card };
  return Object.fromEntries(FIELDS.map((field) => [field.name, shown(field, held[field.name])]));
}

function shown({ kind, none }: CardField, value: unknown): string | string[] {
  if (value === null || value === undefined) return kind === 'many' ? [] : '';
  if (Array.isArray(value)) {
    const list = value.map(String);
    if (kind === 'lines') return list.length === 0 && none ? none : list.join('\n');
    return list.length === 0 && none ? [NONE] : list;
  }
  return typeof value === 'boolean' ? (value ? 'ja' : 'nein') : String(value);
}

/** The statements that differ from what is kept. Fixed ones are left out where they can not change. */
export function patchOf(body: FormBody, product: Product, inWork: boolean): ProductPatch {
  const before = bodyOf(product);
  const patch: Record<string, unknown> = {};
  const card: Record<string, unknown> = {};
  for (const field of FIELDS) {
    if (field.fixed && !inWork) continue;
    const value = stated(field, body);
    if (JSON.stringify(value) === JSON.stringify(stated(field, before))) continue;
    if (field.in === 'card') card[field.name] = value;
    else patch[field.name] = value;
  }
  return { ...patch, ...(Object.keys(card).length > 0 ? { card } : {}) };
}

/** Columns that hold a text or a list always; „nothing“ is the empty one there. */
const NEVER_NULL = new Set([
  'title',
  'summary',
  'description',
  'themes',
  'keywords',
  'allowedPurposes',
  'recipientKinds',
  'aboutThings',
  'rawSensor',
  'protectedSpecies',
  'coveredBySatzung',
  'releasedByStatistics',
]);

function stated(field: CardField, body: FormBody): unknown {
  const { name, kind, none } = field;
  const empty = NEVER_NULL.has(name);
  switch (kind) {
    case 'number':
      return wholeNumber(body, name) ?? null;
    case 'yesno':
      return { ja: true, nein: false }[one(body, name)] ?? (empty ? false : null);
    case 'many': {
      const chosen = all(body, name);
      if (none && chosen.includes(NONE)) return [];
      return chosen.length > 0 || empty ? chosen : null;
    }
    case 'lines': {
      const lines = one(body, name)
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);
      if (none && lines.length === 1 && lines[0]!.toLowerCase() === none) return [];
      return lines.length > 0 || empty ? lines : null;
    }
    case 'one':
    case 'line':
    case 'text':
    case 'date':
      return given(body, name) ?? (empty ? '' : null);
  }
}
