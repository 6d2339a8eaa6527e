import { AboutController } from './start/about/about.controller';
import { AdministrationController } from './administration/administration/administration.controller';
import { AdministrationPresenter } from './administration/administration/administration.presenter';
import { AgreementController } from './agreements/agreement/agreement.controller';
import { AgreementsController } from './agreements/agreements/agreements.controller';
import { AccessOutlook } from './catalogue/catalogue/access-outlook';
import { AuditMandatesController } from './audit/audit-mandates/audit-mandates.controller';
import { AuditController } from './audit/audit/audit.controller';
import { CatalogueController } from './catalogue/catalogue/catalogue.controller';
import { CataloguePresenter } from './catalogue/catalogue/catalogue.presenter';
import { EmergencyController } from './agreements/emergency/emergency.controller';
import { DepartureController } from './administration/departure/departure.controller';
import { InboxController } from './tasks/inbox/inbox.controller';
import { ResponsiblePeopleController } from './tasks/responsible-people/responsible-people.controller';
import { ResponsiblePeoplePresenter } from './tasks/responsible-people/responsible-people.presenter';
import { MyRolesController } from './my-roles/my-roles/my-roles.controller';
import { MyRolesPresenter } from './my-roles/my-roles/my-roles.presenter';
import { ChangeWords } from './organisation/organisation-change/change-words';
import { OrganisationChangeController } from './organisation/organisation-change/organisation-change.controller';
import { OrganisationChangesController } from './organisation/organisation-changes/organisation-changes.controller';
import { OrganisationChangesPresenter } from './organisation/organisation-changes/organisation-changes.presenter';
import { OrganisationPresenter } from './organisation/organisation/organisation.presenter';
import { OrganisationController } from './organisation/organisation/organisation.controller';
import { PersonAdmissionController } from './administration/person-admission/person-admission.controller';
import { PersonController } from './administration/person/person.controller';
import { ProductController } from './catalogue/product/product.controller';
import { ProductPresenter } from './catalogue/product/product.presenter';
import { PublishController } from './publish/publish/publish.controller';
import { PublishPresenter } from './publish/publish/publish.presenter';
import { PublishCardController } from './publish/publish-card/publish-card.controller';
import { PublishFieldsController } from './publish/publish-fields/publish-fields.controller';
import { PublishUploadController } from './publish/publish-upload/publish-upload.controller';
import { ReplayController } from './audit/replay/replay.controller';
import { RequestFormController } from './requests/request-form/request-form.controller';
import { RequestFormPresenter } from './requests/request-form/request-form.presenter';
import { RequestsController } from './requests/requests/requests.controller';
import { RequestsPresenter } from './requests/requests/requests.presenter';
import { RolesController } from './organisation/roles/roles.controller';
import { RulebookController } from './rulebook/rulebook/rulebook.controller';
import { RulebookDraftController } from './rulebook/rulebook-draft/rulebook-draft.controller';
import { RulebookVersionController } from './rulebook/rulebook-version/rulebook-version.controller';
import { RuleProposalController } from './rulebook/rule-proposal/rule-proposal.controller';
import { SessionController } from './start/session/session.controller';
import { SignInController } from './start/sign-in/sign-in.controller';
import { StartController } from './start/start/start.controller';
import { StartPresenter } from './start/start/start.presenter';
import { TaskController } from './tasks/task/task.controller';
import { UnitController } from './organisation/unit/unit.controller';

/** Every screen of the portal. A new screen adds its line here, and below what it needs. */
export const screens = [
  StartController,
  SignInController,
  SessionController,
  AboutController,
  CatalogueController,
  // before the product page: its addresses are the more exact ones
  RequestFormController,
  ProductController,
  RequestsController,
  RuleProposalController,
  ReplayController,
  EmergencyController,
  InboxController,
  ResponsiblePeopleController,
  TaskController,
  AgreementsController,
  AgreementController,
  PublishController,
  PublishCardController,
  PublishUploadController,
  PublishFieldsController,
  RulebookController,
  RulebookVersionController,
  RulebookDraftController,
  OrganisationController,
  RolesController,
  UnitController,
  MyRolesController,
  AdministrationController,
  PersonController,
  PersonAdmissionController,
  DepartureController,
  OrganisationChangesController,
  OrganisationChangeController,
  AuditController,
  AuditMandatesController,
];
export const presenters = [
  StartPresenter,
  AccessOutlook,
  CataloguePresenter,
  ProductPresenter,
  ResponsiblePeoplePresenter,
  RequestFormPresenter,
  RequestsPresenter,
  PublishPresenter,
  OrganisationPresenter,
  MyRolesPresenter,
  AdministrationPresenter,
  OrganisationChangesPresenter,
  ChangeWords,
];
