import { type InputFault, kernelProblems, parse, Problem } from '#lib/kernel';
import { UNIT_CHANGE_KINDS, UNIT_KINDS, type UnitChangeInput, type UnitChangeKind } from '#lib/organisation';
import { z } from 'zod';
import { all, type FormBody, given, one, ticked, wholeNumber } from '../../../layout/form-body';
import { berlinMidnight } from '../../../layout/format';

/** So many units a split begins with on the form, and can have. */
export const ROWS = { first: 2, most: 8 };

export const kindOf = (text: string | undefined): UnitChangeKind | null =>
  UNIT_CHANGE_KINDS.find((kind) => kind === text) ?? null;

/** How many new units the form of a split shows: as many as it had, and one more where that was asked for. */
export function rowsOf(body: FormBody): number {
  const had = wholeNumber(body, 'rows') ?? ROWS.first;
  return Math.min(ROWS.most, Math.max(ROWS.first, (had || ROWS.first) + (one(body, 'step') === 'more' ? 1 : 0)));
}

type Target = Extract<UnitChangeInput, { kind: 'MERGE' }>['into'];

const common = {
  basis: z.string('Bitte nennen Sie die Organisationsverfügung.').max(200, 'Bitte höchstens 200 Zeichen.'),
  orderedFor: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'Bitte nennen Sie einen Tag.')
    .optional(),
};
const unit = z.uuid('Bitte wählen Sie eine Stelle.');
const name = z.string('Bitte nennen Sie den neuen Namen.').max(200, 'Bitte höchstens 200 Zeichen.');
const row = z.object({
  unitId: unit.optional(),
  name: name.optional(),
  kind: z.enum(UNIT_KINDS, 'Bitte wählen Sie die Rechtsform.').optional(),
  parentId: unit.optional(),
});

/**
 * What the form orders. `keyFor` gives a free key for the name of a new unit. Throws `validation_failed` with the names
 * of the form's fields, all faults at once where the form can see them.
 */
export function changeOf(kind: UnitChangeKind, body: FormBody, keyFor: (name: string) => string): UnitChangeInput {
  const order = () => {
    const { basis, orderedFor: day } = parse(z.object(common), {
      basis: given(body, 'basis'),
      orderedFor: given(body, 'orderedFor'),
    });
    return { basis, ...(day ? { orderedFor: berlinMidnight(day) } : {}) };
  };
  const source = () => parse(z.object({ unitId: unit }), { unitId: given(body, 'unitId') });
  switch (kind) {
    case 'RENAME': {
      const [from, rest, to] = together(source, order, () => parse(z.object({ name }), { name: given(body, 'name') }));
      return { kind, ...from, ...rest, ...to };
    }
    case 'MOVE': {
      const [from, rest, to] = together(source, order, () =>
        parse(z.object({ parentId: unit }), { parentId: given(body, 'parentId') }),
      );
      return { kind, ...from, ...rest, ...to };
    }
    case 'DISSOLVE': {
      const [from, rest] = together(source, order);
      return { kind, ...from, ...rest, productsTo: all(body, 'productsTo') };
    }
    case 'MERGE': {
      const sources = () =>
        parse(z.object({ unitIds: z.array(unit).min(1, 'Bitte wählen Sie mindestens eine Stelle.') }), {
          unitIds: all(body, 'unitIds'),
        });
      const [from, into, rest] = together(sources, () => target(body, 0, keyFor), order);
      return { kind, ...from, ...rest, into };
    }
    case 'SPLIT': {
      const rows = Array.from({ length: rowsOf(body) }, (_, at) => at).filter(
        (at) => at < ROWS.first || given(body, `into-${at}-unitId`) || given(body, `into-${at}-name`),
      );
      const [from, rest, ...into] = together(source, order, ...rows.map((at) => () => target(body, at, keyFor)));
      return { kind, ...from, ...rest, into, records: Math.max(rows.indexOf(wholeNumber(body, 'records') ?? 0), 0) };
    }
  }
}

/** Reads all parts of a form, so that all their faults are told at once. */
function together<T extends unknown[]>(...reads: { [K in keyof T]: () => T[K] }): T {
  const errors: InputFault[] = [];
  const values = reads.map((read: () => unknown) => {
    try {
      return read();
    } catch (problem) {
      if (!(problem instanceof Problem) || !problem.errors) throw problem;
      errors.push(...problem.errors);
      return null;
    }
  });
  if (errors.length > 0) throw kernelProblems.validation_failed({ errors });
  return values as T;
}

/** A unit that is there, or a new one; one of the two, not both. */
function target(body: FormBody, at: number, keyFor: (name: string) => string): Target {
  const field = (part: string) => `into-${at}-${part}`;
  const found = row.safeParse({
    unitId: given(body, field('unitId')),
    name: given(body, field('name')),
    kind: given(body, field('kind')),
    parentId: given(body, field('parentId')),
  });
  const wrong = (part: string, detail: string): InputFault => ({
    pointer: `/${field(part)}`,
    code: 'invalid_value',
    detail,
  });
  if (!found.success)
    throw kernelProblems.validation_failed({
      errors: found.error.issues.map(({ path, message }) => wrong(String(path[0]), message)),
    });
  const { unitId, name: title, kind, parentId } = found.data;
  if (unitId && title)
    throw kernelProblems.validation_failed({
      errors: [wrong('name', 'Bitte wählen Sie eine bestehende Stelle oder nennen Sie eine neue, nicht beides.')],
    });
  if (unitId) return { unitId };
  if (!title)
    throw kernelProblems.validation_failed({
      errors: [wrong('unitId', 'Bitte wählen Sie eine Stelle oder nennen Sie den Namen der neuen Stelle.')],
    });
  if (!kind) throw kernelProblems.validation_failed({ errors: [wrong('kind', 'Bitte wählen Sie die Rechtsform.')] });
  return {
    key: keyFor(title),
    name: title,
    kind,
    parentId: parentId ?? null,
    competition: ticked(body, field('competition')),
    nis2: ticked(body, field('nis2')),
  };
}
