// Above the usual size on purpose: the whole role concept as straight-line code, written by hand from its text and
// sharing nothing with the engine. It is the reference of the benchmark and the checker of the engine.
import type { Facts } from '../../../libs/policy/src';

export interface ByHand {
  outcome: 'PERMIT' | 'PERMIT_OBL' | 'APPROVAL' | 'FORBID';
  rules: string[];
  /** `O-SDC(WAERME)` */
  obligations: { id: string; value: string | number | readonly string[] | null }[];
  /** steps in order, those of one rank side by side */
  steps: readonly string[];
}

// steps as bits, in the order of ranks
const REQ_HEAD = 1,
  STEWARD = 2,
  DSB = 4,
  ISB = 8,
  STAT = 16,
  LEGAL = 32,
  EVIDENCE = 64,
  OWNER = 128,
  IN_PERSON = 256,
  HEAD_OF_CITY = 512,
  SK = 1024,
  OPENDATA = 2048,
  GS = 4096;
const A1 = REQ_HEAD | OWNER;
const A2 = STEWARD | OWNER | OPENDATA | GS;
const A3 = REQ_HEAD | STEWARD | DSB | OWNER | GS;
const A4 = REQ_HEAD | STEWARD | DSB | ISB | LEGAL | OWNER | GS;
const A5 = A4 | SK;
const A6 = REQ_HEAD | STEWARD | DSB | ISB | LEGAL | EVIDENCE | IN_PERSON | GS;
const A7 = A6 | HEAD_OF_CITY;
const A8 = REQ_HEAD | STEWARD | ISB | OWNER | GS;

const NAMES: [number, string][] = [
  [REQ_HEAD, 'REQ_HEAD'],
  [STEWARD, 'STEWARD'],
  [LEGAL, 'LEGAL'],
  [EVIDENCE, 'EVIDENCE'],
  [HEAD_OF_CITY, 'LEITUNG_VERWALTUNG'],
  [SK, 'SK'],
  [OPENDATA, 'OPENDATA'],
  [GS, 'GS'],
];
const ORDER = [
  'REQ_HEAD',
  'STEWARD',
  'opinions',
  'LEGAL',
  'EVIDENCE',
  'owner',
  'LEITUNG_VERWALTUNG',
  'SK',
  'OPENDATA',
  'GS',
];
const stepsByMask = new Map<number, readonly string[]>();

function stepsOf(mask: number): readonly string[] {
  let steps = stepsByMask.get(mask);
  if (!steps) {
    const named = new Map(NAMES.filter(([bit]) => mask & bit).map(([, name]) => [name, name]));
    const opinions = [mask & DSB && 'DSB', mask & ISB && 'ISB', mask & STAT && 'STAT'].filter(Boolean).join('+');
    if (opinions) named.set('opinions', opinions);
    if (mask & (OWNER | IN_PERSON)) named.set('owner', mask & IN_PERSON ? 'OWNER_IN_PERSON' : 'OWNER');
    steps = ORDER.flatMap((name) => named.get(name) ?? []);
    stepsByMask.set(mask, steps);
  }
  return steps;
}

const RANK: Record<string, number> = { NONE: 0, AGGREGATED: 1, PSEUDONYMISED: 2, PERSONAL: 3, SPECIAL: 4 };
const GROUNDS = new Set([
  'EINWILLIGUNG',
  'RECHTSVORSCHRIFT',
  'INTERESSE_DER_PERSON',
  'PRUEFUNG_ANGABEN',
  'GEFAHRENABWEHR',
  'STRAFVERFOLGUNG',
  'RECHTE_ANDERER',
  'AUFSICHT_PRUEFUNG',
  'AUSBILDUNG',
]);
const TASKS = new Set([
  'DSGVO_6_1_C',
  'DSGVO_6_1_D',
  'DSGVO_6_1_E',
  'HDSIG_3',
  'HDSIG_22_1',
  'HDSIG_24',
  'BMG_34',
  'BMG_34_3',
  'BMG_37_1',
  'BMG_37_2',
  'SGB10_67C',
  'SGB10_68',
  'SGB10_69',
  'SGB10_71',
  'SGB10_75',
  'SGB8_64_3',
  'SGB8_80',
  'AO_30_4_1',
  'AO_30_4_2',
  'AO_30_4_5',
  'AO_31_3',
  'HESSLSTATG_11',
  'HESSLSTATG_12',
  'SATZUNG_STAT_1990',
  'WPG_10',
  'HEG',
  'BAUGB_138',
  'BAUGB_200',
  'HBO',
  'HSCHG',
  'IFSG',
  'HVGG',
]);
const STATUTES = new Set([
  'DSGVO_6_1_C',
  'HDSIG_22_1',
  'BMG_34',
  'BMG_34_3',
  'BMG_37_1',
  'BMG_37_2',
  'SGB10_68',
  'SGB10_69',
  'SGB10_71',
  'SGB10_75',
  'SGB8_64_3',
  'SGB8_80',
  'AO_30_4_1',
  'AO_30_4_2',
  'AO_30_4_5',
  'AO_31_3',
  'HSCHG',
  'IFSG',
]);
const SOCIAL = new Set(['SGB10_68', 'SGB10_69', 'SGB10_71', 'SGB10_75']);
const PROFILES = ['INTERN_STD', 'AUSTAUSCH', 'OEFFENTLICH', 'SENSITIV'];

export interface Lists {
  purposes: ReadonlySet<string>;
  legalBases: ReadonlySet<string>;
}

export function decideByHand(f: Facts, lists: Lists): ByHand {
  const { product, consumer, purpose, legalBasis, evidence, contract, phase, form, fields } = f;
  const { secrecy, themes, openness, provider } = product;

  // what the facts mean for this consumer
  let ref = product.personalRef;
  if (ref === 'PSEUDONYMISED' && consumer.holdsKey) ref = 'PERSONAL';
  if (ref !== null && product.strictestPart != null && RANK[product.strictestPart]! > RANK[ref]!)
    ref = product.strictestPart;
  const rank = ref === null ? -1 : RANK[ref]!;
  const pseudo = rank >= 2;
  const personal = rank >= 3;
  const aggregated = ref === 'AGGREGATED';
  let column: string = consumer.kind === 'PROCESSOR' ? (consumer.worksFor ?? 'PROCESSOR') : consumer.kind;
  if (column === 'EIGENBETRIEB' && consumer.competition) column = 'GESELLSCHAFT';
  const processor = consumer.kind === 'PROCESSOR';
  const covered = product.coveredBySatzung;
  let c: string = product.protection.c;
  if (personal && product.rows > 10000 && !(column === 'STATISTIKSTELLE' && covered))
    c = c === 'normal' ? 'hoch' : 'sehr_hoch';
  const same = column === 'SAME_OFFICE';
  const toStatistics = column === 'STATISTIKSTELLE';
  const company = column === 'GESELLSCHAFT';
  const toPublic = column === 'PUBLIC';
  const otherPublic = column === 'OTHER_PUBLIC';
  const research = column === 'RESEARCH';
  const table = form === 'TABLE_AGG' || form === 'GEO_AGG';
  const rows = !table;
  const request = phase === 'REQUEST';
  const valid = contract.status === 'VALID';
  const interim = openness === 'INTERNAL' || openness === 'RESTRICTED';
  const changed = purpose.relation === 'CHANGED';
  const privileged = purpose.relation === 'PRIVILEGED';
  const has = (list: readonly string[], value: string) => list.includes(value);
  const some = (list: readonly string[], set: ReadonlySet<string>) => list.some((value) => set.has(value));
  const statistics = has(secrecy, 'STATISTIK');
  const melde = has(secrecy, 'MELDE');
  const social = has(secrecy, 'SOZIAL');
  const tax = has(secrecy, 'STEUER');
  const secret = has(secrecy, 'GESCHAEFTSGEHEIMNIS');
  const law = has(evidence, 'RECHTSNORM');
  const code = purpose.code;

  let masked: string[] | null = null;
  let beyond = false;
  for (const field of fields) {
    if (field.class === 'DIRECT_ID' && !personal) (masked ??= []).push(field.name);
    else if (!field.needed) beyond = true;
  }

  // ── forbidden ──
  const no: string[] = [];
  if (!product.hasOwner || openness === null || product.personalRef === null || product.review !== 'VALID')
    no.push('R-GEN-01');
  if (!purpose.textGiven || code === null || !lists.purposes.has(code) || !f.periodGiven) no.push('R-GEN-02');
  let unknownBasis = false;
  for (const basis of legalBasis)
    if (!lists.legalBases.has(basis) && !/^VERTRAG\(.*\)$/.test(basis)) unknownBasis = true;
  if ((pseudo && legalBasis.length === 0) || unknownBasis) no.push('R-GEN-03');
  if (changed && pseudo && !(purpose.changeGround !== null && GROUNDS.has(purpose.changeGround))) no.push('R-GEN-07');
  if (
    pseudo &&
    (column === 'OTHER_OFFICE' || column === 'EIGENBETRIEB' || otherPublic) &&
    legalBasis.length > 0 &&
    !some(legalBasis, TASKS)
  )
    no.push('R-GEN-08');
  if (
    pseudo &&
    company &&
    !processor &&
    provider !== 'GESELLSCHAFT' &&
    !(has(legalBasis, 'HDSIG_22_2') && has(evidence, 'ZWECKVERPFLICHTUNG'))
  )
    no.push('R-GEN-09');
  if (f.thirdCountry && !has(evidence, 'GARANTIEN_DRITTLAND')) no.push('R-GEN-11');
  if (f.automatedDecision && !has(evidence, 'GRUNDLAGE_ART_22')) no.push('R-GEN-12');
  if (f.nonProduction && pseudo) no.push('R-GEN-16');
  const months = f.periodMonths ?? 0;
  if (ref !== null && months > (pseudo ? 6 : 12)) no.push('R-GEN-19');
  if (statistics && rows && !product.releasedByStatistics && !toStatistics && !(same && provider === 'STATISTIKSTELLE'))
    no.push('R-STA-01');
  if (toStatistics && !covered && (openness === 'RESTRICTED' || (openness === 'INTERNAL' && rank >= 1) || pseudo))
    no.push('R-STA-03');
  if (has(themes, 'ZENSUS') && pseudo && !toStatistics) no.push('R-STA-04');
  if (statistics && product.singleCaseCells === true && !toStatistics) no.push('R-STA-06');
  if (purpose.reidentification === true) no.push('R-STA-07');
  if (statistics && purpose.singleCase === true) no.push('R-STA-09');
  if (statistics && code === 'BETRIEB_TEST' && rows) no.push('R-STA-10');
  if (research && statistics && rows && !product.releasedByStatistics) no.push('R-STA-12');
  const beyond34 = f.beyondBmg34 !== false;
  if (
    melde &&
    pseudo &&
    (form === 'ROWLEVEL' || form === 'DOCUMENT') &&
    f.groupOfPersons !== false &&
    !same &&
    !toStatistics &&
    beyond34
  )
    no.push('R-MEL-03');
  if (melde && pseudo && company) no.push('R-MEL-06');
  if (
    social &&
    pseudo &&
    rows &&
    !same &&
    !(some(legalBasis, SOCIAL) && (law || has(evidence, 'GENEHMIGUNG_LANDESBEHOERDE')))
  )
    no.push('R-SOZ-01');
  const planning =
    code === 'PLANUNG_SOZIAL' || code === 'PLANUNG_JUGENDHILFE' || code === 'STADTFORSCHUNG' || code === 'FORSCHUNG';
  if (
    social &&
    pseudo &&
    planning &&
    !same &&
    !(has(evidence, 'GENEHMIGUNG_LANDESBEHOERDE') && has(evidence, 'DATENSCHUTZKONZEPT'))
  )
    no.push('R-SOZ-02');
  if (product.entrusted === true) no.push('R-SOZ-05');
  if (social && ref === 'SPECIAL' && !same && !(some(legalBasis, SOCIAL) && law)) no.push('R-SOZ-06');
  if (social && pseudo && (company || research) && !has(evidence, 'ZWECKVERPFLICHTUNG')) no.push('R-SOZ-07');
  if (processor && social && pseudo && !(has(evidence, 'ANZEIGE_AUFSICHT') && has(evidence, 'WEITERE_VORAUSSETZUNGEN')))
    no.push('R-SOZ-08');
  if (social && has(secrecy, 'BESCHAEFTIGTE') && consumer.personnelDecisions !== false) no.push('R-SOZ-10');
  const owners = f.ownerAddressOnly === true && has(legalBasis, 'AO_31_3');
  if (tax && pseudo && rows && !same) {
    const ground =
      legalBasis.some((basis) => basis.startsWith('AO_30_4_')) &&
      (law || has(evidence, 'VERFAHRENSGRUND') || has(evidence, 'EINWILLIGUNG'));
    if (!ground && !owners && !(code === 'RECHNUNGSPRUEFUNG' && has(evidence, 'RECHNUNGSPRUEFUNG')))
      no.push('R-STE-01');
  }
  if (tax && owners && (company || research || toPublic)) no.push('R-STE-02');
  if (tax && pseudo && form === 'API_LIVE' && !has(evidence, 'VERFAHRENSGRUND')) no.push('R-STE-03');
  const staff = has(secrecy, 'BESCHAEFTIGTE');
  if (
    staff &&
    pseudo &&
    !(has(legalBasis, 'HDSIG_23') && (code === 'PFLICHTAUFGABE' || code === 'ORGANISATION_CONTROLLING') && law)
  )
    no.push('R-BES-01');
  if (
    has(secrecy, 'BERUF_203') &&
    pseudo &&
    !has(evidence, 'SCHWEIGEPFLICHT_ENTBINDUNG') &&
    !has(evidence, 'UEBERMITTLUNGSPFLICHT')
  )
    no.push('R-BER-01');
  const health = has(secrecy, 'GESUNDHEIT');
  if (health && !same && pseudo && !(has(legalBasis, 'IFSG') && (law || has(evidence, 'UEBERMITTLUNGSPFLICHT'))))
    no.push('R-GES-01');
  const agreed = valid || has(evidence, 'ZUSTIMMUNG_UNTERNEHMEN');
  if (secret && !same && (toPublic || (!request && !agreed))) no.push('R-GEH-01');
  if (has(secrecy, 'VERGABE') && !same && !has(evidence, 'ZUSCHLAG_ERTEILT')) no.push('R-VER-01');
  const critical = has(secrecy, 'KRITIS');
  if (critical && (openness === 'OPEN' || openness === 'INTERNAL' || product.protection.c === 'normal' || toPublic))
    no.push('R-KRI-01');
  const unbundled = has(secrecy, 'ENTFLECHTUNG');
  if (unbundled && consumer.salesArm === true) no.push('R-ENT-01');
  if (has(themes, 'SMART_METER') && rows && !has(legalBasis, 'MSBG')) no.push('R-ENT-02');
  const landOwners = has(secrecy, 'EIGENTUEMER') && pseudo && !same;
  if (landOwners && !has(legalBasis, 'HVGG') && !has(legalBasis, 'GBO_12')) no.push('R-EIG-01');
  const thirdParty = has(secrecy, 'URHEBER_LIZENZ');
  if (thirdParty && toPublic && product.licence === null) no.push('R-LIZ-01');
  const pupils = has(secrecy, 'SCHULE') && pseudo && rows && !same;
  if (pupils && !has(legalBasis, 'HSCHG')) no.push('R-SCH-01');
  if (product.rawSensor || (has(secrecy, 'VIDEO_SENSOR') && pseudo)) no.push('R-VID-01');
  if (code === 'WAERMEPLANUNG' && pseudo) no.push('R-WPG-02');
  if (has(themes, 'BUNDESWEHR') && !has(evidence, 'ZUSTIMMUNG_BMVG')) no.push('R-WPG-04');
  const redevelopment = has(themes, 'SANIERUNG') && pseudo;
  const forRedevelopment = code === 'STADTPLANUNG' && has(legalBasis, 'BAUGB_138');
  if (redevelopment && !forRedevelopment) no.push('R-SAN-01');
  if (
    toPublic &&
    openness === 'OPEN' &&
    (ref === 'NONE' || aggregated) &&
    product.task === 'DELEGATED' &&
    !has(evidence, 'ZUSTIMMUNG_AUFSICHT')
  )
    no.push('R-OPN-01');
  if (toPublic && provider === 'GESELLSCHAFT' && !has(evidence, 'ZUSTIMMUNG_UNTERNEHMEN')) no.push('R-OPN-05');
  const exclusive = f.exclusive === true;
  if (exclusive && !has(evidence, 'PRUEFUNG_AUSSCHLIESSLICHKEIT')) no.push('R-OPN-06');
  if (processor && !(valid && has(contract.kinds, 'AVV'))) no.push('R-AVV-01');
  const companyContract = company && !processor && interim;
  if (companyContract && !request && !valid) no.push('R-CON-01');
  const foreign =
    interim &&
    !processor &&
    column !== 'PROCESSOR' &&
    column !== 'AUDIT' &&
    column !== 'PRIVATE' &&
    !toPublic &&
    (company || otherPublic || research || ((provider === 'GESELLSCHAFT' || provider === 'OTHER_PUBLIC') && !same));
  if (foreign && !request && !valid) no.push('R-CON-03');
  if (column === 'PRIVATE') no.push('R-CON-04');
  const joint = f.jointControl === true;
  const jca = valid && has(contract.kinds, 'JCA');
  if (joint && !request && !jca) no.push('R-JCA-01');
  const mandate = has(evidence, 'PRUEFAUFTRAG');
  const audit = column === 'AUDIT';
  if (audit && !mandate) no.push('R-AUD-01');
  if (audit && pseudo && !has(evidence, 'OFFENLEGUNG')) no.push('R-AUD-02');
  if (f.subjectCase === true && phase === 'DELIVERY') no.push('R-SUB-01');

  // ── the matrix ──
  let row = '';
  // what the cell asks for: -1 forbidden, 0 permitted, else steps
  let cell = -2;
  let sets = '';
  const inMatrix =
    same ||
    column === 'OTHER_OFFICE' ||
    toStatistics ||
    column === 'EIGENBETRIEB' ||
    company ||
    otherPublic ||
    research ||
    toPublic;
  // the stages a chain gains when confidentiality is very high
  let raisedBy = 0;
  if (inMatrix && ref !== null) {
    const pick = (chain: number, obligations = 'O') => {
      cell = chain;
      sets = obligations;
    };
    const statTable = A3 | (table ? STAT : 0);
    const a3 = () => {
      pick(statTable);
      raisedBy = A6;
    };
    const a4 = () => {
      pick(A4);
      raisedBy = A5;
    };
    const a5 = () => {
      pick(A5);
      raisedBy = A6;
    };
    const permit = (obligations: string) => {
      pick(0, obligations);
      raisedBy = A1;
    };
    const forbid = () => {
      pick(-1, '');
    };
    const publication = () => {
      pick(
        A2 |
          (rank >= 1 ? STAT : 0) |
          (has(themes, 'GEO') || has(themes, 'INFRASTRUKTUR') || critical || form === 'GEO_AGG' ? ISB : 0),
        aggregated ? 'S' : '',
      );
      raisedBy = 0;
    };
    if (!pseudo && openness === 'OPEN') {
      row = 'OPEN';
      permit(toPublic ? 'L' : '');
    } else if (openness === 'INTERNAL' && ref === 'NONE') {
      row = 'INTERNAL-NONE';
      if (same) permit('');
      else if (toPublic) publication();
      else if (company || otherPublic || research) {
        pick(A1);
        raisedBy = A8;
      } else permit('O');
    } else if (openness === 'INTERNAL' && aggregated) {
      row = 'INTERNAL-AGGREGATED';
      if (toPublic) publication();
      else if (company || otherPublic) {
        pick(A1, 'OS');
        raisedBy = A8;
      } else if (research) {
        pick(A1);
        raisedBy = A8;
      } else permit(same || toStatistics ? 'O' : 'OS');
    } else if (openness === 'RESTRICTED' && ref === 'NONE') {
      row = 'RESTRICTED-NONE';
      if (same) permit('N');
      else if (toPublic) forbid();
      else if (company || otherPublic || research) a4();
      else {
        pick(A8);
        raisedBy = statTable;
      }
    } else if (openness === 'RESTRICTED' && aggregated) {
      row = 'RESTRICTED-AGGREGATED';
      if (same) permit('O');
      else if (toStatistics) {
        if (covered) permit('O');
        else forbid();
      } else if (toPublic) forbid();
      else if (company || otherPublic || research) a4();
      else a3();
    } else if (ref === 'PSEUDONYMISED') {
      row = changed ? 'PSEUDONYMISED-CHANGED' : privileged ? 'PSEUDONYMISED-PRIVILEGED' : 'PSEUDONYMISED-SAME';
      if (toPublic) forbid();
      else if (toStatistics) {
        if (!changed && covered) permit('O');
        else forbid();
      } else if (same) {
        if (changed) a3();
        else permit('O');
      } else if (company) {
        if (changed || privileged) a5();
        else a4();
      } else if (otherPublic) a4();
      else if (research) {
        if (changed) forbid();
        else a4();
      } else a3();
    } else if (ref === 'PERSONAL') {
      row = changed ? 'PERSONAL-CHANGED' : privileged ? 'PERSONAL-PRIVILEGED' : 'PERSONAL-SAME';
      if (toPublic) forbid();
      else if (toStatistics) {
        if (!changed && covered) permit('O');
        else forbid();
      } else if (same) {
        if (changed || privileged) a3();
        else permit('O');
      } else if (company) {
        if (privileged) forbid();
        else if (changed) a5();
        else a4();
      } else if (otherPublic) a4();
      else if (research) {
        if (changed) forbid();
        else a4();
      } else a3();
    } else if (ref === 'SPECIAL') {
      row = changed ? 'SPECIAL-CHANGED' : privileged ? 'SPECIAL-PRIVILEGED' : 'SPECIAL-SAME';
      const concept = has(legalBasis, 'HDSIG_24') && has(evidence, 'FORSCHUNGSKONZEPT');
      let open = false;
      if (toPublic) open = false;
      else if (privileged) open = concept;
      else if (changed) {
        const art9 =
          legalBasis.some((basis) => basis.startsWith('DSGVO_9_2_')) &&
          legalBasis.some((basis) => basis === 'HDSIG_20' || basis.startsWith('HDSIG_21_')) &&
          (law || has(evidence, 'EINWILLIGUNG'));
        open =
          same ||
          (column === 'OTHER_OFFICE' && art9) ||
          (otherPublic && some(legalBasis, STATUTES) && law) ||
          (research && concept);
      } else open = !company || (processor && valid && has(contract.kinds, 'AVV'));
      if (!changed && !privileged && same) permit('ON');
      else if (!changed && !privileged && toStatistics) {
        if (covered) permit('O');
        else forbid();
      } else if (open) pick(A6);
      else forbid();
    }
  }
  if (cell === -1) no.push(`M:${row}:${column}`);
  if (no.length > 0) return { outcome: 'FORBID', rules: no.sort(), obligations: [], steps: stepsOf(0) };

  // ── the ground ──
  const yes: string[] = [];
  let log = 0;
  let retain = Infinity;
  let profile = -1;
  let heat = false;
  let anonymise = false,
    blocks = false,
    contractDue = false,
    dsfa = false,
    euOnly = false,
    grid = false,
    incident = false,
    inform = false,
    licence = false,
    minfields = false,
    named = false,
    nomerge = false,
    once = false,
    noonward = false,
    noreid = false,
    purposeBound = false,
    source = false;
  let steps = 0;
  const longest = Math.min(f.retentionDays ?? Infinity, product.maxRetentionDays ?? Infinity, personal ? 183 : 365);
  const sensitive = ref === 'SPECIAL' || social || health || staff;
  const inside =
    (same || column === 'OTHER_OFFICE' || toStatistics) &&
    (provider === 'OFFICE' || provider === 'STATISTIKSTELLE') &&
    form !== 'GEO_AGG';
  const fitting = sensitive ? 3 : toPublic ? 2 : inside ? 0 : 1;

  if (cell >= 0) {
    yes.push(`M:${row}:${column}`);
    steps = cell;
    if (c === 'sehr_hoch') steps |= raisedBy | ISB;
    for (const set of sets) {
      if (set === 'O') {
        purposeBound = noonward = source = true;
        log = 12;
        retain = longest;
      } else if (set === 'S') profile = fitting;
      else if (set === 'N') named = true;
      else licence = true;
    }
  }
  if (toStatistics && covered && rank >= 1 && !changed) {
    yes.push('R-STA-02');
    log = 60;
  }
  if (same && code === 'STATISTIK' && has(legalBasis, 'HESSLSTATG_11')) yes.push('R-STA-11');
  if (social && pseudo && code === 'PLANUNG_JUGENDHILFE' && same) {
    yes.push('R-SOZ-03');
    anonymise = true;
  }
  if (
    social &&
    same &&
    (code === 'RECHNUNGSPRUEFUNG' || code === 'ORGANISATION_CONTROLLING') &&
    has(legalBasis, 'SGB10_67C')
  )
    yes.push('R-SOZ-09');
  if (
    code === 'WAERMEPLANUNG' &&
    (has(themes, 'GAS') || has(themes, 'WAERME')) &&
    table &&
    (ref === 'NONE' || aggregated) &&
    column !== 'PROCESSOR' &&
    column !== 'AUDIT' &&
    column !== 'PRIVATE' &&
    !toPublic
  ) {
    yes.push('R-WPG-01');
    heat = noonward = true;
  }
  if (audit && mandate) yes.push('R-AUD-01');
  if (yes.length === 0) return { outcome: 'FORBID', rules: ['UNCLASSIFIED'], obligations: [], steps: stepsOf(0) };

  // ── what tightens ──
  const a3 = A3 | (table ? STAT : 0);
  if (beyond) {
    yes.push('R-GEN-04');
    if (f.insistsOnFields) steps |= a3;
    else minfields = true;
  }
  if (product.aggregateAlternative && pseudo && rows && !f.necessityGiven) {
    yes.push('R-GEN-05');
    steps |= a3;
  }
  if (f.retentionDays === null || (product.maxRetentionDays !== null && f.retentionDays > product.maxRetentionDays)) {
    yes.push('R-GEN-06');
    retain = Math.min(retain, longest);
  }
  if (f.onwardRecipients.length > 0) {
    yes.push('R-GEN-10');
    noonward = true;
  }
  if (f.linksPersonalProducts) {
    yes.push('R-GEN-13');
    steps |= a3;
    dsfa = true;
  }
  if (product.personalRef === 'PSEUDONYMISED' && consumer.holdsKey) {
    yes.push('R-GEN-14');
    noreid = true;
  }
  if (has(legalBasis, 'DSGVO_6_1_A') && provider !== 'GESELLSCHAFT') {
    yes.push('R-GEN-15');
    steps |= a3;
  }
  if (product.strictestPart != null) {
    yes.push('R-GEN-17');
    nomerge = true;
  }
  if (masked) yes.push('R-GEN-18');
  if (has(themes, 'ZENSUS') && pseudo) {
    yes.push('R-STA-04');
    nomerge = true;
    retain = Math.min(retain, 730);
  }
  if (statistics && table && !toStatistics) {
    yes.push('R-STA-05');
    profile = Math.max(profile, fitting);
    noreid = true;
    if (!product.releasedByStatistics) steps |= STAT;
  }
  if (
    statistics &&
    interim &&
    (column === 'OTHER_OFFICE' || column === 'EIGENBETRIEB' || company || otherPublic || research)
  ) {
    yes.push('R-STA-08');
    log = 60;
  }
  if (melde && pseudo) {
    const byHand = form === 'ROWLEVEL' || form === 'DOCUMENT';
    const office = column === 'OTHER_OFFICE' || column === 'EIGENBETRIEB' || otherPublic;
    if (byHand && office) {
      yes.push(beyond34 ? 'R-MEL-02' : 'R-MEL-01');
      steps |= beyond34 ? A6 : A3;
    }
    if (byHand && f.groupOfPersons !== false && !same && !toStatistics && !beyond34) {
      yes.push('R-MEL-03');
      log = Math.max(log, 12);
    }
    if (form === 'API_LIVE' && (column === 'OTHER_OFFICE' || column === 'EIGENBETRIEB' || toStatistics)) {
      yes.push('R-MEL-04');
      steps |= A7;
    }
    if (!same) {
      yes.push('R-MEL-05');
      blocks = true;
    }
    if (form === 'API_LIVE') {
      yes.push('R-MEL-07');
      log = Math.max(log, 12);
      nomerge = true;
    }
  }
  if (melde && aggregated && !same && !toStatistics) {
    yes.push('R-MEL-08');
    profile = Math.max(profile, fitting);
    if (!product.releasedByStatistics) steps |= STAT;
  }
  if (social && pseudo && planning && !same) {
    yes.push('R-SOZ-02');
    steps |= A6;
  }
  if (social && personal && (company || research || otherPublic)) {
    yes.push('R-SOZ-04');
    anonymise = true;
  }
  if (processor && social && pseudo) {
    yes.push('R-SOZ-08');
    euOnly = true;
  }
  if (social && aggregated && !same) {
    yes.push('R-SOZ-11');
    profile = 3;
  }
  if (tax && owners && (column === 'OTHER_OFFICE' || column === 'EIGENBETRIEB' || otherPublic)) {
    yes.push('R-STE-02');
    steps |= a3;
    minfields = blocks = once = true;
    retain = Math.min(retain, 90);
  }
  if (tax && code === 'RECHNUNGSPRUEFUNG') {
    yes.push('R-STE-04');
    noonward = named = true;
  }
  if (tax && aggregated) {
    yes.push('R-STE-05');
    profile = Math.max(profile, 1);
  }
  if (staff && aggregated) {
    yes.push('R-BES-01');
    profile = 3;
    inform = true;
  }
  if (health && !same && aggregated) {
    yes.push('R-GES-01');
    profile = 3;
  }
  if (secret && !same) {
    yes.push('R-GEH-01');
    steps |= A8;
    if (request && !agreed) steps |= LEGAL;
  }
  const passengers = has(themes, 'FAHRGAESTE') && (ref === 'NONE' || aggregated) && !same && !toPublic;
  if (passengers) yes.push('R-FGZ-01');
  if (critical && !same) {
    yes.push('R-KRI-01');
    steps |= ISB;
  }
  if (consumer.nis2 && interim) {
    yes.push('R-KRI-02');
    incident = true;
  }
  if (unbundled) {
    yes.push('R-ENT-01');
    noonward = true;
  }
  if (landOwners) {
    yes.push('R-EIG-01');
    steps |= A6;
  }
  if (thirdParty) {
    yes.push('R-LIZ-01');
    licence = true;
  }
  if (toPublic && (product.protectedSpecies || has(secrecy, 'ARTENSCHUTZ'))) {
    yes.push('R-ART-01');
    grid = true;
  }
  if (pupils) {
    yes.push('R-SCH-01');
    steps |= A6;
  }
  if (redevelopment && forRedevelopment) {
    yes.push('R-SAN-01');
    noonward = true;
    retain = Math.min(retain, longest);
  }
  if (
    has(themes, 'GEBAEUDE') &&
    (has(themes, 'ENERGIE') || has(themes, 'GAS') || has(themes, 'WAERME') || has(themes, 'WERT')) &&
    ref === 'NONE' &&
    (form === 'ROWLEVEL' || form === 'API_LIVE') &&
    has(f.fieldClasses, 'QUASI_ID') &&
    !same
  ) {
    yes.push('R-GEO-01');
    steps |= A3;
  }
  const publication =
    A2 |
    (aggregated ? STAT : 0) |
    (has(themes, 'GEO') || has(themes, 'INFRASTRUKTUR') || critical || form === 'GEO_AGG' ? ISB : 0);
  if (toPublic && openness === 'OPEN' && !pseudo && product.licence === null) {
    yes.push('R-OPN-01');
    steps |= publication;
  }
  if (toPublic && openness === 'INTERNAL' && !pseudo && product.nonPublicationReason === null) {
    yes.push('R-OPN-02');
    steps |= publication;
  }
  if (toPublic && has(themes, 'HVD')) {
    yes.push('R-OPN-03');
    licence = true;
  }
  if (exclusive) {
    yes.push('R-OPN-06');
    steps |= LEGAL;
  }
  if (processor) {
    yes.push('R-AVV-01');
    contractDue = true;
    if (ref === 'SPECIAL') steps |= A6;
  }
  if (companyContract) {
    yes.push('R-CON-01');
    contractDue = true;
    if (request && !valid) steps |= LEGAL;
  }
  if (foreign) {
    yes.push('R-CON-03');
    contractDue = true;
    steps |= openness === 'RESTRICTED' || pseudo ? A4 : A1;
    if (request && !valid) steps |= LEGAL;
  }
  if (joint) {
    yes.push('R-JCA-01');
    if (jca) inform = true;
    else steps |= LEGAL;
  }
  if (audit && pseudo) {
    yes.push('R-AUD-02');
    steps |= DSB | GS;
  }

  // ── the answer ──
  const obligations: ByHand['obligations'] = [];
  const say = (id: string, value: ByHand['obligations'][number]['value'] = null) => obligations.push({ id, value });
  if (anonymise) say('O-ANONYMISE');
  if (blocks) say('O-BLOCKS');
  if (contractDue) say('O-CONTRACT', contract.status);
  if (dsfa) say('O-DSFA');
  if (passengers) say('O-EMBARGO', 12);
  if (euOnly) say('O-EUONLY');
  if (grid) say('O-GRID', 1000);
  if (incident) say('O-INCIDENT', 24);
  if (inform) say('O-INFORM');
  if (licence) say('O-LICENCE', product.licence ?? 'keine');
  if (log > 0) say('O-LOG', log);
  if (masked) say('O-MASK', masked.sort());
  if (minfields)
    say(
      'O-MINFIELDS',
      fields
        .filter((field) => field.needed || (field.class === 'DIRECT_ID' && !personal))
        .map(({ name }) => name)
        .sort(),
    );
  if (named) say('O-NAMED');
  if (nomerge) say('O-NOMERGE');
  if (noonward) say('O-NOONWARD');
  if (noreid) say('O-NOREID');
  if (once) say('O-ONCE');
  if (purposeBound) say('O-PURPOSE');
  if (retain < Infinity) say('O-RETAIN', retain);
  const tables = [
    ...(profile >= 0 ? [PROFILES[profile]!] : []),
    ...(heat ? ['WAERME'] : []),
    ...(passengers ? ['FAHRGAST'] : []),
  ].sort();
  if (tables.length > 0) say('O-SDC', tables.length > 1 ? tables : tables[0]!);
  if (source) say('O-SOURCE');
  const burden = obligations.length - (licence && openness === 'OPEN' ? 1 : 0);
  return {
    outcome: steps !== 0 ? 'APPROVAL' : burden > 0 ? 'PERMIT_OBL' : 'PERMIT',
    rules: yes.sort(),
    obligations,
    steps: stepsOf(steps),
  };
}
