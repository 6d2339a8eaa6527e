import type { UnitChangeView } from '#lib/organisation';
import { day, moment } from '../format';
import type { Tone } from '../parts';

/** Where a change stands, in a word. */
export function standing({ state, effectiveAt, tookEffectAt }: UnitChangeView): [Tone, string] {
  if (state === 'PREPARED') return ['warning', 'Vorbereitet, noch nicht bestätigt'];
  if (state === 'CANCELLED') return ['info', 'Verworfen'];
  return tookEffectAt ? ['success', 'In Kraft'] : ['info', `Bestätigt, gilt ab ${moment(effectiveAt)}`];
}

export const inShort = ({ kind, sources, targets, newName, newParentName }: UnitChangeView): string => {
  const from = sources.map(({ name }) => name).join(' und ');
  const to = targets.map(({ name }) => name).join(' und ');
  switch (kind) {
    case 'RENAME':
      return `${from} heißt künftig ${newName}`;
    case 'MOVE':
      return `${from} gehört künftig zu ${newParentName}`;
    case 'MERGE':
      return `${from} ${sources.length > 1 ? 'gehen' : 'geht'} auf in ${to}`;
    case 'SPLIT':
      return `${from} teilt sich in ${to}`;
    case 'DISSOLVE':
      return `${from} wird aufgelöst`;
  }
};

export const orderedFor = ({ orderedFor: at }: UnitChangeView): string =>
  at ? `ab ${day(at)}` : 'sobald die zweite Person bestätigt';
export const CHANGES = { text: 'Änderungen der Organisation', href: '/organisation-changes' };
