/** An appointment comes into force only when a second person confirms it (SOD-4). */
export const APPOINTMENT_STATES = {
  PROPOSED: { confirm: 'IN_FORCE', decline: 'DECLINED' },
  IN_FORCE: { end: 'ENDED' },
  DECLINED: {},
  ENDED: {},
} as const;
export type AppointmentState = keyof typeof APPOINTMENT_STATES;
