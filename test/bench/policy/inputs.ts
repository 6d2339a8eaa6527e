import {
  ACCESS_RIGHTS,
  AI_USE,
  CONSUMER,
  CONTRACT,
  CONTRACT_GAP,
  CONTRACT_KIND,
  contradictsOpen,
  DETAIL,
  DISCOVER_SCOPE,
  type Facts,
  FIELD_CLASS,
  FORM,
  LEVEL,
  OPENNESS,
  PERSONAL_REF,
  PHASE,
  PROVIDER,
  PURPOSE_REL,
  REVIEW,
  type Ruleset,
  SECRECY,
} from '../../../libs/policy/src';

/** A small generator with a seed (mulberry32): the same inputs on every machine. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Facts as they come: mostly complete and lawful enough to reach the matrix, with every fact now and then at its odd
 * value. `odd` is how often.
 */
export function someInputs(
  count: number,
  seed: number,
  { purposes, legalBases, vocabulary }: Ruleset,
  odd = 0.06,
): Facts[] {
  const next = random(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const rarely = (p = odd): boolean => next() < p;
  const few = <T>(list: readonly T[], p: number): T[] => {
    const picked: T[] = [];
    while (list.length > 0 && next() < p && picked.length < 3) {
      const item = one(list);
      if (!picked.includes(item)) picked.push(item);
    }
    return picked;
  };
  // a secret opens under its own norms only; without them most rules of its chapter would hardly speak
  const normsOf = (secrecy: readonly string[]): string[] =>
    legalBases
      .filter(({ carries = [] }) => carries.some((of) => of.secrecy?.some((word) => secrecy.includes(word))))
      .map(({ code }) => code);
  const codes = { purposes: purposes.map(({ code }) => code), bases: legalBases.map(({ code }) => code) };
  const [evidence, grounds, themes] = (['evidence', 'changeGrounds', 'themes'] as const).map((list) =>
    vocabulary[list].map(({ code }) => code),
  );
  return Array.from({ length: count }, (): Facts => {
    const fields = Array.from({ length: 1 + Math.floor(next() * 6) }, (_, at) => {
      const kind = next() < 0.7 ? 'NONE' : one(FIELD_CLASS);
      return { name: `feld_${at}`, class: kind, needed: next() < 0.9 };
    });
    // a fact that may be absent is written as undefined, as the assembly of facts does: one shape for all
    const flag = (): boolean | undefined => (rarely(odd) ? next() < 0.5 : undefined);
    const relation = one(PURPOSE_REL);
    const secrecy = few(SECRECY, 0.35);
    const personalRef = rarely(0.01) ? null : one(PERSONAL_REF);
    const called = rarely(0.01) ? null : next() < 0.5 ? 'OPEN' : one(OPENNESS);
    // what is called open and is not is refused whatever else is asked: some, or the inputs would say little
    const contradicts = contradictsOpen({ openness: called, personalRef, secrecy }) && !rarely();
    return {
      phase: one(PHASE),
      product: {
        id: 'produkt',
        openness: contradicts ? one(['INTERNAL', 'RESTRICTED'] as const) : called,
        personalRef,
        secrecy,
        protection: { c: next() < 0.7 ? one(['normal', 'hoch'] as const) : one(LEVEL), i: one(LEVEL), a: one(LEVEL) },
        themes: few(themes!, 0.3),
        hasOwner: !rarely(0.01),
        hasDeputy: !rarely(),
        review: rarely(0.02) ? one(REVIEW) : 'VALID',
        licence: next() < 0.5 ? 'dl-de/by-2.0' : null,
        rawSensor: rarely(0.02),
        releasedByStatistics: false,
        coveredBySatzung: next() < 0.5,
        protectedSpecies: rarely(),
        aggregateAlternative: rarely(0.2),
        task: rarely(0.1) ? 'DELEGATED' : 'OWN',
        nonPublicationReason: next() < 0.5 ? 'Grund' : null,
        maxRetentionDays: next() < 0.5 ? 365 : null,
        allowedPurposes: few(codes.purposes, 0.5),
        provider: next() < 0.6 ? 'OFFICE' : one(PROVIDER),
        providerUnit: 'amt',
        rows: next() < 0.8 ? 500 : 50_000,
        strictestPart: rarely(0.03) ? one(PERSONAL_REF) : undefined,
        singleCaseCells: flag(),
        releasedCube: next() < 0.5,
        releasedMicrodata: next() < 0.5,
        recipientKinds: rarely() ? few(CONSUMER, 0.8) : [...CONSUMER],
        offers: rarely() ? few(FORM, 0.8) : [...FORM],
        detailLevels: rarely() ? few(DETAIL, 0.8) : [...DETAIL],
        maxDays: rarely() ? 90 : 366,
        minGroup: rarely() ? 1 + Math.floor(next() * 10) : null,
        aiUse: next() < 0.6 ? 'JA' : one([...AI_USE, null]),
        aiConditions: next() < 0.5 ? 'Nur im eigenen Rechenzentrum.' : null,
        accessRights: next() < 0.8 ? 'PUBLIC' : one([...ACCESS_RIGHTS, null]),
        discoverScope: next() < 0.9 ? 'ALL' : one([...DISCOVER_SCOPE, null]),
        sealedStatistics: rarely(0.02),
        securityRelevant: rarely(),
        entrusted: flag(),
        licenceUntil: rarely(0.03) ? '2027-06-30' : undefined,
        criminalRecords: next() < 0.7 ? false : flag(),
      },
      consumer: {
        kind: one(CONSUMER),
        unit: 'andere',
        competition: rarely(0.2),
        nis2: rarely(0.1),
        holdsKey: rarely(0.1),
        worksFor: next() < 0.5 ? one(CONSUMER.filter((kind) => kind !== 'PROCESSOR')) : undefined,
        personnelDecisions: flag(),
        salesArm: flag(),
      },
      recipient: rarely(0.1)
        ? undefined
        : {
            // who is private gets nothing that is not open
            kind: one(CONSUMER.filter((kind) => kind !== 'PROCESSOR' && (kind !== 'PRIVATE' || rarely()))),
            competition: rarely(0.2),
            processor: rarely(0.2),
            contract: next() < 0.7 ? 'VALID' : one([null, ...CONTRACT] as const),
            gap: rarely(0.1) ? one(CONTRACT_GAP) : null,
            described: rarely(0.1),
          },
      purpose: {
        code: rarely(0.01) ? one([null, 'UNBEKANNT']) : one(codes.purposes),
        relation,
        textGiven: !rarely(0.01),
        changeGround: relation === 'CHANGED' && next() < 0.85 ? one(grounds!) : null,
        singleCase: flag(),
        reidentification: flag(),
      },
      form: one(FORM),
      fields,
      fieldClasses: FIELD_CLASS.filter((kind) => fields.some((field) => field.class === kind)),
      insistsOnFields: rarely(0.2),
      necessityGiven: next() < 0.5,
      legalBasis: rarely(0.01)
        ? ['VERTRAG(4711)', 'UNSINN']
        : [
            ...new Set([
              'DSGVO_6_1_E',
              ...few(codes.bases, 0.6),
              ...few(normsOf(secrecy), 0.7),
              ...(next() < 0.3 ? ['HDSIG_22_2'] : []),
              ...(next() < 0.5 ? ['DSGVO_9_2_F'] : []),
            ]),
          ],
      evidence: few(evidence!, 0.7),
      periodGiven: !rarely(0.01),
      periodMonths: rarely(odd) ? 3 + Math.floor(next() * 14) : undefined,
      periodDays: rarely(odd) ? 1 + Math.floor(next() * 400) : undefined,
      retentionDays: next() < 0.9 ? 30 * (1 + Math.floor(next() * 20)) : null,
      keepableDays: rarely(0.03) ? Math.floor(next() * 700) - 50 : undefined,
      onwardRecipients: rarely() ? ['dritte'] : [],
      thirdCountry: rarely(0.03),
      automatedDecision: rarely(0.03),
      linksPersonalProducts: rarely(),
      nonProduction: rarely(0.03),
      usesAi: rarely(0.03),
      beyondBmg34: flag(),
      groupOfPersons: flag(),
      ownerAddressOnly: flag(),
      exclusive: flag(),
      jointControl: flag(),
      subjectCase: flag(),
      contract: {
        status: one(CONTRACT),
        kinds: few(CONTRACT_KIND, 0.6),
        endsInDays: rarely() ? Math.floor(next() * 60) : undefined,
        describedOnly: rarely(0.1) ? flag() : false,
      },
      singlesOut: rarely(),
    };
  });
}
