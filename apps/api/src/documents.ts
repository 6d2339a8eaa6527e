import type { Readable } from 'node:stream';
// its types extend Fastify's request
import '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { documentHeaders, kernelProblems, parse, readable } from '#lib/kernel';
import type { EvidenceFile } from '#lib/requests';

/** Reads a form with a description in JSON, before the file, and the file as it comes in. */
export async function withDocument<S extends z.ZodType, T>(
  request: FastifyRequest,
  field: string,
  schema: S,
  use: (input: z.output<S>, file: { name: string; stream: Readable }) => Promise<T>,
): Promise<T> {
  if (!request.isMultipart())
    throw kernelProblems.request_malformed({ detail: 'Bitte senden Sie die Datei als multipart/form-data.' });
  const file = await request.file();
  if (!file) throw kernelProblems.request_malformed({ detail: 'Es wurde keine Datei gesendet.' });
  try {
    const text = (file.fields[field] as { value?: unknown } | undefined)?.value;
    const input = parse(schema, typeof text === 'string' ? json(text, field) : {});
    return await use(input, { name: file.filename, stream: file.file });
  } finally {
    file.file.resume(); // whatever was not read must not keep the connection waiting
  }
}

/** A document as an answer. */
export function sendDocument(reply: FastifyReply, file: EvidenceFile): Buffer {
  void reply.headers(documentHeaders(file));
  return file.bytes;
}

export function json(text: string, field: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw kernelProblems.request_malformed({ detail: `Das Feld ${field} ist kein JSON.`, cause });
  }
  return readable(value);
}
