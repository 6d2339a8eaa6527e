import type { Problem } from '#lib/kernel';
import { EvidenceFiles } from '#lib/requests';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { all, type FormBody, given, one, ONCE_FIELD } from '../../../layout/form-body';
import { type Page, render } from '../../../layout/page';
import { readUpload } from '../../../layout/upload';
import { submitForm, type SubmittedForm } from '../../../layout/submit-form';
import type { ScreenResult } from '../../../layout/page';
import { EvidenceUploadView } from './evidence-upload.view';
import type { RequestFormModel } from './request-form.presenter';

/** A form that is being filled in and wants a document. */
export interface WantsEvidence {
  /** address the form is sent to; a document goes to `evidence` below it */
  action: string;
  crumbs: { text: string; href: string }[];
  model: RequestFormModel;
}

/** Adds a document to a form that is being filled in: the form goes along and comes back with the document ticked. */
@Injectable()
export class EvidenceUpload {
  constructor(private readonly files: EvidenceFiles) {}

  /** `form`: the request as it stands; `body`: what was said of the document. */
  page({ action, crumbs, model }: WantsEvidence, form: FormBody, body: FormBody, problem?: Problem): Page {
    const { documentKinds: kinds = [], ownUnits: units = [] } = model.choices.options;
    const { _csrf, [ONCE_FIELD]: _once, step: _step, ...said } = form;
    const { productTitle } = model;
    const props = { action, productTitle, kinds, units, body, form: said, scans: this.files.scans, problem };
    return render(EvidenceUploadView, props, { title: 'Nachweis hochladen', crumbs, status: problem?.status });
  }

  /** Keeps the document and shows the form again, or the page of the upload with what is wrong. */
  receive(
    form: SubmittedForm,
    shown: (form: FormBody) => Promise<Page>,
    wants: (form: FormBody) => Promise<WantsEvidence>,
  ): Promise<ScreenResult> {
    const said: Record<string, string> = {};
    return submitForm(form, {
      run: (by) =>
        readUpload(
          form.call,
          async (file, fields) => {
            const body = formIn(fields);
            const described = describedIn(fields);
            const { id } = await this.files.upload(by, described, file);
            return shown({
              ...body,
              evidenceFiles: [...all(body, 'evidenceFiles'), id],
              // what was announced is here now
              evidence: all(body, 'evidence').filter((kind) => kind !== described.kind),
            });
          },
          said,
        ),
      next: '/',
      again: async (problem) => this.page(await wants(formIn(said)), formIn(said), said, problem),
    });
  }
}

/** The form that went along, as it was filled in; anything else is an empty one. */
function formIn({ form }: FormBody): FormBody {
  try {
    return formBody.parse(JSON.parse(typeof form === 'string' ? form : '{}'));
  } catch {
    return {};
  }
}
const formBody = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

const describedIn = (fields: FormBody) => ({
  ...{ unitId: one(fields, 'unitId'), kind: one(fields, 'kind'), title: one(fields, 'title') },
  ...{ reference: one(fields, 'reference'), issuer: one(fields, 'issuer') },
  ...{ validFrom: given(fields, 'validFrom') ?? null, validUntil: given(fields, 'validUntil') ?? null },
});
