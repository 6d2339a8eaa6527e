import { CatalogueQueries, type UploadPreview, UploadService } from '#lib/catalogue';
import { type Problem } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Controller, Param } from '@nestjs/common';
import { given } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { readUpload } from '../../../layout/upload';
import { Upload } from '../../../session/form-guard';
import { hintsOf } from './hints';
import { PreviewView, UploadView } from './publish-upload.view';

const TITLE = 'Daten hochladen';

/** From a file to a version in two steps: what was recognised is shown, and only what was confirmed is kept. */
@Controller('publish/:id')
export class PublishUploadController {
  constructor(
    private readonly catalogue: CatalogueQueries,
    private readonly uploads: UploadService,
  ) {}

  @Screen({ path: 'upload', may: 'product.edit', audit: 'none: an empty form', title: TITLE })
  form(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.uploadPage(actor, id);
  }

  @Upload()
  @Action({ path: 'upload', may: 'product.edit', audit: 'upload.recognised.v1', title: TITLE })
  upload(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      run: (by) =>
        readUpload(form.call, (file, fields) => {
          const connector = given(fields, 'connector');
          return this.uploads.attachUpload(by, id, file, connector ? { connector } : {});
        }),
      next: ({ uploadId }) => `/publish/${id}/uploads/${uploadId}`,
      again: (problem) => this.uploadPage(form.actor, id, problem),
    });
  }

  @Screen({ path: 'uploads/:uploadId', may: 'product.edit', audit: 'none: own upload', title: 'Vorschau prüfen' })
  async preview(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('uploadId') uploadId: string,
  ): Promise<ScreenResult> {
    return this.previewPage(actor, id, await this.uploads.preview(actor, id, uploadId));
  }

  /** Reads the file again with what a person corrected. */
  @Action({
    path: 'uploads/:uploadId/hints',
    may: 'product.edit',
    audit: 'none: nothing is kept but the reading',
    title: 'Vorschau prüfen',
  })
  read(
    @Param('id') id: string,
    @Param('uploadId') uploadId: string,
    @Submitted() form: SubmittedForm,
  ): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.previewOf(form, id, uploadId),
      run: async (by) => {
        const { recognition } = await this.uploads.preview(by, id, uploadId);
        await this.uploads.preview(by, id, uploadId, hintsOf(form.body, recognition));
      },
      next: `/publish/${id}/uploads/${uploadId}`,
    });
  }

  @Action({
    path: 'uploads/:uploadId/confirm',
    may: 'product.edit',
    audit: 'product-version.added.v1',
    title: 'Vorschau prüfen',
  })
  confirm(
    @Param('id') id: string,
    @Param('uploadId') uploadId: string,
    @Submitted() form: SubmittedForm,
  ): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.previewOf(form, id, uploadId),
      run: (by) => this.uploads.confirmUpload(by, id, uploadId),
      done: ({ number, rows }) => ({
        kind: 'success',
        title: `Datenstand Nr. ${number} ist gespeichert`,
        text: `${rows.toLocaleString('de-DE')} Zeilen. Bitte prüfen Sie jetzt die Felder.`,
      }),
      next: ({ versionId }) => `/publish/${id}/versions/${versionId}/fields`,
    });
  }

  private previewOf({ actor }: SubmittedForm, id: string, uploadId: string) {
    return {
      again: async (problem: Problem) =>
        this.previewPage(actor, id, await this.uploads.preview(actor, id, uploadId), problem),
    };
  }

  private async crumbs(actor: Actor, id: string): Promise<{ text: string; href: string }[]> {
    const { title } = await this.catalogue.product(actor, id);
    return [
      { text: 'Eigene Datenprodukte', href: '/publish' },
      { text: title, href: `/publish/${id}` },
    ];
  }

  private async uploadPage(actor: Actor, id: string, problem?: Problem): Promise<Page> {
    return render(UploadView, { id, problem }, { crumbs: await this.crumbs(actor, id) });
  }

  private async previewPage(actor: Actor, id: string, preview: UploadPreview, problem?: Problem): Promise<Page> {
    return render(PreviewView, { id, preview, problem }, { crumbs: await this.crumbs(actor, id) });
  }
}
