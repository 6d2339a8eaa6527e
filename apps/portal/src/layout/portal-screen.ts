import type { Provider, Type } from '@nestjs/common';

/** A screen: what answers its addresses, and what reads and turns codes into words for it. */
export interface PortalScreen {
  controllers: Type[];
  /** presenters of its own and those of `layout/` it needs; one that several screens name exists once */
  providers?: Provider[];
}
