import { defineStates, type StoredStateOf } from '#lib/kernel';

/** An appointment comes into force only when a second person confirms it (SOD-4). */
export const appointmentStates = defineStates({
  PROPOSED: { to: { confirm: 'IN_FORCE', decline: 'DECLINED' } },
  IN_FORCE: { to: { end: 'ENDED' } },
  DECLINED: { to: {} },
  ENDED: { to: {} },
});
export type AppointmentState = StoredStateOf<typeof appointmentStates>;
