import { AboutController } from './about/about.controller';
import { AdministrationController } from './administration/administration.controller';
import { AdministrationPresenter } from './administration/administration.presenter';
import { AgreementController } from './agreement/agreement.controller';
import { AgreementsController } from './agreements/agreements.controller';
import { AccessOutlook } from './catalogue/access-outlook';
import { AuditMandatesController } from './audit-mandates/audit-mandates.controller';
import { AuditController } from './audit/audit.controller';
import { CatalogueController } from './catalogue/catalogue.controller';
import { CataloguePresenter } from './catalogue/catalogue.presenter';
import { EmergencyController } from './emergency/emergency.controller';
import { DepartureController } from './departure/departure.controller';
import { InboxController } from './inbox/inbox.controller';
import { KeepersController } from './keepers/keepers.controller';
import { KeepersPresenter } from './keepers/keepers.presenter';
import { MyRolesController } from './my-roles/my-roles.controller';
import { MyRolesPresenter } from './my-roles/my-roles.presenter';
import { ChangeWords } from './organisation-change/change-words';
import { OrganisationChangeController } from './organisation-change/organisation-change.controller';
import { OrganisationChangesController } from './organisation-changes/organisation-changes.controller';
import { OrganisationChangesPresenter } from './organisation-changes/organisation-changes.presenter';
import { OrganisationPresenter } from './organisation/organisation.presenter';
import { OrganisationScreen } from './organisation/organisation.controller';
import { PersonAdmissionController } from './person-admission/person-admission.controller';
import { PersonController } from './person/person.controller';
import { ProductController } from './product/product.controller';
import { ProductPresenter } from './product/product.presenter';
import { PublishController } from './publish/publish.controller';
import { PublishPresenter } from './publish/publish.presenter';
import { PublishCardController } from './publish-card/publish-card.controller';
import { PublishFieldsController } from './publish-fields/publish-fields.controller';
import { PublishUploadController } from './publish-upload/publish-upload.controller';
import { ReplayController } from './replay/replay.controller';
import { RequestFormController } from './request-form/request-form.controller';
import { RequestFormPresenter } from './request-form/request-form.presenter';
import { RequestsController } from './requests/requests.controller';
import { RequestsPresenter } from './requests/requests.presenter';
import { RolesController } from './roles/roles.controller';
import { RulebookController } from './rulebook/rulebook.controller';
import { RulebookDraftController } from './rulebook-draft/rulebook-draft.controller';
import { RulebookVersionController } from './rulebook-version/rulebook-version.controller';
import { RuleProposalController } from './rule-proposal/rule-proposal.controller';
import { SessionController } from './session/session.controller';
import { SignInController } from './sign-in/sign-in.controller';
import { StartController } from './start/start.controller';
import { StartPresenter } from './start/start.presenter';
import { TaskController } from './task/task.controller';
import { UnitController } from './unit/unit.controller';

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
  KeepersController,
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
  OrganisationScreen,
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
  KeepersPresenter,
  RequestFormPresenter,
  RequestsPresenter,
  PublishPresenter,
  OrganisationPresenter,
  MyRolesPresenter,
  AdministrationPresenter,
  OrganisationChangesPresenter,
  ChangeWords,
];
