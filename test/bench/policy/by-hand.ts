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
  GS = 4096,
  CONTROLLER = 8192;
const A1 = REQ_HEAD | OWNER;
const A2 = STEWARD | OWNER | OPENDATA | GS;
const A3 = REQ_HEAD | STEWARD | DSB | OWNER | GS;
const A4 = REQ_HEAD | STEWARD | DSB | ISB | LEGAL | OWNER | GS;
const A5 = A4 | SK;
const A6 = REQ_HEAD | STEWARD | DSB | ISB | LEGAL | EVIDENCE | IN_PERSON | GS;
const A7 = A6 | HEAD_OF_CITY;
const A8 = REQ_HEAD | STEWARD | ISB | OWNER | GS;

const NAMES: [number, string][] = [
  [CONTROLLER, 'CONTROLLER'],
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
  'CONTROLLER',
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
    // whose purpose it is stands instead of the asker's own head
    const asked = mask & CONTROLLER ? mask & ~REQ_HEAD : mask;
    const named = new Map(NAMES.filter(([bit]) => asked & bit).map(([, name]) => [name, name]));
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
  'SGB8_64_3',
  'SGB8_80',
  'AO_30_4_2',
  'AO_30_4_5',
  'AO_31_3',
  'HSCHG',
  'IFSG',
]);
const SOCIAL = new Set(['SGB10_68', 'SGB10_69', 'SGB10_71']);
/** days that so many months have at most */
const LONGEST = [0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337, 366];
const PROFILES = ['INTERN_STD', 'AUSTAUSCH', 'OEFFENTLICH', 'SENSITIV'];

const CITY = 'SAME_OFFICE OTHER_OFFICE STATISTIKSTELLE EIGENBETRIEB OTHER_PUBLIC AUDIT';
const OUTSIDE = 'OTHER_OFFICE EIGENBETRIEB OTHER_PUBLIC';
const RESEARCH = ['FORSCHUNG', 'STADTFORSCHUNG'];

/** Whether this basis fits these data, this recipient and this purpose, read from the statutes one by one. */
function fits(basis: string, f: Facts, column: string, ref: string | null): boolean {
  const { product, purpose, evidence } = f;
  const { secrecy, themes, provider } = product;
  const to = (list: string) => list.split(' ').includes(column);
  const under = (...some: string[]) => some.some((one) => (secrecy as string[]).includes(one));
  const about = (theme: string) => themes.includes(theme);
  const shown = (kind: string) => evidence.includes(kind);
  const special = ref === 'SPECIAL';
  // social, tax and register data leave their office only by a norm that names every such secrecy on them
  const only = (...named: string[]) =>
    column === 'SAME_OFFICE' ||
    ['SOZIAL', 'STEUER', 'MELDE'].every((one) => !(secrecy as string[]).includes(one) || named.includes(one));
  const official = provider !== 'GESELLSCHAFT';
  switch (basis) {
    case 'DSGVO_6_1_A':
      return to('SAME_OFFICE GESELLSCHAFT RESEARCH') && shown('EINWILLIGUNG') && only();
    case 'DSGVO_6_1_B':
      return (
        to('SAME_OFFICE EIGENBETRIEB GESELLSCHAFT') && ['EIGENBETRIEB', 'GESELLSCHAFT'].includes(provider) && only()
      );
    case 'DSGVO_6_1_C':
      return to(`${CITY} GESELLSCHAFT RESEARCH`) && only();
    case 'DSGVO_6_1_D':
      return (to(OUTSIDE) && f.emergency?.confirmed === true && f.emergency.inTime) || (to(CITY) && only());
    case 'DSGVO_6_1_E':
      return to(`${CITY} RESEARCH`) && only();
    case 'DSGVO_10':
      return to(CITY) && special && shown('RECHTSNORM');
    case 'BZRG_41':
      return to('SAME_OFFICE OTHER_OFFICE OTHER_PUBLIC') && special && shown('RECHTSNORM');
    case 'HDSIG_3':
      return to(CITY) && only();
    case 'HDSIG_20':
      return to(CITY) && special && only();
    case 'HDSIG_22_1':
      return to('OTHER_OFFICE STATISTIKSTELLE EIGENBETRIEB OTHER_PUBLIC RESEARCH') && official && only();
    case 'HDSIG_22_2':
      return to('GESELLSCHAFT RESEARCH') && official && only();
    case 'HDSIG_23':
      return to('SAME_OFFICE') && under('BESCHAEFTIGTE');
    case 'HDSIG_24':
      return to(`${CITY} GESELLSCHAFT RESEARCH`) && shown('FORSCHUNGSKONZEPT') && only();
    case 'BMG_34':
    case 'BMG_34_3':
      return to(OUTSIDE) && under('MELDE') && only('MELDE');
    case 'BMG_37_1':
    case 'BMG_37_2':
      return to('OTHER_OFFICE EIGENBETRIEB STATISTIKSTELLE') && under('MELDE') && only('MELDE');
    case 'SGB10_67C':
      return to('SAME_OFFICE AUDIT') && under('SOZIAL') && only('SOZIAL');
    case 'SGB10_68':
      return to('OTHER_OFFICE OTHER_PUBLIC') && under('SOZIAL') && only('SOZIAL');
    case 'SGB10_69':
      return to(`${OUTSIDE} GESELLSCHAFT RESEARCH`) && under('SOZIAL') && only('SOZIAL');
    case 'SGB10_71':
      return to(OUTSIDE) && under('SOZIAL') && only('SOZIAL');
    case 'SGB10_75':
      return (
        to(`${OUTSIDE} STATISTIKSTELLE RESEARCH`) &&
        under('SOZIAL') &&
        only('SOZIAL') &&
        ['PLANUNG_SOZIAL', 'PLANUNG_JUGENDHILFE', 'STADTFORSCHUNG', 'FORSCHUNG'].includes(purpose.code ?? '')
      );
    case 'SGB8_64_3':
    case 'SGB8_80':
      return to('SAME_OFFICE') && under('SOZIAL') && purpose.code === 'PLANUNG_JUGENDHILFE';
    case 'AO_30_4_1':
    case 'AO_30_4_2':
    case 'AO_30_4_5':
      return to(`SAME_OFFICE ${OUTSIDE} AUDIT`) && under('STEUER') && only('STEUER');
    case 'AO_30_4_3':
      return (
        to(`SAME_OFFICE ${OUTSIDE} GESELLSCHAFT RESEARCH`) && under('STEUER') && only('STEUER') && shown('EINWILLIGUNG')
      );
    case 'AO_30_4_4':
      return to('OTHER_OFFICE OTHER_PUBLIC') && under('STEUER') && only('STEUER');
    case 'AO_31_3':
      return to(OUTSIDE) && under('STEUER') && only('STEUER') && (ref === 'PSEUDONYMISED' || ref === 'PERSONAL');
    case 'HESSLSTATG_11':
      return to('SAME_OFFICE') && purpose.code === 'STATISTIK';
    case 'HESSLSTATG_12':
    case 'SATZUNG_STAT_1990':
      return to('STATISTIKSTELLE') && purpose.code === 'STATISTIK';
    case 'ZENSG_32':
      return to('STATISTIKSTELLE') && about('ZENSUS') && only();
    case 'BAUGB_138':
      return to(`SAME_OFFICE ${OUTSIDE}`) && about('SANIERUNG') && purpose.code === 'STADTPLANUNG' && only();
    case 'BAUGB_200':
      return to('SAME_OFFICE OTHER_OFFICE EIGENBETRIEB') && purpose.code === 'STADTPLANUNG' && only();
    case 'HBO':
      return to(`SAME_OFFICE ${OUTSIDE}`) && about('GEBAEUDE') && only();
    case 'HSCHG':
      return to(`SAME_OFFICE ${OUTSIDE}`) && (under('SCHULE') || purpose.code === 'PLANUNG_SCHULE') && only();
    case 'IFSG':
      return to(`SAME_OFFICE ${OUTSIDE}`) && under('GESUNDHEIT') && only();
    case 'MSBG':
      return to(`SAME_OFFICE ${OUTSIDE} GESELLSCHAFT`) && about('SMART_METER') && only();
    case 'HVGG':
      return to(`SAME_OFFICE ${OUTSIDE}`) && (under('EIGENTUEMER') || about('GEO')) && only();
    case 'GBO_12':
      return to(`SAME_OFFICE ${OUTSIDE} GESELLSCHAFT RESEARCH`) && under('EIGENTUEMER') && only();
    default: {
      if (!basis.startsWith('DSGVO_9_2_') || !special || !to(`${CITY} GESELLSCHAFT RESEARCH`)) return false;
      const letter = basis.slice('DSGVO_9_2_'.length);
      if (letter === 'A') return shown('EINWILLIGUNG');
      if (letter === 'J' && RESEARCH.includes(purpose.code ?? '')) return shown('FORSCHUNGSKONZEPT');
      if (letter === 'J' && purpose.code !== 'STATISTIK') return false;
      if (letter === 'C' && f.emergency?.confirmed && f.emergency.inTime && to(`SAME_OFFICE ${OUTSIDE}`)) return true;
      if (!shown('RECHTSNORM')) return false;
      if (letter === 'B') return under('BESCHAEFTIGTE', 'SOZIAL');
      if (letter === 'H') return under('GESUNDHEIT', 'BERUF_203', 'SOZIAL');
      if (letter === 'I') return under('GESUNDHEIT');
      return letter !== 'D';
    }
  }
}
const OF_CRIMES = new Set(['DSGVO_10', 'BZRG_41']);

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
  if (product.criminalRecords === true && (ref === 'PSEUDONYMISED' || ref === 'PERSONAL')) ref = 'SPECIAL';
  if (ref !== null && product.strictestPart != null && RANK[product.strictestPart]! > RANK[ref]!)
    ref = product.strictestPart;
  const rank = ref === null ? -1 : RANK[ref]!;
  const pseudo = rank >= 2;
  const personal = rank >= 3;
  const aggregated = ref === 'AGGREGATED';
  let column: string = consumer.kind === 'PROCESSOR' ? (consumer.worksFor ?? 'PROCESSOR') : consumer.kind;
  if (column === 'EIGENBETRIEB' && consumer.competition) column = 'GESELLSCHAFT';
  const processor = consumer.kind === 'PROCESSOR';
  // who gets the bytes: whoever asks, or whoever processes for them; of an unknown processor the worst is taken
  const r = f.recipient;
  let receiver: string = r ? r.kind : processor ? 'PRIVATE' : column;
  if (r && receiver === 'EIGENBETRIEB' && r.competition) receiver = 'GESELLSCHAFT';
  const processed = processor || r?.processor === true;
  const processing = r?.contract ?? 'MISSING';
  const inWords = r ? processed && r.described : processor;
  const competes = processed && (r ? r.competition : true);
  const leaves = receiver !== 'SAME_OFFICE';
  const covered = product.coveredBySatzung;
  const forStatistics = covered && (purpose.code === 'STATISTIK' || purpose.code === 'STADTFORSCHUNG');
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
  const part = product.strictestPart;
  const people = product.personalRef === null || RANK[product.personalRef]! >= 2 || (part != null && RANK[part]! >= 2);
  const secrets = secrecy.filter((one) => one !== 'URHEBER_LIZENZ' && one !== 'ARTENSCHUTZ');
  const confidential = secrets.some((one) => !(one === 'STATISTIK' && product.releasedCube === true));
  const closed = openness !== 'OPEN' || people || confidential;
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
    const name = field.class === 'DIRECT_ID';
    if (name ? !personal : !pseudo && (field.class === 'SENSITIVE' || field.class === 'SECRET'))
      (masked ??= []).push(field.name);
    if (!field.needed && !(name && !personal)) beyond = true;
  }

  const fit = ref === null ? [] : legalBasis.filter((basis) => fits(basis, f, column, ref));
  const nothingCarries = fit.every((basis) => basis.startsWith('DSGVO_9_2_') || OF_CRIMES.has(basis));

  // ── forbidden ──
  const no: string[] = [];
  if (f.keepableDays != null && (f.retentionDays ?? 1) > f.keepableDays) no.push('R-EVI-01');
  // refusals that evidence lifts: somebody looks at it
  const lifted: string[] = [];
  const unless = (shown: boolean, rule: string) => void (shown ? lifted : no).push(rule);
  if (!product.hasOwner || openness === null || product.personalRef === null || product.review !== 'VALID')
    no.push('R-GEN-01');
  if (!purpose.textGiven || code === null || !lists.purposes.has(code) || !f.periodGiven) no.push('R-GEN-02');
  let unknownBasis = false;
  for (const basis of legalBasis)
    if (!lists.legalBases.has(basis) && !/^VERTRAG\(.*\)$/.test(basis)) unknownBasis = true;
  if ((pseudo && legalBasis.length === 0) || unknownBasis) no.push('R-GEN-03');
  if (changed && pseudo && !(purpose.changeGround !== null && GROUNDS.has(purpose.changeGround))) no.push('R-GEN-07');
  if (changed && pseudo && purpose.changeGround === 'EINWILLIGUNG') unless(has(evidence, 'EINWILLIGUNG'), 'R-GEN-31');
  if (
    pseudo &&
    (column === 'OTHER_OFFICE' || column === 'EIGENBETRIEB' || otherPublic) &&
    legalBasis.length > 0 &&
    nothingCarries
  )
    no.push('R-GEN-08');
  if (pseudo && company && provider !== 'GESELLSCHAFT')
    unless(has(legalBasis, 'HDSIG_22_2') && has(evidence, 'ZWECKVERPFLICHTUNG'), 'R-GEN-09');
  if (f.thirdCountry) unless(has(evidence, 'GARANTIEN_DRITTLAND'), 'R-GEN-11');
  if (f.automatedDecision) unless(has(evidence, 'GRUNDLAGE_ART_22'), 'R-GEN-12');
  if (pseudo && !toPublic) {
    const near = column === 'OTHER_OFFICE' || column === 'EIGENBETRIEB' || otherPublic;
    if (!near && legalBasis.length > 0 && nothingCarries) no.push('R-GEN-20');
    if (ref === 'SPECIAL') {
      if (!fit.some((basis) => basis.startsWith('DSGVO_9_2_'))) no.push('R-GEN-21');
      if (product.criminalRecords !== false && !some(fit, OF_CRIMES)) no.push('R-GEN-23');
    }
  }
  if (pseudo && has(legalBasis, 'KEIN_PERSONENBEZUG')) no.push('R-GEN-22');
  if (f.nonProduction && pseudo) no.push('R-GEN-16');
  const calledOpen = openness === 'OPEN' && product.personalRef !== null;
  if (calledOpen && (people || secrets.some((one) => one !== 'STATISTIK'))) no.push('R-GEN-30');
  // what the owner limits; an audit rests on its mandate
  const kinds = product.recipientKinds ?? [];
  const served = consumer.kind === 'PROCESSOR' || f.recipient?.processor === true;
  const stranger = !has(kinds, column) || !(processor || has(kinds, consumer.kind));
  const hired = served && !has(kinds, 'PROCESSOR');
  const outsider = stranger || hired;
  const examined = column === 'AUDIT';
  if (stranger && !examined) no.push('R-LIM-01');
  if (hired && !examined) no.push('R-LIM-09');
  const scope = product.discoverScope ?? 'OWN';
  const finds =
    scope === 'ALL' ||
    scope === 'OFFERED' ||
    (scope === 'CITY' && (column === 'OTHER_OFFICE' || toStatistics || column === 'EIGENBETRIEB')) ||
    same;
  if (!outsider && !examined && !finds) no.push('R-LIM-02');
  if (!examined && !has(product.offers ?? [], form)) no.push('R-LIM-03');
  const levels = product.detailLevels ?? [];
  const identified = personal && (consumer.holdsKey || has(f.fieldClasses, 'DIRECT_ID'));
  if (
    !examined &&
    (personal || product.personalRef === 'PSEUDONYMISED') &&
    rows &&
    !has(levels, 'EINZELFALL') &&
    (identified || !has(levels, 'PSEUDONYM'))
  )
    no.push('R-LIM-04');
  if (
    !examined &&
    (f.periodDays ?? LONGEST[f.periodMonths ?? 0] ?? (f.periodMonths ?? 0) * 31) > (product.maxDays ?? 0)
  )
    no.push('R-LIM-05');
  const everybody = product.accessRights === 'PUBLIC';
  if ((!everybody && toPublic) || (!everybody && product.accessRights !== 'RESTRICTED' && openness === 'OPEN'))
    no.push('R-LIM-07');
  const secure = product.securityRelevant !== false;
  if (secure && (toPublic || openness === 'OPEN')) no.push('R-LIM-08');
  if (product.sealedStatistics !== false && !statistics) no.push('R-STA-13');
  const usesAi = f.usesAi !== false;
  const aiPurpose = code === 'KI_TRAINING' || code === 'KI_AUSWERTUNG' || code === 'KI_ASSISTENZ';
  if (product.aiUse !== 'JA' && product.aiUse !== 'MIT_BEDINGUNGEN' && (usesAi || aiPurpose)) no.push('R-KIU-01');
  if (usesAi && !aiPurpose) no.push('R-KIU-02');
  const onConditions = product.aiUse === 'MIT_BEDINGUNGEN' && aiPurpose;
  if (onConditions && !product.aiConditions) no.push('R-KIU-03');
  if (code === 'KI_TRAINING' && pseudo) unless(has(evidence, 'DSFA'), 'R-KIU-04');
  const months = f.periodMonths ?? 0;
  if (ref !== null && months > (pseudo ? 6 : 12)) no.push('R-GEN-19');
  const cells = product.releasedCube === true && rank >= 0 && rank <= 1;
  const anonymous = product.releasedMicrodata === true && ref === 'NONE';
  if (statistics && rows && !toStatistics && !cells && !(anonymous && research)) no.push('R-STA-01');
  if (toStatistics && !covered && (openness === 'RESTRICTED' || (openness === 'INTERNAL' && rank >= 1) || pseudo))
    no.push('R-STA-03');
  if (has(themes, 'ZENSUS') && pseudo && !toStatistics) no.push('R-STA-04');
  if (statistics && product.singleCaseCells === true && !toStatistics) no.push('R-STA-06');
  if (purpose.reidentification === true) no.push('R-STA-07');
  if (statistics && purpose.singleCase === true) no.push('R-STA-09');
  if (statistics && code === 'BETRIEB_TEST' && rows) no.push('R-STA-10');
  if (research && statistics && rows && !cells && !anonymous) no.push('R-STA-12');
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
  const office = same || column === 'OTHER_OFFICE' || toStatistics || column === 'EIGENBETRIEB' || otherPublic;
  const audited = column === 'AUDIT';
  if (
    melde &&
    pseudo &&
    ((!office && !company && !research && !audited) || (research && rows) || (otherPublic && form === 'API_LIVE'))
  )
    no.push('R-MEL-09');
  const permit75 = has(fit, 'SGB10_75') && has(evidence, 'GENEHMIGUNG_LANDESBEHOERDE');
  const socialGround = (some(fit, SOCIAL) && law) || permit75;
  if (social && pseudo && rows && !same) unless(socialGround, 'R-SOZ-01');
  const planning =
    code === 'PLANUNG_SOZIAL' || code === 'PLANUNG_JUGENDHILFE' || code === 'STADTFORSCHUNG' || code === 'FORSCHUNG';
  if (social && pseudo && planning && !same) unless(permit75 && has(evidence, 'DATENSCHUTZKONZEPT'), 'R-SOZ-02');
  const live = form === 'API_LIVE' && !same && !audited;
  if (social && pseudo && ((!office && !company && !research && !audited) || live)) no.push('R-SOZ-12');
  if (tax && pseudo && ((!office && !audited) || live)) no.push('R-STE-06');
  if (product.entrusted === true) no.push('R-SOZ-05');
  if (social && ref === 'SPECIAL' && !same) unless(socialGround, 'R-SOZ-06');
  if (social && pseudo && (company || research)) unless(has(evidence, 'ZWECKVERPFLICHTUNG'), 'R-SOZ-07');
  const privately = receiver === 'GESELLSCHAFT' || receiver === 'RESEARCH' || receiver === 'PRIVATE';
  if (processed && social && pseudo) {
    const further = !privately || has(evidence, 'WEITERE_VORAUSSETZUNGEN');
    unless(has(evidence, 'ANZEIGE_AUFSICHT') && further && !f.thirdCountry, 'R-SOZ-08');
  }
  if (social && has(secrecy, 'BESCHAEFTIGTE') && consumer.personnelDecisions !== false) no.push('R-SOZ-10');
  const owners = f.ownerAddressOnly === true && has(legalBasis, 'AO_31_3');
  const ownersFit = f.ownerAddressOnly === true && has(fit, 'AO_31_3');
  if (tax && pseudo && rows && !same) {
    const ground =
      (has(fit, 'AO_30_4_1') && has(evidence, 'VERFAHRENSGRUND')) ||
      (law && (has(fit, 'AO_30_4_2') || has(fit, 'AO_30_4_4') || has(fit, 'AO_30_4_5'))) ||
      (has(fit, 'AO_30_4_3') && has(evidence, 'EINWILLIGUNG'));
    if (!ownersFit) unless(ground || (code === 'RECHNUNGSPRUEFUNG' && has(evidence, 'RECHNUNGSPRUEFUNG')), 'R-STE-01');
  }
  if (tax && owners && (company || research || toPublic)) no.push('R-STE-02');
  if (tax && pseudo && form === 'API_LIVE') unless(has(evidence, 'VERFAHRENSGRUND'), 'R-STE-03');
  const staff = has(secrecy, 'BESCHAEFTIGTE');
  if (staff && pseudo)
    unless(
      has(fit, 'HDSIG_23') && (code === 'PFLICHTAUFGABE' || code === 'ORGANISATION_CONTROLLING') && law,
      'R-BES-01',
    );
  if (has(secrecy, 'BERUF_203') && pseudo)
    unless(
      has(evidence, 'SCHWEIGEPFLICHT_ENTBINDUNG') ||
        has(evidence, 'UEBERMITTLUNGSPFLICHT') ||
        (same && processed && has(evidence, 'VERPFLICHTUNG_203')),
      'R-BER-01',
    );
  const health = has(secrecy, 'GESUNDHEIT');
  if (health && !same && pseudo)
    unless(has(fit, 'IFSG') && (law || has(evidence, 'UEBERMITTLUNGSPFLICHT')), 'R-GES-01');
  const agreed = valid || has(evidence, 'ZUSTIMMUNG_UNTERNEHMEN');
  const secretLeaves = secret && (!same || leaves);
  if (secretLeaves && (toPublic || (!request && !agreed))) no.push('R-GEH-01');
  if (secretLeaves && !toPublic && agreed && !valid) lifted.push('R-GEH-01');
  if (has(secrecy, 'VERGABE') && (!same || leaves)) unless(has(evidence, 'ZUSCHLAG_ERTEILT'), 'R-VER-01');
  const critical = has(secrecy, 'KRITIS');
  if (critical && (openness === 'OPEN' || openness === 'INTERNAL' || product.protection.c === 'normal' || toPublic))
    no.push('R-KRI-01');
  const unbundled = has(secrecy, 'ENTFLECHTUNG');
  if (unbundled && consumer.salesArm === true) no.push('R-ENT-01');
  if (has(themes, 'SMART_METER') && rows) unless(has(fit, 'MSBG') && law, 'R-ENT-02');
  const landOwners = has(secrecy, 'EIGENTUEMER') && pseudo && !same;
  if (landOwners) unless((has(fit, 'HVGG') || has(fit, 'GBO_12')) && law, 'R-EIG-01');
  const thirdParty = has(secrecy, 'URHEBER_LIZENZ');
  if (thirdParty && toPublic && product.licence === null) no.push('R-LIZ-01');
  const pupils = has(secrecy, 'SCHULE') && pseudo && rows && !same;
  if (pupils && !has(fit, 'HSCHG')) no.push('R-SCH-01');
  if (product.rawSensor || (has(secrecy, 'VIDEO_SENSOR') && pseudo)) no.push('R-VID-01');
  if (code === 'WAERMEPLANUNG' && pseudo) no.push('R-WPG-02');
  if (has(themes, 'BUNDESWEHR')) unless(has(evidence, 'ZUSTIMMUNG_BMVG'), 'R-WPG-04');
  const redevelopment = has(themes, 'SANIERUNG') && pseudo;
  const forRedevelopment = code === 'STADTPLANUNG' && has(fit, 'BAUGB_138');
  if (redevelopment) unless(forRedevelopment && law, 'R-SAN-01');
  if (toPublic && openness === 'OPEN' && (ref === 'NONE' || aggregated) && product.task === 'DELEGATED')
    unless(has(evidence, 'ZUSTIMMUNG_AUFSICHT'), 'R-OPN-01');
  if (toPublic && provider === 'GESELLSCHAFT') unless(has(evidence, 'ZUSTIMMUNG_UNTERNEHMEN'), 'R-OPN-05');
  if (code === 'OPEN_DATA' && !toPublic) no.push('R-PUR-01');
  if (code === 'BETRIEB_TEST' && pseudo) no.push('R-PUR-03');
  if (toPublic && provider === 'OTHER_PUBLIC') no.push('R-PUR-04');
  const exclusive = f.exclusive === true;
  if (exclusive) unless(has(evidence, 'PRUEFUNG_AUSSCHLIESSLICHKEIT'), 'R-OPN-06');
  const bound = processed && (processor || closed);
  if (bound && processing !== 'VALID') no.push('R-AVV-01');
  if (processor && f.emergency != null) no.push('R-AVV-02');
  if (processed && receiver !== 'STATISTIKSTELLE' && ((statistics && rows && !cells) || (toStatistics && pseudo)))
    no.push('R-AVV-03');
  const taxes = processed && tax && pseudo;
  if (taxes) unless(has(evidence, 'VERPFLICHTUNG_STEUERGEHEIMNIS'), 'R-AVV-04');
  const professional = processed && pseudo && (has(secrecy, 'BERUF_203') || health);
  if (professional) unless(has(evidence, 'VERPFLICHTUNG_203'), 'R-AVV-05');
  const registered = processed && melde && pseudo;
  if (registered) unless(has(evidence, 'VERPFLICHTUNG_MELDEGEHEIMNIS'), 'R-AVV-06');
  const discreet =
    processed &&
    ((pseudo && (staff || has(secrecy, 'SCHULE') || has(secrecy, 'EIGENTUEMER'))) ||
      (leaves && (critical || has(secrecy, 'GESCHAEFTSGEHEIMNIS') || unbundled)));
  if (discreet) unless(has(evidence, 'VERPFLICHTUNG_VERTRAULICHKEIT'), 'R-AVV-07');
  if (competes && (critical || has(secrecy, 'GESCHAEFTSGEHEIMNIS') || unbundled || has(secrecy, 'VERGABE')))
    no.push('R-AVV-08');
  const companyContract = company && closed;
  // a contract about processing carries no use of one's own
  const own =
    valid &&
    (has(contract.kinds, 'DUV') ||
      has(contract.kinds, 'INTERNE_VEREINBARUNG') ||
      (f.jointControl === true && has(contract.kinds, 'JCA')));
  const late = !request && (contract.status === 'EXPIRED' || !own);
  if (companyContract && late) no.push('R-CON-01');
  const foreign =
    closed &&
    column !== 'PROCESSOR' &&
    column !== 'AUDIT' &&
    column !== 'PRIVATE' &&
    !toPublic &&
    (company || otherPublic || research || ((provider === 'GESELLSCHAFT' || provider === 'OTHER_PUBLIC') && !same));
  if (foreign && late) no.push('R-CON-03');
  if (column === 'PRIVATE' || (receiver === 'PRIVATE' && closed)) no.push('R-CON-04');
  const joint = f.jointControl === true;
  const jca = valid && has(contract.kinds, 'JCA');
  if (joint && !request && !jca) no.push('R-JCA-01');
  const mandate = has(evidence, 'PRUEFAUFTRAG');
  const audit = column === 'AUDIT';
  if (audit && !mandate) no.push('R-AUD-01');
  if (audit && pseudo) unless(has(evidence, 'OFFENLEGUNG'), 'R-AUD-02');
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
    const publication = (obligations = aggregated ? 'S' : '') => {
      pick(
        A2 |
          (rank >= 1 ? STAT : 0) |
          (has(themes, 'GEO') || has(themes, 'INFRASTRUKTUR') || critical || form === 'GEO_AGG' ? ISB : 0),
        obligations,
      );
      raisedBy = 0;
    };
    if (!pseudo && openness === 'OPEN') {
      row = 'OPEN';
      if (toPublic) publication('L');
      else permit('');
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
        if (forStatistics) permit('O');
        else forbid();
      } else if (toPublic) forbid();
      else if (company || otherPublic || research) a4();
      else a3();
    } else if (ref === 'PSEUDONYMISED') {
      row = changed ? 'PSEUDONYMISED-CHANGED' : privileged ? 'PSEUDONYMISED-PRIVILEGED' : 'PSEUDONYMISED-SAME';
      if (toPublic) forbid();
      else if (toStatistics) {
        if (!changed && forStatistics) permit('O');
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
        if (!changed && forStatistics) permit('O');
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
      const concept = has(fit, 'HDSIG_24') && has(evidence, 'FORSCHUNGSKONZEPT');
      let open = false;
      if (toPublic) open = false;
      else if (privileged) open = concept;
      else if (changed) {
        const art9 =
          legalBasis.some((basis) => basis === 'HDSIG_20' || basis.startsWith('HDSIG_21_')) &&
          ((law && fit.some((basis) => basis.startsWith('DSGVO_9_2_') && basis !== 'DSGVO_9_2_A')) ||
            (has(fit, 'DSGVO_9_2_A') && has(evidence, 'EINWILLIGUNG')));
        open =
          same ||
          (column === 'OTHER_OFFICE' && art9) ||
          (otherPublic &&
            ((some(fit, STATUTES) && law) ||
              permit75 ||
              (has(fit, 'AO_30_4_1') && has(evidence, 'VERFAHRENSGRUND')))) ||
          (research && concept);
      } else open = !company;
      if (!changed && !privileged && same) permit('ON');
      else if (!changed && !privileged && toStatistics) {
        if (forStatistics) permit('O');
        else forbid();
      } else if (open) pick(A6);
      else forbid();
    }
  }
  if (cell === -1) no.push(`M:${row}:${column}`);
  if (no.length > 0) return { outcome: 'FORBID', rules: [...new Set(no)].sort(), obligations: [], steps: stepsOf(0) };

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
  const longest = Math.min(
    f.keepableDays ?? Infinity,
    f.retentionDays ?? Infinity,
    product.maxRetentionDays ?? Infinity,
    personal ? 183 : 365,
  );
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
  if (toStatistics && forStatistics && rank >= 1 && !changed) {
    yes.push('R-STA-02');
    log = 60;
  }
  if (same && code === 'STATISTIK' && has(fit, 'HESSLSTATG_11')) yes.push('R-STA-11');
  if (social && pseudo && code === 'PLANUNG_JUGENDHILFE' && same) {
    yes.push('R-SOZ-03');
    anonymise = true;
  }
  if (social && same && (code === 'RECHNUNGSPRUEFUNG' || code === 'ORGANISATION_CONTROLLING') && has(fit, 'SGB10_67C'))
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
  const least = table && (product.minGroup ?? 1) > 1;
  if (least) yes.push('R-LIM-06');
  if (secure && !same && column !== 'AUDIT' && !has(secrecy, 'KRITIS')) {
    yes.push('R-LIM-08');
    steps |= ISB;
  }
  if (onConditions) {
    yes.push('R-KIU-03');
    steps |= A1;
  }
  if (code === 'KI_TRAINING' && pseudo) {
    yes.push('R-KIU-04');
    steps |= personal ? A6 : a3 | EVIDENCE;
    dsfa = noreid = true;
  } else if (aiPurpose && pseudo) {
    yes.push('R-KIU-05');
    steps |= a3;
    dsfa = true;
  }
  if (aiPurpose) yes.push('R-KIU-06');
  if (beyond) {
    yes.push('R-GEN-04');
    if (f.insistsOnFields) steps |= a3;
    else minfields = true;
  }
  if (product.aggregateAlternative && pseudo && rows) {
    yes.push('R-GEN-05');
    steps |= f.necessityGiven ? A1 : a3;
  }
  if ((pseudo || interim) && f.singlesOut !== false) {
    yes.push('R-GEN-25');
    steps |= A1;
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
  if (
    ['DSGVO_6_1_A', 'AO_30_4_3', 'HDSIG_24'].some((basis) => has(fit, basis)) ||
    fit.some((basis) => basis.startsWith('DSGVO_9_2_') || OF_CRIMES.has(basis))
  ) {
    yes.push('BASIS_DOCUMENT');
    steps |= EVIDENCE;
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
    if (product.releasedCube !== true || pseudo) steps |= STAT;
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
    if (byHand && office && !same && !toStatistics) {
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
  if (melde && (aggregated || (pseudo && table)) && !same && !toStatistics) {
    yes.push('R-MEL-08');
    profile = Math.max(profile, fitting);
    if (product.releasedCube !== true || pseudo) steps |= STAT;
  }
  if (melde && pseudo && same) {
    yes.push('R-MEL-10');
    purposeBound = noonward = true;
    log = Math.max(log, 12);
  }
  if (social && pseudo && !audited) {
    yes.push('R-SOZ-12');
    if (same) purposeBound = noonward = true;
    else if (rows) steps |= EVIDENCE;
    else {
      steps |= STAT;
      profile = 3;
      noreid = true;
    }
  }
  if (tax && pseudo && !audited && !(rows && !same && owners)) {
    yes.push('R-STE-06');
    if (same) purposeBound = noonward = true;
    else if (rows) steps |= EVIDENCE;
    else {
      steps |= STAT;
      profile = Math.max(profile, 1);
      noreid = true;
    }
  }
  if (social && pseudo && planning && !same) {
    yes.push('R-SOZ-02');
    steps |= A6;
  }
  if (social && personal && (company || research || otherPublic)) {
    yes.push('R-SOZ-04');
    anonymise = true;
  }
  if (processed && social && pseudo) {
    yes.push('R-SOZ-08');
    steps |= DSB | EVIDENCE;
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
  if (secretLeaves) {
    yes.push('R-GEH-01');
    steps |= A8;
    if (request && !agreed) steps |= LEGAL;
  }
  const passengers = has(themes, 'FAHRGAESTE') && (ref === 'NONE' || aggregated) && !same && !toPublic;
  if (passengers) yes.push('R-FGZ-01');
  if (critical && (!same || leaves)) {
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
  if (product.licenceUntil != null) {
    yes.push('R-EVI-02');
    retain = Math.min(retain, longest);
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
  if (toPublic && openness === 'OPEN' && !pseudo) {
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
  if (code === 'STATISTIK' && privileged && pseudo && !toStatistics) {
    yes.push('R-PUR-02');
    steps |= STAT;
  }
  if (exclusive) {
    yes.push('R-OPN-06');
    steps |= LEGAL;
  }
  if (bound && (ref === 'SPECIAL' || (inWords && closed))) {
    yes.push('R-AVV-01');
    steps |= ref === 'SPECIAL' ? A6 : LEGAL;
  }
  const away = receiver === 'GESELLSCHAFT' || receiver === 'OTHER_PUBLIC' || receiver === 'RESEARCH';
  if (processed && closed && (away || competes) && !(processor && same)) {
    yes.push('R-AVV-10');
    steps |= OWNER;
  }
  if (closed && valid && contract.describedOnly !== false) {
    yes.push('R-CON-10');
    steps |= LEGAL;
  }
  if (processor) {
    yes.push('R-AVV-02');
    steps |= CONTROLLER;
  }
  if (taxes) yes.push('R-AVV-04');
  if (professional) yes.push('R-AVV-05');
  if (registered) yes.push('R-AVV-06');
  if (taxes || professional || registered) steps |= DSB | EVIDENCE;
  if (discreet) {
    yes.push('R-AVV-07');
    steps |= EVIDENCE;
  }
  if (companyContract) {
    yes.push('R-CON-01');
    contractDue = true;
    if (request && !own) steps |= LEGAL;
  }
  if (foreign) {
    yes.push('R-CON-03');
    contractDue = true;
    steps |= openness === 'RESTRICTED' || pseudo ? A4 : A1;
    if (request && !own) steps |= LEGAL;
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
  if (onConditions) say('O-AICOND');
  if (aiPurpose || usesAi) say('O-AIUSE');
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
  if (least) say('O-MINGROUP', product.minGroup);
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
  if (product.licenceUntil != null) say('O-RIGHTSEND', product.licenceUntil.split('-').reverse().join('.'));
  if (tables.length > 0) say('O-SDC', tables.length > 1 ? tables : tables[0]!);
  if (source) say('O-SOURCE');
  if (privileged && pseudo && (code === 'STADTFORSCHUNG' || code === 'FORSCHUNG')) lifted.push('PRIVILEGED');
  if (lifted.length > 0) steps |= EVIDENCE;
  for (const rule of lifted) if (!has(yes, rule)) yes.push(rule);
  const burden = obligations.length - (licence && openness === 'OPEN' ? 1 : 0);
  return {
    outcome: steps !== 0 ? 'APPROVAL' : burden > 0 ? 'PERMIT_OBL' : 'PERMIT',
    rules: yes.sort(),
    obligations,
    steps: stepsOf(steps),
  };
}
