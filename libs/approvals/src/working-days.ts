import { isSunOrHoliday } from 'feiertagejs';

const DAY = 24 * 60 * 60 * 1000;

/** Monday to Friday without the public holidays of Hessen. */
export const isWorkingDay = (day: string): boolean => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  // the library reads local parts of the date: noon is the same day in every time zone of Europe
  const noon = new Date(year, month - 1, date, 12);
  return noon.getDay() !== 6 && !isSunOrHoliday(noon, 'HE');
};

/** The last day of a deadline of so many working days; the day of opening does not count (§ 187 BGB). */
export function lastDay(opened: string, workingDays: number): string {
  let time = Date.parse(`${opened}T00:00:00Z`);
  let day = opened;
  for (let left = workingDays; left > 0;) {
    time += DAY;
    day = new Date(time).toISOString().slice(0, 10);
    if (isWorkingDay(day)) left--;
  }
  return day;
}
