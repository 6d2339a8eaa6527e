import type { Facts, Form } from '../facts/facts';
import { COLUMN, FORM } from '../facts/lists';
import type { Value } from '../law/conditions';
import type { Ruleset } from '../law/ruleset';
import { remainder, valueAt } from './match';

/**
 * What whoever offers such a product should know before anybody asks, in German sentences: forms on offer that the program
 * does not deliver, and obligations it can not carry out that follow from the product itself, with who is refused for it.
 * `offered`: null for every form. What depends on the single request is told there.
 */
export function notCarriedOut(
  ruleset: Ruleset,
  product: Partial<Facts['product']>,
  offered: readonly Form[] | null,
): string[] {
  const forms = (offered ?? FORM).filter((form) => ruleset.deliversAs(form));
  const idle = (offered ?? []).filter((form) => !ruleset.deliversAs(form));
  const notices = idle.map(
    (form) =>
      `In der Lieferform „${ruleset.label('form', form)}“ kann das Programm noch nichts liefern. Anfragen in dieser Form werden abgelehnt.`,
  );
  for (const { id, name } of ruleset.unbuilt) {
    const refused = COLUMN.filter(
      (column) =>
        forms.length > 0 && forms.every((form) => alwaysBinds(ruleset, id, knownOf(ruleset, product, column, form))),
    );
    if (refused.length === 0) continue;
    const who = refused.map((column) => ruleset.label('consumer', column)).join(', ');
    notices.push(
      `Das Regelwerk verlangt für diese Daten die Auflage „${name}“. Das Programm kann sie noch nicht umsetzen. ${
        refused.length === COLUMN.length
          ? 'Alle Anfragen werden deshalb abgelehnt.'
          : `Abgelehnt werden deshalb Anfragen von: ${who}.`
      }`,
    );
  }
  return notices;
}

/** Whether a rule binds to the obligation whatever else is said. */
function alwaysBinds({ engine }: Ruleset, obligation: string, known: ReadonlyMap<string, Value>): boolean {
  return engine.variants.some(
    ({ kind, obligations, when }) =>
      (kind === 'PERMIT' || kind === 'REQUIRE') &&
      obligations.some(({ id }) => id === obligation) &&
      remainder(when, known) === true,
  );
}

/** What is known of any ordinary request for the product by such a unit. */
function knownOf(
  { engine }: Ruleset,
  product: Partial<Facts['product']>,
  column: string,
  form: Form,
): ReadonlyMap<string, Value> {
  const { model } = engine.law;
  const known = new Map<string, Value>([
    ['calc.column', column],
    ['calc.emergency', 'NONE'],
    ['form', form],
  ]);
  for (const path of Object.keys(model.paths)) {
    const [group, ...rest] = path.split('.');
    const value =
      group === 'product' && product[rest[0] as keyof typeof product] !== undefined
        ? valueAt(product, rest.join('.'))
        : undefined;
    if (value !== undefined && value !== null) known.set(path, value as Value);
  }
  if (product.personalRef) known.set('calc.personalRef', product.strictestPart ?? product.personalRef);
  return known;
}
