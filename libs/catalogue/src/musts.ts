import type { FieldClass } from '#lib/policy';
import type { Card } from './card';
import type { Product } from './product.entity';
import type { Missing, Rung } from './product.view';

export interface DescribedField {
  name: string;
  meaning: string;
  class: FieldClass | null;
  suggestedClass: FieldClass;
  classReason: string | null;
  mask: unknown;
}
export interface Described {
  product: Product;
  /** of the current version; null when there is none */
  fields: DescribedField[] | null;
  accountable: { holder: boolean; deputy: boolean };
}

interface Must {
  pointer: string;
  rung: Rung;
  label: string;
  /** absent: always */
  when?: (product: Product) => boolean;
  given: (product: Product) => boolean;
}

const PERSONAL = ['PSEUDONYMISED', 'PERSONAL', 'SPECIAL'];
const personal = ({ personalRef }: Product) => personalRef !== null && PERSONAL.includes(personalRef);
/** What was entrusted in personal help may be among social data on persons; the rules refuse it, so somebody has to say. */
export const asksEntrusted = (product: Pick<Product, 'secrecy' | 'personalRef'>): boolean =>
  (product.secrecy ?? []).includes('SOZIAL') && PERSONAL.includes(product.personalRef ?? 'SPECIAL');
/** Tables of the statistics may show one or two persons. */
export const asksSingleCaseCells = (product: Pick<Product, 'secrecy' | 'personalRef'>): boolean =>
  (product.secrecy ?? []).includes('STATISTIK') && product.personalRef === 'AGGREGATED';
const open = ({ openness }: Product) => openness === 'OPEN';
const column = (rung: Rung, key: keyof Product, label: string, when?: Must['when']): Must => ({
  pointer: `/${key}`,
  rung,
  label,
  when,
  given: (product) =>
    product[key] !== null && !(Array.isArray(product[key]) && key !== 'secrecy' && product[key].length === 0),
});
const card = (rung: Rung, key: keyof Card, label: string, when?: Must['when']): Must => ({
  pointer: `/card/${key}`,
  rung,
  label,
  when,
  given: (product) => product.card[key] !== undefined,
});

/** The metadata musts by rung. The same list stands as constraints in the database; a test compares the two. */
export const MUSTS: readonly Must[] = [
  column('VISIBLE', 'openness', 'Offenheit'),
  column('VISIBLE', 'personalRef', 'Personenbezug'),
  column('VISIBLE', 'secrecy', 'Besondere Geheimnisse'),
  column('VISIBLE', 'protectionC', 'Schutzbedarf Vertraulichkeit'),
  column('VISIBLE', 'protectionI', 'Schutzbedarf Integrität'),
  column('VISIBLE', 'protectionA', 'Schutzbedarf Verfügbarkeit'),
  column('VISIBLE', 'reviewBy', 'Einstufung prüfen bis'),
  column('VISIBLE', 'accessRights', 'Zugänglichkeit'),
  column('VISIBLE', 'discoverScope', 'Sichtbarkeit der Metadaten'),
  column('VISIBLE', 'sealedStatistics', 'Statistik-Abschottung'),
  column('VISIBLE', 'securityRelevant', 'Sicherheitsrelevanz / KRITIS-Bezug'),
  column('VISIBLE', 'entrusted', 'Anvertraute Daten aus der persönlichen Hilfe', asksEntrusted),
  column('VISIBLE', 'singleCaseCells', 'Zellen mit ein oder zwei Personen', asksSingleCaseCells),
  column('VISIBLE', 'themes', 'Themen'),
  column('VISIBLE', 'keywords', 'Schlagwörter'),
  column('VISIBLE', 'nonPublicReason', 'Grund für die Nichtveröffentlichung', (product) => !open(product)),
  card('VISIBLE', 'steward', 'Datenpflege'),
  card('VISIBLE', 'maintainer', 'Technische Betreuung'),
  card('VISIBLE', 'originator', 'Urheber'),
  card('VISIBLE', 'collectedBy', 'Erhebende Stelle'),
  card('VISIBLE', 'contact', 'Kontakt (Funktionspostfach)'),
  card('VISIBLE', 'leadingSource', 'Führende Quelle'),
  card('VISIBLE', 'domain', 'Fachdomäne'),
  card('VISIBLE', 'spatial', 'Raumbezug'),
  card('VISIBLE', 'level', 'Räumliche Ebene'),
  card('VISIBLE', 'temporal', 'Zeitbezug / Stichtag'),
  card('VISIBLE', 'periodicity', 'Aktualisierung'),
  card('VISIBLE', 'modified', 'Letzter Stand'),
  column('REQUESTABLE', 'currentVersionId', 'Daten (mindestens ein Stand)'),
  column('REQUESTABLE', 'allowedPurposes', 'Zulässige Verwendungszwecke'),
  column('REQUESTABLE', 'recipientKinds', 'Zulässige Empfängerarten'),
  column('REQUESTABLE', 'licence', 'Lizenz', open),
  column('REQUESTABLE', 'maxRetentionDays', 'Höchste Aufbewahrungsdauer', (product) => !open(product)),
  card('REQUESTABLE', 'termsId', 'Nutzungsbedingungen', (product) => !open(product)),
  card('REQUESTABLE', 'detailLevels', 'Granularität'),
  card('REQUESTABLE', 'collectionLegalBasis', 'Rechtsgrundlage der Erhebung'),
  card('REQUESTABLE', 'purpose', 'Erhebungszweck'),
  card('REQUESTABLE', 'deletionRule', 'Löschregel'),
  card('REQUESTABLE', 'maxDays', 'Höchstdauer einer Nutzung'),
  card('REQUESTABLE', 'slaDays', 'Bearbeitungsfrist'),
  card('REQUESTABLE', 'offers', 'Lieferformen'),
  card('REQUESTABLE', 'quality', 'Qualität und bekannte Grenzen'),
  card('REQUESTABLE', 'provenance', 'Herkunft und Verarbeitungsschritte'),
  card('REQUESTABLE', 'linkKeys', 'Verknüpfbarkeit'),
  card('REQUESTABLE', 'aiUse', 'KI-Nutzung'),
  card('REQUESTABLE', 'dataSubjects', 'Betroffene Gruppen', personal),
  card('REQUESTABLE', 'dpiaRef', 'Datenschutz-Folgenabschätzung', personal),
  card('REQUESTABLE', 'ropaRef', 'Nummer im Verarbeitungsverzeichnis', personal),
];

/** Everything that stands between a product and a rung, named in German. Empty means: it may climb. */
export function completeness({ product, fields, accountable }: Described, rung: Rung): Missing[] {
  const missing = MUSTS.filter((must) => must.rung === 'VISIBLE' || rung === 'REQUESTABLE')
    .filter(({ when, given }) => (when?.(product) ?? true) && !given(product))
    .map(({ pointer, rung: at, label }): Missing => ({ pointer, rung: at, label, detail: `Es fehlt: ${label}.` }));
  if (!accountable.holder) missing.push(vacant('holder', 'Datenverantwortung'));
  if (!accountable.deputy) missing.push(vacant('deputy', 'Vertretung der Datenverantwortung'));
  return rung === 'REQUESTABLE' ? [...missing, ...fieldFaults(product, fields ?? [])] : missing;
}

function vacant(pointer: string, label: string): Missing {
  return {
    pointer: `/accountable/${pointer}`,
    rung: 'VISIBLE',
    label,
    detail: `Es fehlt: ${label}. Bitte lassen Sie eine Person bestellen.`,
  };
}

function fieldFaults(product: Product, fields: readonly DescribedField[]): Missing[] {
  return fields.flatMap(({ name, meaning, class: kind, mask }): Missing[] => {
    const fault = (key: string, label: string, detail: string): Missing => ({
      pointer: `/fields/${name}/${key}`,
      rung: 'REQUESTABLE',
      label,
      detail,
    });
    return [
      ...(kind === null ? [fault('class', 'Feldklasse', `Feld „${name}“: Bitte bestätigen Sie die Feldklasse.`)] : []),
      ...(meaning === '' ? [fault('meaning', 'Bedeutung', `Feld „${name}“: Es fehlt die Bedeutung.`)] : []),
      // a field that names people in a product said to hold none is either masked or the product is wrong
      ...(kind !== null && kind !== 'NONE' && kind !== 'QUASI_ID' && !mask && !personal(product)
        ? [
            fault(
              'mask',
              'Maske',
              `Feld „${name}“: Das Produkt hat keinen Personenbezug, darum braucht dieses Feld eine Maske.`,
            ),
          ]
        : []),
    ];
  });
}
