import { CatalogueReads, type Field, productStates } from '#lib/catalogue';
import { UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads, RoleCatalogue } from '#lib/organisation';
import type { DecisionView } from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { count, day } from '../../../layout/format';
import { ACCESS_NAME, AI_NAME, DETAIL_NAME, LEVEL_NAME, maskText, PERIODICITY, TYPE_NAME } from '../../../layout/words';
import {
  AccessOutlook,
  askingUnit,
  NOT_OFFERED,
  type Outlook,
  outlookOf,
} from '../../../layout/requests/access-outlook';

export interface ProductModel {
  id: string;
  title: string;
  summary: string;
  description: string;
  providerName: string;
  stateName: string;
  unitName: string | null;
  outlook: Outlook;
  decision: DecisionView | null;
  /** may make a request from here; the reason when not */
  request: { possible: boolean; because: string | null };
  /** somebody of the providing office may change it */
  own: boolean;
  fields: { name: string; meaning: string; type: string; className: string; mask: string }[];
  fresh: [string, string][];
  deciders: [string, string][];
  classification: [string, string][];
  origin: [string, string][];
}

@Injectable()
export class ProductPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly catalogue: CatalogueReads,
    private readonly organisation: OrganisationReads,
    private readonly roles: RoleCatalogue,
    private readonly rulebook: Rulebook,
    private readonly access: AccessOutlook,
  ) {}

  product(actor: Actor, id: string): Promise<ProductModel> {
    return this.uow.read(actor.acting, async (tx) => {
      const product = await this.catalogue.product(tx, id);
      const { ruleset } = await this.rulebook.inForce(tx);
      const version = await this.catalogue.currentVersion(tx, id);
      const provider = await this.organisation.unit(tx, product.providerUnitId);
      const asking = askingUnit(actor);
      const unitName = asking ? (await this.organisation.unit(tx, asking)).name : null;
      const decision = await this.access.decision(tx, product, ruleset, asking);
      const { card } = product;
      const label = ruleset.label.bind(ruleset);
      const many = (list: Parameters<typeof label>[0], values: readonly string[] | null) =>
        values === null ? '–' : values.length === 0 ? 'keine' : values.map((value) => label(list, value)).join(', ');
      const one = (list: Parameters<typeof label>[0], value: string | null) =>
        value === null ? '–' : label(list, value);
      return {
        id,
        title: product.title,
        summary: product.summary,
        description: product.description,
        providerName: provider.name,
        stateName: productStates.label[product.state],
        unitName,
        outlook: decision ? outlookOf(decision) : NOT_OFFERED,
        decision,
        request: mayRequest(actor, product.state, decision),
        own: actor.permissions.has('product.edit') && actor.units.includes(product.providerUnitId),
        fields: (version?.fields ?? []).map((field) => fieldLine(field, label('fieldClass', field.class))),
        fresh: [
          ['Letzter Stand', day(card.modified)],
          ['Aktualisierung', card.periodicity ? (PERIODICITY[card.periodicity] ?? card.periodicity) : '–'],
          ['Nächster Stand', day(card.nextDue)],
          ['Zeitbezug', card.temporal ?? '–'],
          ['Fassung', version ? `Nr. ${version.number} vom ${day(version.createdAt)}` : 'noch keine Daten'],
          // the number of rows of a table about persons is itself a figure
          ...(version && product.personalRef === 'NONE'
            ? [['Umfang', `${count(version.rows)} Zeilen`] as [string, string]]
            : []),
        ],
        deciders: [
          ['Bereitstellende Stelle', provider.name],
          ['Es entscheidet', this.roles.role(await this.catalogue.accountableRole(tx, product.providerUnitId)).name],
          ['Fachliche Betreuung', card.steward ?? '–'],
          ['Kontakt', card.contact ?? '–'],
          ['Bearbeitungsfrist', card.slaDays ? `${card.slaDays} Arbeitstage` : '–'],
          ['Höchste Nutzungsdauer', card.maxDays ? `${card.maxDays} Tage` : '–'],
        ],
        classification: [
          ['Offenheit', one('openness', product.openness)],
          ['Personenbezug', one('personalRef', product.personalRef)],
          ['Besondere Geheimnisse', many('secrecy', product.secrecy)],
          ['Schutzbedarf Vertraulichkeit', one('level', product.protectionC)],
          ['Zugänglichkeit', product.accessRights ? (ACCESS_NAME[product.accessRights] ?? '–') : '–'],
          [
            'Zulässige Zwecke',
            product.allowedPurposes
              .map((code) => ruleset.purposes.find((purpose) => purpose.code === code)?.name ?? code)
              .join(', ') || '–',
          ],
          ['Zulässige Empfänger', many('consumer', product.recipientKinds)],
          ['Lieferformen', (card.offers ?? []).map((form) => label('form', form)).join(', ') || '–'],
          ['Granularität', (card.detailLevels ?? []).map((level) => DETAIL_NAME[level] ?? level).join(', ') || '–'],
          ['Lizenz', product.licence ?? '–'],
          ['Nutzung durch KI', card.aiUse ? (AI_NAME[card.aiUse] ?? '–') : '–'],
        ],
        origin: [
          ['Erhebungszweck', card.purpose ?? '–'],
          ['Rechtsgrundlage der Erhebung', card.collectionLegalBasis ?? '–'],
          ['Erhebende Stelle', card.collectedBy ?? '–'],
          [
            'Führende Quelle',
            card.leadingSource === undefined
              ? '–'
              : card.leadingSource
                ? 'ja'
                : `nein, Kopie von ${card.derivedFrom ?? 'unbekannt'}`,
          ],
          ['Herkunft und Verarbeitung', card.provenance ?? '–'],
          ['Qualität und bekannte Grenzen', card.quality ?? '–'],
          ['Raumbezug', [card.spatial, card.level && LEVEL_NAME[card.level]].filter(Boolean).join(', ') || '–'],
        ],
      };
    });
  }
}

const fieldLine = ({ name, meaning, unit, type, mask }: Field, className: string) => ({
  name,
  meaning: unit ? `${meaning} (${unit})` : meaning,
  type: TYPE_NAME[type],
  className,
  mask: maskText(mask),
});

/** A request that the rules forbid can still be made: it is decided and stays on record. */
export function mayRequest(
  actor: Pick<Actor, 'permissions'>,
  state: string,
  _decision: DecisionView | null,
): ProductModel['request'] {
  if (state !== 'REQUESTABLE') return { possible: false, because: 'Dieses Datenprodukt ist zurzeit nicht anfragbar.' };
  if (!actor.permissions.has('request.submit'))
    return { possible: false, because: 'Anträge stellen Personen mit der Rolle „Datennutzer/in“ Ihres Amtes.' };
  return { possible: true, because: null };
}
