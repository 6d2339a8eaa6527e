import { Inject, Injectable, type LoggerService } from '@nestjs/common';
import pino, { type Logger as Pino } from 'pino';
import { CONFIG, type Config } from './config';
import { correlationId } from './correlation';

/** JSON lines on standard output. User text goes into fields, never into the message (log injection). */
@Injectable()
export class Logger implements LoggerService {
  private readonly pino: Pino;

  constructor(@Inject(CONFIG) config: Config) {
    this.pino = pino({ level: config.logLevel, base: undefined, mixin: () => ({ correlationId: correlationId() }) });
  }

  info(fields: object, message: string): void {
    this.pino.info(fields, message);
  }

  log(message: unknown, context?: string): void {
    this.pino.debug({ context }, String(message));
  }

  warn(fields: unknown, message?: string): void {
    this.pino.warn(typeof fields === 'object' ? fields : {}, message ?? String(fields));
  }

  error(fields: unknown, message?: string): void {
    this.pino.error(
      typeof fields === 'object' ? fields : { stack: message },
      typeof fields === 'object' ? message : String(fields),
    );
  }

  debug(message: unknown, context?: string): void {
    this.pino.debug({ context }, String(message));
  }
}
