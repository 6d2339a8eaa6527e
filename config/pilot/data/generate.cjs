// Makes the synthetic files of the pilot domain: `node config/pilot/data/generate.cjs`. Same seed, same bytes.
// Nothing here is about a real tree, building, camera or person; names are put together at random from invented parts.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');

let state = 20260211;
const random = () => {
  // mulberry32: small, seeded, good enough for made-up tables
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const int = (from, to) => from + Math.floor(random() * (to - from + 1));
const pick = (list) => list[int(0, list.length - 1)];
const dec = (from, to, places = 1) => (from + random() * (to - from)).toFixed(places).replace('.', ',');
const two = (n) => String(n).padStart(2, '0');
const date = (fromYear, toYear) => `${two(int(1, 28))}.${two(int(1, 12))}.${int(fromYear, toYear)}`;
const district = () => `Ortsbezirk ${two(int(1, 26))}`;

const STREETS = [
  'Ahornweg',
  'Bachgasse',
  'Distelstraße',
  'Eichenallee',
  'Farnweg',
  'Ginsterstraße',
  'Haselgasse',
  'Irisweg',
  'Jasminplatz',
  'Kleeweg',
  'Lindenallee',
  'Mühlgässchen',
];
const GIVEN = ['Alva', 'Bero', 'Cilli', 'Dorian', 'Edda', 'Fips', 'Gesa', 'Hanno', 'Isa', 'Jupp', 'Käthe', 'Lutz'];
const FAMILY = [
  'Musterbaum',
  'Probst-Muster',
  'Beispiel',
  'Erfunden',
  'Fiktus',
  'Mustersen',
  'Blattwerk',
  'Testmann',
  'Wurzelmuster',
  'Übungsfeld',
];
const person = () => `${pick(GIVEN)} ${pick(FAMILY)}`;
const phone = () => `0611 555${int(1000, 9999)}`;

const quote = (cell) => (/[;"\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell));
function write(name, header, rows, { before = [], bom = false, latin1 = false } = {}) {
  const text = [...before, header.join(';'), ...rows.map((row) => row.map(quote).join(';'))].join('\r\n') + '\r\n';
  writeFileSync(join(__dirname, name), Buffer.from((bom ? '\uFEFF' : '') + text, latin1 ? 'latin1' : 'utf8'));
}

const TREES = [
  ['Stiel-Eiche', 'Quercus robur'],
  ['Winter-Linde', 'Tilia cordata'],
  ['Berg-Ahorn', 'Acer pseudoplatanus'],
  ['Rotbuche', 'Fagus sylvatica'],
  ['Schwarz-Erle', 'Alnus glutinosa'],
  ['Hainbuche', 'Carpinus betulus'],
  ['Vogel-Kirsche', 'Prunus avium'],
  ['Ginkgo', 'Ginkgo biloba'],
];
write(
  'baumkataster.csv',
  [
    'baum_id',
    'baumart',
    'art_botanisch',
    'pflanzjahr',
    'hoehe_m',
    'kronendurchmesser_m',
    'stammumfang_cm',
    'standort',
    'ortsbezirk',
    'rechtswert',
    'hochwert',
    'letzte_kontrolle',
    'vitalitaet',
    'gutachter',
    'meldende_person',
  ],
  Array.from({ length: 500 }, (_, i) => {
    const [art, botanisch] = pick(TREES);
    return [
      `B-${String(i + 1).padStart(5, '0')}`,
      art,
      botanisch,
      int(1900, 2022),
      dec(3, 28),
      dec(1, 16),
      int(20, 380),
      `${pick(STREETS)} (${pick(['Grünstreifen', 'Platz', 'Schulhof', 'Park'])})`,
      district(),
      dec(440000, 452000, 2),
      dec(5543000, 5556000, 2),
      date(2023, 2025),
      int(0, 4),
      person(),
      random() < 0.3 ? person() : '',
    ];
  }),
  { bom: true },
);

write(
  'gebaeudekataster.csv',
  [
    'gebaeude_id',
    'bezeichnung',
    'nutzung',
    'ortsbezirk',
    'strasse',
    'hausnummer',
    'baujahr',
    'nutzflaeche_m2',
    'energietraeger',
    'waerme_kwh',
    'strom_kwh',
    'stand',
    'hausmeister_name',
    'telefon',
  ],
  Array.from({ length: 120 }, (_, i) => {
    const nutzung = pick(['Schule', 'Kindertagesstätte', 'Verwaltung', 'Feuerwehr', 'Sporthalle', 'Bürgerhaus']);
    return [
      `G-${String(i + 1).padStart(4, '0')}`,
      `${nutzung} ${pick(STREETS)}`,
      nutzung,
      district(),
      pick(STREETS),
      int(1, 140),
      int(1890, 2021),
      dec(180, 9000),
      pick(['Gas', 'Fernwärme', 'Wärmepumpe', 'Öl']),
      int(20000, 900000),
      int(4000, 250000),
      '31.12.2025',
      person(),
      phone(),
    ];
  }),
  {
    before: ['Gebäudedatenkataster kommunaler Gebäude', 'Erfundene Daten zur Erprobung, Stand 31.12.2025', ''],
    latin1: true,
  },
);

write(
  'verkehrszaehldaten.csv',
  ['zaehlstelle', 'strasse', 'richtung', 'datum', 'stunde', 'kfz', 'schwerverkehr', 'rad'],
  Array.from({ length: 10 }, (_, station) =>
    Array.from({ length: 48 }, (_, hour) => {
      const busy = Math.round(700 * Math.exp(-(((hour % 24) - 13) ** 2) / 30));
      return [
        `Z-${two(station + 1)}`,
        STREETS[station],
        station % 2 ? 'stadteinwärts' : 'stadtauswärts',
        `${two(3 + Math.floor(hour / 24))}.06.2026`,
        hour % 24,
        busy + int(0, 90),
        int(0, 40),
        int(0, 120),
      ];
    }),
  ).flat(),
);

write(
  'rohbilder-verkehrskameras.csv',
  ['bild_id', 'kamera', 'aufgenommen_am', 'datei', 'kfz_kennzeichen'],
  Array.from({ length: 60 }, (_, i) => [
    `I-${String(i + 1).padStart(6, '0')}`,
    `K-${two(int(1, 6))}`,
    `2026-06-03 ${two(int(6, 20))}:${two(int(0, 59))}:${two(int(0, 59))}`,
    `erfunden-${i + 1}.jpg`,
    `XX-ZZ ${int(1, 999)}`,
  ]),
);

write(
  'faellgenehmigungen.csv',
  [
    'antrag_nr',
    'eingang',
    'baumart',
    'grund',
    'entscheidung',
    'eigentuemer_name',
    'anschrift',
    'telefon',
    'flurstueck',
  ],
  Array.from({ length: 80 }, (_, i) => [
    `F-2025-${String(i + 1).padStart(3, '0')}`,
    date(2025, 2025),
    pick(TREES)[0],
    pick(['Bauvorhaben', 'Krankheit', 'Verkehrssicherheit']),
    pick(['genehmigt', 'genehmigt mit Ersatzpflanzung', 'abgelehnt']),
    person(),
    `${pick(STREETS)} ${int(1, 90)}`,
    phone(),
    `Flur ${int(1, 40)}, ${int(1, 300)}/${int(1, 9)}`,
  ]),
);

write(
  'zutrittsplaene-schulen.csv',
  ['schule', 'gebaeudeteil', 'tuer', 'schliesskreis', 'fluchtweg', 'alarmcode'],
  Array.from({ length: 40 }, (_, i) => [
    `Schule ${pick(STREETS)}`,
    pick(['Nordflügel', 'Südflügel', 'Sporthalle', 'Keller']),
    `T-${two(i + 1)}`,
    pick(['A', 'B', 'C']),
    pick(['ja', 'nein']),
    `erfunden-${int(1000, 9999)}`,
  ]),
);

write(
  'ortsbezirke-kennzahlen.csv',
  ['ortsbezirk_id', 'ortsbezirk', 'einwohner', 'haushalte', 'anteil_unter_18', 'anteil_ab_65', 'stichtag'],
  Array.from({ length: 26 }, (_, i) => {
    const people = int(20, 190) * 100;
    return [
      two(i + 1),
      `Ortsbezirk ${two(i + 1)}`,
      people,
      Math.round(people / 2 / 10) * 10,
      dec(11, 22),
      dec(14, 27),
      '31.12.2025',
    ];
  }),
);
