import { Health } from '#lib/kernel';
import { Controller, Get } from '@nestjs/common';
import { Access } from './access';

/** For whoever watches a process: the same question to every app that decides or delivers. */
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  /** 200 when a decision or a delivery could be recorded now, else 503. */
  @Get()
  @Access({ may: 'public', audit: 'none: says nothing about anybody' })
  async get(): Promise<{ status: 'ok' }> {
    await this.health.mustRecord();
    return { status: 'ok' };
  }
}
