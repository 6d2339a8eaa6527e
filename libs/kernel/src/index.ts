export { type Acting, anonymousActing, systemActing } from './acting';
export { commitment, pseudonym } from './audit-record';
export { canonicalJson } from './canonical-json';
export { constraintOf, constraintsAsProblems, namedConstraints } from './constraints';
export { CONFIG, CONFIG_KEYS, type Config, ConfigFault, readConfig } from './config';
export { correlationId, withCorrelation } from './correlation';
export { defineEvent, type DomainEvent, type EventDefinition, eventDefinitions, type StoredEvent } from './event';
export { type EventHandler, EventHandlers, type Schedule, Schedules } from './event-handlers';
export {
  emptyOf,
  INFORMATION_ONLY,
  informsOnly,
  FIELD_KINDS,
  type FieldBinding,
  type FieldKind,
  type FieldTable,
  type FormField,
  isOptional,
  type ShapeOf,
  shapeOf,
} from './form-field';
export { Health } from './health';
export { attachment, documentHeaders } from './http/attachment';
export { closeWithin, createHttpApp, type HttpAppOptions, listen } from './http/create-http-app';
export type { Call, CallContext } from './http/call';
export { asProblem, problemBody, type ProblemRenderer, renderJson } from './http/problem-filter';
export { RateLimits } from './http/rate-limits';
export { readable } from './http/readable-input';
export { dayAfter, daysBetween, dayOf } from './day';
export { isId, newId } from './ids';
export { KernelModule } from './kernel.module';
export { kernelProblems } from './kernel.problems';
export { Logger } from './logger';
export { type DatabaseShape, migrate, type MigrationClass } from './migrate';
export { type Movable, move, type Move, type Movement } from './move';
export { parse } from './parse';
export { pick } from './pick';
export {
  type CodeOf,
  defineProblems,
  type InputFault,
  Problem,
  type ProblemDetails,
  type ProblemFactory,
  type ProblemKind,
  problemKinds,
} from './problem';
export { opening } from './opening';
export { openQueue, openWorker, type Queue, QUEUE_SCHEMA, type Worker } from './queue';
export { Relay } from './relay';
export { renameFunctions, renameTriggers } from './rename-functions';
export { baseOf } from './layered-folder';
export { readRepeatableSql, type RepeatableSql } from './repeatable-sql';
export { defineStates, type StateOf, type States, type StoredStateOf } from './states';
export { cell, document, line, name, quoted, search, text, type TextBounds, unseenSign, withoutUnseen } from './text';
export { type Tx, UnitOfWork } from './unit-of-work';
export {
  defineUseCase,
  type InputOf,
  isoTime,
  itemsOf,
  madeId,
  type OutputOf,
  pageOf,
  pages,
  type UseCase,
} from './use-case';
import { InitKernel1763701000000 } from './migrations';
export const kernelMigrations = [InitKernel1763701000000];
