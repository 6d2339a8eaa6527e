import { Controller, Get } from '@nestjs/common';
import { systemActing, UnitOfWork } from '#lib/kernel';
import { Access } from '#lib/organisation';

@Controller('health')
export class HealthController {
  constructor(private readonly uow: UnitOfWork) {}

  /** 200 when a delivery could be recorded, else 503. */
  @Get()
  @Access({ may: 'public', audit: 'none: says nothing about anybody' })
  async health(): Promise<{ status: 'ok' }> {
    await this.uow.read(systemActing('health'), (tx) => tx.sql('SELECT 1'));
    return { status: 'ok' };
  }
}
