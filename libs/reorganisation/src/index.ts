import { InitReorganisation1796040000180 } from './migrations/1796040000180-init-reorganisation';

export { ConfirmUnitChange } from './confirm-unit-change.service';
export { LeftBehindReads } from './left-behind.reads';
export type { LeftBehind } from './left-behind.view';
export { ReorganisationModule } from './reorganisation.module';
export { reorganisationUseCases } from './reorganisation.use-cases';
export { UnitChangePreviews } from './unit-change-preview.reads';
export {
  type Obstacle,
  type Part,
  PARTS,
  type PartName,
  type Touched,
  type UnitChangePreview,
} from './unit-change-preview.view';

export const reorganisationMigrations = [InitReorganisation1796040000180];
