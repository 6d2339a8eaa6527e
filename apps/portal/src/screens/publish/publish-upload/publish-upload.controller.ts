import { CatalogueReads, type UploadPreview, UploadService } from '#lib/catalogue';
import { type Problem, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor, type HttpRequest } from '#lib/organisation';
import { Body, Controller, Param, Req } from '@nestjs/common';
import { type FormBody, given } from '../../../layout/form-body';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { readUpload } from '../../../layout/upload';
import { Upload } from '../../../session/form-guard';
import { notify } from '../../../session/session';
import { hintsOf } from './hints';
import { PreviewView, UploadView } from './publish-upload.view';

const TITLE = 'Daten hochladen';

/** From a file to a version in two steps: what was recognised is shown, and only what was confirmed is kept. */
@Controller('publish/:id')
export class PublishUploadController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: CatalogueReads,
    private readonly uploads: UploadService,
  ) {}

  @Screen({ path: 'upload', may: 'product.edit', audit: 'none: an empty form', title: TITLE })
  form(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.uploadPage(actor, id);
  }

  @Upload()
  @Action({ path: 'upload', may: 'product.edit', audit: 'upload.recognised.v1', title: TITLE })
  upload(@CurrentActor() actor: Actor, @Param('id') id: string, @Req() call: HttpRequest): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      const { uploadId } = await readUpload(call, (file, fields) => {
        const connector = given(fields, 'connector');
        return this.uploads.attachUpload(actor, id, file, connector ? { connector } : {});
      });
      return redirect(`/publish/${id}/uploads/${uploadId}`);
    };
    return withFormErrors(call, TITLE, work, (problem) => this.uploadPage(actor, id, problem));
  }

  @Screen({ path: 'uploads/:uploadId', may: 'product.edit', audit: 'none: own upload', title: 'Vorschau prüfen' })
  async preview(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('uploadId') uploadId: string,
  ): Promise<ScreenResult> {
    return this.previewPage(actor, id, await this.uploads.preview(actor, uploadId));
  }

  /** Reads the file again with what a person corrected. */
  @Action({
    path: 'uploads/:uploadId/hints',
    may: 'product.edit',
    audit: 'none: nothing is kept but the reading',
    title: 'Vorschau prüfen',
  })
  read(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('uploadId') uploadId: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      const { recognition } = await this.uploads.preview(actor, uploadId);
      await this.uploads.preview(actor, uploadId, hintsOf(body, recognition));
      return redirect(`/publish/${id}/uploads/${uploadId}`);
    };
    return withFormErrors(call, 'Vorschau prüfen', work, async (problem) =>
      this.previewPage(actor, id, await this.uploads.preview(actor, uploadId), problem),
    );
  }

  @Action({
    path: 'uploads/:uploadId/confirm',
    may: 'product.edit',
    audit: 'product-version.added.v1',
    title: 'Vorschau prüfen',
  })
  confirm(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('uploadId') uploadId: string,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      const { versionId, number, rows } = await this.uploads.confirmUpload(actor, uploadId);
      notify(call, {
        kind: 'success',
        title: `Datenstand Nr. ${number} ist gespeichert`,
        text: `${rows.toLocaleString('de-DE')} Zeilen. Bitte prüfen Sie jetzt die Felder.`,
      });
      return redirect(`/publish/${id}/versions/${versionId}/fields`);
    };
    return withFormErrors(call, 'Vorschau prüfen', work, async (problem) =>
      this.previewPage(actor, id, await this.uploads.preview(actor, uploadId), problem),
    );
  }

  private async crumbs(actor: Actor, id: string): Promise<{ text: string; href: string }[]> {
    const { title } = await this.uow.read(actor.acting, (tx) => this.reads.product(tx, id));
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
