import type { CoarserField } from '#lib/requests';
import { CoarserForms, coarserOf } from '../coarser-forms';
import type { Widget } from './widget';

/** For each column with coarser forms a list of them. */
export const coarser: Widget = {
  draw: ({ field, body, choices }) => (
    <CoarserForms
      body={body}
      coarser={choices.coarser}
      legend={field.label}
      hint={field.hint ?? ''}
      asItIs="so genau wie gespeichert"
    />
  ),
  read: (body, _name, columns) => coarserOf(body, [...columns.keys()]),
  write: (value: readonly CoarserField[] | undefined, _name, columns) => {
    const names = [...columns.keys()];
    return Object.fromEntries(
      (value ?? []).map(({ field, mask }) => [`coarser-${names.indexOf(field)}`, JSON.stringify(mask)]),
    );
  },
};
