/** Who acts for a unit of the pilot domain in the stories. All people are invented. */
export interface Office {
  name: string;
  requester?: string;
  head?: string;
  steward?: string;
  owner?: string;
  /** who answers for a company or an Eigenbetrieb and signs what binds it; for an office confirms whoever asked */
  signer?: string;
}

export const OFFICES = {
  umweltamt: {
    name: 'Umweltamt',
    requester: 'eva.bach',
    head: 'falk.quelle',
    steward: 'hanna.regen',
    owner: 'gero.wolke',
  },
  stadtplanungsamt: { name: 'Stadtplanungsamt', requester: 'zoe.plan', head: 'ron.rinne' },
  schulamt: { name: 'Schulamt', requester: 'celia.kreide', head: 'dirk.schwamm' },
  hochbauamt: { name: 'Hochbauamt', steward: 'karla.mauer', owner: 'ida.stein' },
  gruenflaechenamt: { name: 'Grünflächenamt', requester: 'emil.fach', steward: 'clara.linde', owner: 'anna.ahorn' },
  'tiefbau-vermessungsamt': { name: 'Tiefbau- und Vermessungsamt', steward: 'mia.bruecke', owner: 'lars.pfad' },
  statistikamt: {
    name: 'Amt für Statistik und Stadtforschung',
    requester: 'merle.mittel',
    head: 'norbert.rang',
    steward: 'rike.zelle',
    owner: 'otto.tafel',
  },
  statistikstelle: { name: 'Statistikstelle', steward: 'leif.summe', owner: 'yara.zahl' },
  jugendamt: { name: 'Jugendamt', steward: 'lotte.ball', owner: 'jule.garten' },
  jugendhilfeplanung: { name: 'Jugendamt, Jugendhilfeplanung', requester: 'mats.wiege' },
  jobcenter: { name: 'Jobcenter', steward: 'paula.ofen', owner: 'nele.brot' },
  'kassen-steueramt': { name: 'Kassen- und Steueramt', steward: 'tara.beleg', owner: 'rolf.taler' },
  buergeramt: { name: 'Bürgeramt (Meldebehörde)', steward: 'wiebke.stempel', owner: 'ute.pforte' },
  gesundheitsamt: { name: 'Gesundheitsamt', requester: 'alma.puls' },
  feuerwehr: { name: 'Feuerwehr', requester: 'bruno.schlauch', head: 'gesa.leiter' },
  entsorgungsbetrieb: {
    name: 'Entsorgungsbetrieb',
    requester: 'carl.tonne',
    head: 'sina.siel',
    steward: 'kira.sack',
    owner: 'dana.deckel',
    signer: 'dana.deckel',
  },
  containerdienst: { name: 'Containerdienst im Wettbewerb', requester: 'paul.mulde' },
  gebaeudedienste: {
    name: 'Städtische Gebäudedienste',
    requester: 'nils.halle',
    head: 'olga.dach',
    signer: 'pia.flur',
  },
  energieversorger: {
    name: 'Städtischer Energieversorger',
    requester: 'britta.watt',
    head: 'tim.tau',
    steward: 'ilse.zaehler',
    owner: 'arno.netz',
    signer: 'arno.netz',
  },
  verkehrsgesellschaft: { name: 'Städtische Verkehrsgesellschaft', steward: 'greta.fahrt', owner: 'edda.gleis' },
  pflegedienst: { name: 'Privater Pflegedienst', requester: 'ottilie.obhut' },
} satisfies Record<string, Office>;
export type UnitKey = keyof typeof OFFICES;

export const officeOf = (unit: UnitKey): Office => OFFICES[unit];
/** Somebody of the unit in that part; a story that needs one who is not there is wrong. */
export function personOf(unit: UnitKey, part: Exclude<keyof Office, 'name'>): string {
  const person = officeOf(unit)[part];
  if (!person) throw new Error(`nobody of \`${unit}\` is ${part}`);
  return person;
}

/** Desks of the whole city, by role. Where votes are counted, several people. */
export const CITY_DESKS: Readonly<Record<string, readonly string[]>> = {
  DSB: ['uma.schild'],
  ISB: ['vera.riegel'],
  STAT: ['yara.zahl'],
  LEGAL: ['theo.satz'],
  LEITUNG_VERWALTUNG: ['leonore.leit'],
  SK_MITGLIED: ['tilda.trend', 'ines.impuls'],
  OPENDATA: ['oskar.offen'],
  GS_DG: ['quirin.stern'],
};
