import { CatalogueReads, type Field, type ListNames, type PagePart, productStates } from '#lib/catalogue';
import { UnitOfWork } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import { type Actor, DutyReads, OrganisationReads } from '#lib/organisation';
import type { DecisionView } from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { count, day } from '../../../layout/format';
import { maskText, TYPE_NAME } from '../../../layout/words';
import {
  AccessOutlook,
  askingUnit,
  NOT_OFFERED,
  type Outlook,
  outlookOf,
} from '../../../layout/requests/access-outlook';
import { statementsIn } from './statements';

/** What is stated in each part of the page. */
type Statements = Record<PagePart, [name: string, value: string][]>;

export interface ProductModel extends Statements {
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
}

@Injectable()
export class ProductPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly catalogue: CatalogueReads,
    private readonly organisation: OrganisationReads,
    private readonly duties: DutyReads,
    private readonly laws: LawInForce,
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
      const duties = new Map(await this.duties.inWords(tx, ...(product.card.collectedForDuties ?? [])));
      const label: ListNames = (list, code) =>
        list === 'duties' ? (duties.get(code) ?? code) : ruleset.label(list, code);
      const stated = (part: PagePart) => statementsIn(part, product, label);
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
        currency: [
          ...stated('currency'),
          ['Fassung', version ? `Nr. ${version.number} vom ${day(version.createdAt)}` : 'noch keine Daten'],
          // the number of rows of a table about persons is itself a figure
          ...(version && product.personalRef === 'NONE'
            ? [['Umfang', `${count(version.rows)} Zeilen`] as [string, string]]
            : []),
        ],
        deciders: [
          ['Bereitstellende Stelle', provider.name],
          [
            'Es entscheidet',
            (await this.laws.roles(tx)).role(await this.organisation.accountableRole(tx, product.providerUnitId)).name,
          ],
          ...stated('deciders'),
        ],
        classification: stated('classification'),
        origin: stated('origin'),
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
