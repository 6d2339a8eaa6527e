import type { SeatView } from './unit-lines';
import { day } from '../format';
import { Badge } from '../parts';

/** A seat somebody left is worse than one that was never filled. */
export const GapBadge = ({ seat: { gap, emptySince } }: { seat: SeatView }) =>
  gap && (
    <Badge tone={gap === 'AWAY' || emptySince ? 'danger' : 'warning'}>
      {GAP_TEXT[gap]}
      {emptySince && ` seit ${day(emptySince)}`}
    </Badge>
  );
export const GAP_TEXT: Record<NonNullable<SeatView['gap']>, string> = {
  EMPTY: 'nicht besetzt',
  AWAY: 'zurzeit niemand da',
  NO_DEPUTY: 'ohne Vertretung',
};
