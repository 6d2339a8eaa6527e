import { type RunningCity, aRunningCity } from './city.fixture';
import { Office } from './office';

/** API and gateway over HTTP, and the same people and products as an `Office` makes them. */
export async function aCityOffice(): Promise<{ city: RunningCity; office: Office; close(): Promise<void> }> {
  const city = await aRunningCity();
  const office = await Office.behind(city.db, city.apiApp, city.city.local.issuer);
  return { city, office, close: () => city.close() };
}
