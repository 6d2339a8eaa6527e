import { Controller } from '@nestjs/common';
import { type ScreenResult, render } from '../../../layout/page';
import { Screen } from '../../../layout/screen';
import { AboutView, AccessibilityView } from './about.view';

@Controller()
export class AboutController {
  @Screen({ path: 'about', may: 'public', audit: 'none: the same text for everybody', title: 'Was ist der Datenraum?' })
  about(): ScreenResult {
    return render(AboutView, {}, { crumbs: [] });
  }

  @Screen({
    path: 'accessibility',
    may: 'public',
    audit: 'none: the same text for everybody',
    title: 'Barrierefreiheit',
  })
  accessibility(): ScreenResult {
    return render(AccessibilityView, {}, { crumbs: [] });
  }
}
