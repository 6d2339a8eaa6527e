import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { attachment } from '#lib/kernel';
import type { DeliveryHead, DeliveryManifest, Outlet } from '#lib/exchange';
import { contentType, formatOf } from '#lib/sources';

/**
 * A delivery as an HTTP/1.1 answer. Its length is not known before, so it is chunked: the terminating chunk, which
 * `finish` alone sends, and the trailers behind it tell the client that it has everything.
 */
export class HttpOutlet implements Outlet {
  private readonly raw: ServerResponse;

  constructor(private readonly reply: FastifyReply) {
    this.raw = reply.raw;
  }

  begin(head: DeliveryHead): ServerResponse {
    const format = formatOf(head.format);
    this.reply.hijack();
    // after a hijack nobody sends the headers the app has set (security, correlation): bring them along
    this.raw.writeHead(200, {
      ...(this.reply.getHeaders() as Record<string, string>),
      'content-type': contentType(format),
      'content-disposition': attachment(head.fileName),
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'accept-ranges': 'none',
      'x-exchange-id': head.exchangeId,
      link: `</v1/exchanges/${head.exchangeId}>; rel="describedby"`,
      ...(format.spreadsheet && { 'x-csv-escaping': head.spreadsheetSafe ? 'spreadsheet' : 'none' }),
      trailer: 'Repr-Digest, X-Exchange-Rows, X-Exchange-Bytes',
    });
    return this.raw;
  }

  finish({ sha256, rows, bytes }: DeliveryManifest): void {
    this.raw.addTrailers({
      'Repr-Digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
      'X-Exchange-Rows': String(rows),
      'X-Exchange-Bytes': String(bytes),
    });
    this.raw.end();
  }

  sever(): void {
    // a reset also takes back what the operating system has not sent yet, and every client reports it
    if (this.raw.socket) this.raw.socket.resetAndDestroy();
    else this.raw.destroy();
  }
}
