import { kernelProblems } from '#lib/kernel';
import { Access } from '#lib/organisation';
import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { assetOf } from './assets';

/** Styles, fonts and scripts: served by us, so that no reader is known to anybody else. */
@Controller('assets')
export class AssetsController {
  @Get(':version/:name')
  @Access({ may: 'public', audit: 'none: the same files for everybody' })
  async asset(
    @Param('name') name: string,
    @Headers('accept-encoding') accepts: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asset = assetOf(name);
    if (!asset) throw kernelProblems.page_not_found();
    const brotli = asset.brotli !== null && /\bbr\b/.test(accepts ?? '');
    if (brotli) reply.header('content-encoding', 'br');
    await reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .type(asset.type)
      .send(brotli ? asset.brotli : asset.bytes);
  }
}
