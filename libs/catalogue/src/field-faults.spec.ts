import type { Mask } from '#lib/sources';
import { fieldFaults } from './field-faults';
import type { FieldInput } from './field-statements';
import type { FieldRow } from './product-version.entity';

const HELD = [{ name: 'x', type: 'DECIMAL', stored: 'DECIMAL(9,2)', suggestedClass: 'NONE' }] as unknown as FieldRow[];
const codes = (mask: Mask | null, ...generalisations: Mask[]): string[] =>
  fieldFaults({ name: 'x', class: 'NONE', mask, generalisations } as unknown as FieldInput, HELD, 0).map(
    ({ code }) => code,
  );
const grid = (metres: number, degrees?: 'LON'): Mask => ({ kind: 'grid', metres, ...(degrees && { degrees }) });
const round = (to: number): Mask => ({ kind: 'round', to });

test.each<[string, string[], string[]]>([
  ['grids of 1000 and 1500 m, which make one of 500', codes(null, grid(1000), grid(1500)), ['steps_crossing']],
  ['the mask and a grid beside it', codes(grid(200), grid(500)), ['steps_crossing']],
  // the nearest multiple of 10 and of 20 have their edges at other places
  ['figures rounded to 10 and to 20', codes(null, round(10), round(20)), ['steps_crossing']],
  ['a grid in metres and one in degrees', codes(null, grid(100), grid(1000, 'LON')), ['steps_crossing']],
  ['grids of which each has the edges of the next', codes(grid(5000), grid(100), grid(1000)), []],
  ['figures rounded to 10 and to 30', codes(null, round(10), round(30)), []],
  ['one grid', codes(null, grid(1500)), []],
])('coarser forms of one field: %s', (_, found, expected) => expect(found).toEqual(expected));
