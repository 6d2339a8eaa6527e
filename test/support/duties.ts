import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Pilot {
  units: { key: string; parent?: string }[];
  duties: { unit: string; code: string }[];
}
const pilot = parse(readFileSync('config/pilot/organisation.yaml', 'utf8')) as Pilot;

const DUTY = 'PFLICHTAUFGABE';

/** Code of the duty of a unit of the pilot domain; a department and the statistics unit have that of their office. */
export function dutyOf(unit: string): string {
  const duty = pilot.duties.find((one) => one.unit === unit);
  const parent = pilot.units.find(({ key }) => key === unit)?.parent;
  if (duty) return duty.code;
  if (!parent) throw new Error(`the pilot domain names no duty of ${unit}`);
  return dutyOf(parent);
}

/** What a form with the purpose of a duty says beside it: the duty of the unit whose purpose it is. */
export const namedDuty = (purpose: unknown, unit: string): { duty?: string } =>
  purpose === DUTY ? { duty: dutyOf(unit) } : {};

/** What the card of a product for that purpose says beside it: it was collected for the duty of its office. */
export const collectedFor = (purposes: unknown, unit: string): { collectedForDuties?: string[] } =>
  Array.isArray(purposes) && purposes.includes(DUTY) ? { collectedForDuties: [dutyOf(unit)] } : {};
