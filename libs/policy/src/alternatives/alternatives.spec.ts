// One file: every alternative the search may offer, and what it must never offer.
import fc from 'fast-check';
import { law, someFacts } from '../../../../test/support/law';
import { random, someInputs } from '../../../../test/bench/policy/inputs';
import {
  type Change,
  changedFacts,
  decide,
  type Decision,
  FIELD_CLASS,
  FORM,
  type Facts,
  type Freedom,
  type Suggestion,
  suggestAlternatives,
} from '..';

const ruleset = law();
const next = random(7_2026);
/** Requests that would pass, with one to four things in the way; and as many as they come. */
const inputs = someInputs(6_000, 7_2026, ruleset, 0.02).map((facts, at) => {
  if (at % 4 === 0 || !['PERMIT', 'PERMIT_OBL'].includes(decide(ruleset, facts).outcome)) return facts;
  const ways: Partial<Facts>[] = [
    {
      insistsOnFields: true,
      fields: [...facts.fields, { name: 'zuviel', class: 'SECRET', needed: false }],
      fieldClasses: [...new Set([...facts.fieldClasses, 'SECRET' as const])],
    },
    { thirdCountry: true },
    { automatedDecision: true },
    { linksPersonalProducts: true },
    { legalBasis: ['DSGVO_6_1_A', ...facts.legalBasis] },
  ];
  return Object.assign({}, facts, ...ways.filter(() => next() < 0.4)) as Facts;
});
const refusedOrSlow = inputs
  .filter((facts) => ['FORBID', 'APPROVAL'].includes(decide(ruleset, facts).outcome))
  .reverse();
const helped = refusedOrSlow.filter((facts, at) => at % 3 > 0 || facts.thirdCountry || facts.insistsOnFields);
const anInput = fc.integer({ min: 0, max: helped.length - 1 }).map((at) => helped[at]!);
/** Some fields may be coarsened, each to some lower class. */
const freedomFor = (facts: Facts, pick: number): Freedom => ({
  coarser: Object.fromEntries(
    facts.fields
      .filter((field, at) => field.class !== 'NONE' && (pick >> at) % 2 === 1)
      .map(({ name }) => [name, [{ class: 'NONE' as const, text: 'nur das Jahr' }]]),
  ),
});

const LEVEL: Record<Decision['outcome'], number> = { PERMIT: 0, PERMIT_OBL: 0, APPROVAL: 1, FORBID: 2 };
/** Written anew, so that the checker shares nothing with what it checks. */
function hardness({ outcome, chain }: Decision): [number, number, number] {
  let [days, steps] = [0, 0];
  for (const stage of chain?.stages ?? []) {
    days += stage.map((step) => step.workingDays).sort((a, b) => b - a)[0] ?? 0;
    steps += stage.length;
  }
  return [LEVEL[outcome], days, steps];
}
const better = (a: Decision, b: Decision): boolean => {
  const [x, y] = [hardness(a), hardness(b)];
  const at = x.findIndex((value, i) => value !== y[i]);
  return at >= 0 && x[at]! < y[at]!;
};

test('every suggestion gives what it says: decided on the changed request, the outcome and the days are those', () => {
  let suggestions = 0;
  fc.assert(
    fc.property(anInput, fc.nat(63), (facts, pick) => {
      const freedom = freedomFor(facts, pick);
      for (const suggestion of suggestAlternatives(ruleset, facts, freedom).suggestions) {
        suggestions++;
        const decision = decide(ruleset, changedFacts(ruleset, facts, freedom, suggestion.changes));
        expect(decision.outcome).toBe(suggestion.outcome);
        expect(hardness(decision)[1]).toBe(suggestion.workingDays);
        expect(better(decision, decide(ruleset, facts))).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
  expect(suggestions).toBeGreaterThan(40);
});

test('no suggestion asks for more: fields, classes, form, days, recipients and declarations only shrink, the purpose stays', () => {
  const coarse = (form: Facts['form']): number =>
    ({ API_LIVE: 0, ROWLEVEL: 1, DOCUMENT: 1, GEO_AGG: 2, TABLE_AGG: 2 })[form];
  fc.assert(
    fc.property(anInput, fc.nat(63), (facts, pick) => {
      const freedom = freedomFor(facts, pick);
      for (const { changes } of suggestAlternatives(ruleset, facts, freedom).suggestions) {
        const less = changedFacts(ruleset, facts, freedom, changes);
        const {
          fields,
          fieldClasses,
          insistsOnFields,
          form,
          retentionDays,
          onwardRecipients,
          legalBasis,
          thirdCountry,
          automatedDecision,
          linksPersonalProducts,
          nonProduction,
          usesAi,
          exclusive,
          purpose: { changeGround: _ground, relation, ...purpose },
          evidence,
          periodMonths,
          periodDays,
          recipient,
          ...rest
        } = less;
        const { changeGround: _before, relation: stood, ...purposeBefore } = facts.purpose;
        expect(purpose).toEqual(purposeBefore);
        // only what is shown for it makes research compatible with what the data was collected for
        expect(relation === stood || evidence.includes('FORSCHUNGSKONZEPT')).toBe(true);
        expect(facts.evidence.every((code) => evidence.includes(code))).toBe(true);
        // months nobody had said follow from the days of the shorter use
        expect(
          periodMonths === facts.periodMonths || facts.periodMonths === undefined || periodMonths! < facts.periodMonths,
        ).toBe(true);
        expect(periodDays === facts.periodDays || periodDays! <= (facts.periodDays ?? 366)).toBe(true);
        expect(fields.length).toBeGreaterThan(0);
        for (const field of fields) {
          const before = facts.fields.find(({ name }) => name === field.name)!;
          expect(FIELD_CLASS.indexOf(field.class)).toBeLessThanOrEqual(FIELD_CLASS.indexOf(before.class));
        }
        expect([...fieldClasses].sort()).toEqual([...new Set(fields.map((field) => field.class))].sort());
        expect(form === facts.form || coarse(form) > coarse(facts.form)).toBe(true);
        expect(retentionDays === facts.retentionDays || retentionDays! < (facts.retentionDays ?? Infinity)).toBe(true);
        for (const [now, before] of [
          [insistsOnFields, facts.insistsOnFields],
          [thirdCountry, facts.thirdCountry],
          [automatedDecision, facts.automatedDecision],
          [linksPersonalProducts, facts.linksPersonalProducts],
          [nonProduction, facts.nonProduction],
          [usesAi, facts.usesAi],
          [exclusive, facts.exclusive],
        ]) {
          expect(now === true && before !== true).toBe(false);
        }
        expect(onwardRecipients.every((unit) => facts.onwardRecipients.includes(unit))).toBe(true);
        const known = ruleset.suggestedLegalBases(facts.purpose.code);
        expect(legalBasis.every((code) => facts.legalBasis.includes(code) || known.includes(code))).toBe(true);
        const itself = { kind: facts.consumer.kind, competition: facts.consumer.competition, processor: false };
        if (JSON.stringify(recipient) !== JSON.stringify(facts.recipient)) expect(recipient).toMatchObject(itself);
        for (const [key, value] of Object.entries(rest)) expect(value).toEqual(facts[key as keyof Facts]);
      }
    }),
    { numRuns: 400 },
  );
});

/** The facts after any set of single changes: each field alone, each basis alone. Nothing is shared with the search. */
function singles(facts: Facts): { key: string; apply: (facts: Facts) => Facts }[] {
  const fieldsOf = (now: Facts, fields: Facts['fields']): Facts => ({
    ...now,
    fields,
    fieldClasses: [...new Set(fields.map((field) => field.class))],
  });
  const list: { key: string; apply: (facts: Facts) => Facts }[] = facts.fields.map(({ name }) => ({
    key: `field ${name}`,
    apply: (now) =>
      fieldsOf(
        now,
        now.fields.filter((field) => field.name !== name),
      ),
  }));
  if (facts.insistsOnFields) list.push({ key: 'insist', apply: (now) => ({ ...now, insistsOnFields: false }) });
  for (const code of facts.legalBasis)
    list.push({
      key: `less ${code}`,
      apply: (now) => ({ ...now, legalBasis: now.legalBasis.filter((one) => one !== code) }),
    });
  for (const what of [
    'thirdCountry',
    'automatedDecision',
    'linksPersonalProducts',
    'nonProduction',
    'exclusive',
    'usesAi',
  ] as const) {
    if (facts[what]) list.push({ key: what, apply: (now) => ({ ...now, [what]: false }) });
  }
  for (const form of FORM)
    if (form.endsWith('AGG') && !facts.form.endsWith('AGG'))
      list.push({ key: `form ${form}`, apply: (now) => ({ ...now, form }) });
  return list;
}
const keysOf = (changes: readonly Change[]): string[] =>
  changes.flatMap((change): string[] => {
    switch (change.kind) {
      case 'DROP_FIELDS':
        return change.fields.map((name) => `field ${name}`);
      case 'NOT_INSIST':
        return ['insist'];
      case 'DROP_BASIS':
        return [`less ${change.code}`];
      case 'NOT':
        return [change.what];
      case 'FORM':
        return [`form ${change.form}`];
      case 'ADD_BASIS':
      case 'ADD_EVIDENCE':
      case 'COARSEN_FIELDS':
      case 'GROUND':
      case 'NO_ONWARD':
      case 'NO_PROCESSOR':
      case 'PERIOD':
      case 'DAYS':
      case 'PRODUCT':
      case 'RECIPIENT':
      case 'RETENTION':
        return ['other'];
    }
  });

test('against brute force over single changes: what is suggested is minimal, and the fewest changes are found', () => {
  const small = refusedOrSlow
    .filter(({ fields, legalBasis, form }) => fields.length <= 4 && legalBasis.length <= 2 && form !== 'API_LIVE')
    .slice(0, 1_000);
  let ways = 0;
  for (const facts of small) {
    const list = singles(facts).filter(({ key }) => !key.startsWith('other'));
    const permits: string[][] = [];
    for (let mask = 1; mask < 1 << list.length; mask++) {
      const set = list.filter((_, at) => (mask >> at) & 1);
      if (set.filter(({ key }) => key.startsWith('form')).length > 1) continue;
      const changed = set.reduce((now, { apply }) => apply(now), facts);
      if (changed.fields.length > 0 && LEVEL[decide(ruleset, changed).outcome] === 0)
        permits.push(set.map(({ key }) => key));
    }
    const minimal = permits.filter(
      (set) => !permits.some((other) => other.length < set.length && other.every((key) => set.includes(key))),
    );
    const { suggestions } = suggestAlternatives(ruleset, facts);
    const ours = suggestions
      .filter(({ outcome, changes }) => outcome !== 'APPROVAL' && !keysOf(changes).includes('other'))
      .map(({ changes }) => keysOf(changes));
    for (const set of ours) {
      ways++;
      expect(minimal).toContainEqual(expect.arrayContaining(set));
      expect(minimal.some((other) => other.length === set.length && other.every((key) => set.includes(key)))).toBe(
        true,
      );
    }
    // what needs no other legal basis is found when nothing else was better
    if (minimal.length > 0) expect(suggestions.some(({ outcome }) => outcome !== 'APPROVAL')).toBe(true);
  }
  expect(ways).toBeGreaterThan(30);
});

describe('in words', () => {
  const only = (facts: Facts, freedom: Freedom = {}): Suggestion | undefined =>
    suggestAlternatives(ruleset, facts, freedom).suggestions[0];
  const insisting = someFacts({
    product: { openness: 'INTERNAL' },
    insistsOnFields: true,
    fields: [
      { name: 'baumart', class: 'NONE', needed: true },
      { name: 'alarmcode', class: 'SECRET', needed: false },
    ],
    fieldClasses: ['NONE', 'SECRET'],
  });

  test('who insists on a field beyond the purpose learns that it goes at once without', () => {
    const texts = suggestAlternatives(ruleset, insisting).suggestions.map(({ text }) => text);
    expect(texts).toEqual([
      'So ginge es sofort: ohne auf Feldern zu bestehen, die der Zweck nicht braucht.',
      'So ginge es sofort: ohne das Feld „alarmcode“.',
    ]);
  });

  test('a field that may be coarsened need not go', () => {
    const freedom: Freedom = { coarser: { alarmcode: [{ class: 'NONE', text: 'nur das Jahr' }] } };
    const texts = suggestAlternatives(ruleset, insisting, freedom).suggestions.map(({ text }) => text);
    expect(texts).toContain('So ginge es sofort: mit gröberen Angaben: „alarmcode“ (nur das Jahr).');
  });

  test('of fields that stand in the way together some may be coarsened and the others go', () => {
    const facts = {
      ...insisting,
      fields: [...insisting.fields, { name: 'schluessel', class: 'SECRET' as const, needed: false }],
    };
    const freedom: Freedom = { coarser: { alarmcode: [{ class: 'NONE', text: 'nur das Jahr' }] } };
    const texts = suggestAlternatives(ruleset, facts, freedom).suggestions.map(({ text }) => text);
    expect(texts).toContain(
      'So ginge es sofort: mit gröberen Angaben: „alarmcode“ (nur das Jahr), ohne das Feld „schluessel“.',
    );
  });

  test('who asks for too long learns how long it may be, with a reference to persons half as long', () => {
    const plain = someFacts({ product: { openness: 'INTERNAL' }, periodMonths: 24 });
    expect(only(plain)).toMatchObject({
      text: 'So ginge es sofort: für höchstens 12 Monate.',
      changes: [{ kind: 'PERIOD', months: 12 }],
    });
    // half as long would pass as well, and is no way of its own
    const open = someFacts({ product: { openness: 'OPEN' }, consumer: { kind: 'OTHER_OFFICE' }, periodMonths: 49 });
    expect(suggestAlternatives(ruleset, open, {}).suggestions.map(({ changes }) => changes)).toEqual([
      [{ kind: 'PERIOD', months: 12 }],
    ]);
    const own = someFacts({
      product: { openness: 'INTERNAL', personalRef: 'PERSONAL' },
      consumer: { kind: 'SAME_OFFICE' },
      legalBasis: ['DSGVO_6_1_E'],
      periodMonths: 12,
    });
    expect(only(own)?.text).toBe('So ginge es sofort: für höchstens 6 Monate.');
  });

  test('a ground for the change of purpose and evidence are offered where the rules ask for them', () => {
    const changed = someFacts({
      product: { openness: 'INTERNAL', personalRef: 'PERSONAL' },
      consumer: { kind: 'SAME_OFFICE' },
      purpose: { relation: 'CHANGED' },
      legalBasis: ['DSGVO_6_1_E'],
    });
    expect(decide(ruleset, changed).rules).toContain('R-GEN-07');
    expect(only(changed)?.text).toMatch(
      /^So wäre es mit Genehmigung möglich \(.*\): mit einem Grund für die Zweckänderung, zum Beispiel „/,
    );
    const abroad = someFacts({ product: { openness: 'INTERNAL' }, thirdCountry: true });
    const texts = suggestAlternatives(ruleset, abroad).suggestions.map(({ text }) => text);
    expect(texts).toContain('So ginge es sofort: mit Verarbeitung nur in der EU.');
    // evidence is looked at by people: it is offered where nothing quicker helps, and never as „sofort“
    const barracks = someFacts({ product: { openness: 'INTERNAL', themes: ['BUNDESWEHR'] } });
    expect(suggestAlternatives(ruleset, barracks).suggestions.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(
        /^So wäre es mit Genehmigung möglich \(höchstens \d+ Arbeitstage\): mit dem Nachweis „Zustimmung des Bundesverteidigungsministeriums“, wenn Sie ihn vorlegen können\.$/,
      ),
    );
  });

  test('another office of the applicant is offered where it would be let in', () => {
    const facts = someFacts({ product: { openness: 'INTERNAL' }, consumer: { kind: 'PRIVATE' } });
    const recipients = [
      {
        id: 'u1',
        name: 'Umweltamt',
        consumer: { ...facts.consumer, kind: 'OTHER_OFFICE' as const },
        contract: facts.contract,
      },
    ];
    expect(suggestAlternatives(ruleset, facts, { recipients }).suggestions.map(({ text }) => text)).toContain(
      'So ginge es sofort: wenn Ihre Stelle „Umweltamt“ den Antrag stellt.',
    );
  });

  test('who names a processor that the owner gives nothing to learns that it goes without', () => {
    const processor = {
      kind: 'PRIVATE' as const,
      competition: false,
      processor: true,
      contract: 'VALID' as const,
      gap: null,
      described: false,
    };
    const facts = someFacts({
      product: { openness: 'INTERNAL', recipientKinds: ['OTHER_OFFICE', 'EIGENBETRIEB'] },
      consumer: { kind: 'OTHER_OFFICE' },
      recipient: processor,
      onwardRecipients: ['dienstleister'],
    });
    const text = 'So ginge es sofort: ohne Auftragsverarbeiter.';
    const freedom: Freedom = { processorOnward: 'dienstleister' };
    const [without] = suggestAlternatives(ruleset, facts, freedom).suggestions;
    expect(without).toMatchObject({ text, changes: [{ kind: 'NO_PROCESSOR' }] });
    expect(changedFacts(ruleset, facts, freedom, without!.changes)).toMatchObject({
      recipient: { kind: 'OTHER_OFFICE', processor: false, contract: null },
      onwardRecipients: [],
    });
    // it stays away when another office asks
    const other = { ...facts.consumer, kind: 'EIGENBETRIEB' as const };
    const recipients = [{ id: 'u1', name: 'Betrieb', consumer: other, contract: facts.contract, recipient: processor }];
    const changes: Change[] = [{ kind: 'NO_PROCESSOR' }, { kind: 'RECIPIENT', id: 'u1', name: 'Betrieb' }];
    expect(changedFacts(ruleset, facts, { recipients }, changes).recipient).toMatchObject({
      kind: 'EIGENBETRIEB',
      processor: false,
    });
    // who asks as a processor can not do without itself
    const itself = someFacts({ ...facts, consumer: { kind: 'PROCESSOR', worksFor: 'OTHER_OFFICE' } });
    expect(suggestAlternatives(ruleset, itself).suggestions.map((one) => one.text)).not.toContain(text);
  });

  test('the aggregate product is named only when the reader may see it', () => {
    const facts = someFacts({
      product: { openness: 'RESTRICTED', personalRef: 'PERSONAL', aggregateAlternative: true },
      consumer: { kind: 'OTHER_OFFICE' },
      legalBasis: ['DSGVO_6_1_E'],
    });
    const aggregate = {
      title: 'Bäume je Ortsbezirk',
      product: { ...facts.product, id: 'anderes', openness: 'INTERNAL' as const, personalRef: 'AGGREGATED' as const },
      fields: facts.fields,
    };
    expect(only(facts, { aggregate })?.text).toBe(
      'So ginge es sofort: mit dem zusammengefassten Datenprodukt „Bäume je Ortsbezirk“.',
    );
    for (const { text } of suggestAlternatives(ruleset, facts).suggestions) expect(text).not.toContain('Ortsbezirk');
  });

  test('a permitted request gets no suggestion, and what nothing helps gets none', () => {
    expect(suggestAlternatives(ruleset, someFacts()).suggestions).toEqual([]);
    expect(suggestAlternatives(ruleset, someFacts({ product: { hasOwner: false } })).suggestions).toEqual([]);
  });

  test('no sentence names a rule', () => {
    for (const facts of refusedOrSlow.slice(0, 200)) {
      for (const { text } of suggestAlternatives(ruleset, facts).suggestions) {
        expect(text).not.toMatch(/\b[A-Z]-[A-Z]{3}-\d|M:[A-Z]/);
        for (const { id } of ruleset.rules) expect(text).not.toContain(id);
      }
    }
  });
});
