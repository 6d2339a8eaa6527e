/** DATENRAUM_FULL=1 tries searches at their full size; without it a sixth of them, so that the fast part stays fast. */
export const runs = (full: number): number => (process.env.DATENRAUM_FULL === '1' ? full : Math.ceil(full / 6));
