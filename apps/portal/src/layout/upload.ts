import type { Readable } from 'node:stream';
// its types extend Fastify's request
import '@fastify/multipart';
import type { HttpRequest } from '#lib/organisation';
import type { FormBody } from './form-body';
import { CSRF_FIELD, requireToken } from '../session/form-guard';
import { portalProblems } from '../session/session.problems';

/**
 * Reads a form with one file as it comes in, without keeping it in memory. The token of the session and the other fields
 * must come before the file, as our forms send them; nothing of a file is read before the token was checked.
 * Throws `form_not_ours`, `upload_missing`, and whatever `use` throws.
 */
export async function readUpload<T>(
  call: HttpRequest,
  use: (file: { name: string; stream: Readable }, fields: FormBody) => Promise<T>,
  /** filled with what came before the file, for whoever shows the form again */
  fields: Record<string, string> = {},
): Promise<T> {
  let ours = false;
  for await (const part of call.parts()) {
    if (part.type === 'field') {
      if (part.fieldname !== CSRF_FIELD) {
        if (typeof part.value === 'string') fields[part.fieldname] = part.value;
        continue;
      }
      requireToken(call, part.value);
      ours = true;
    } else {
      try {
        if (!ours) throw portalProblems.form_not_ours();
        if (!part.filename)
          throw portalProblems.upload_missing({
            errors: [{ pointer: '/file', code: 'required', detail: 'Bitte wählen Sie eine Datei aus.' }],
          });
        return await use({ name: part.filename, stream: part.file }, fields);
      } finally {
        // what nobody read must not hold up the connection
        part.file.resume();
      }
    }
  }
  throw portalProblems.upload_missing();
}
