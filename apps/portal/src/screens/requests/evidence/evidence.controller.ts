import { type Actor, CurrentActor } from '#lib/organisation';
import { EvidenceFiles, evidenceUseCases } from '#lib/requests';
import { Controller, Param } from '@nestjs/common';
import { Download, type ScreenResult } from '../../../layout/page';
import { Screen } from '../../../layout/screen';

/** A document for the unit that uploaded it, and for an auditor under a mandate. */
@Controller('evidence/:id')
export class EvidenceController {
  constructor(private readonly files: EvidenceFiles) {}

  @Screen({ path: 'file', useCase: evidenceUseCases.open, title: 'Nachweis' })
  async file(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return new Download(await this.files.open(actor, id));
  }
}
