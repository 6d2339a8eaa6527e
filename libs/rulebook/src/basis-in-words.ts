import type { LegalBasis, Ruleset } from '#lib/policy';

const KIND: Record<NonNullable<LegalBasis['kind']>, string> = {
  ART_6: 'Grundlage nach Art. 6 DSGVO',
  SPECIAL_NORM: 'Norm, die selbst eine Übermittlung trägt',
  ART_9: 'Ausnahme nach Art. 9 Abs. 2 DSGVO, gilt neben einer Grundlage',
  ART_10: 'Grundlage nach Art. 10 DSGVO, gilt neben einer anderen',
  CHANGE: 'öffnet einen anderen Zweck, trägt selbst nichts',
  NONE: 'trägt keine Daten über Personen',
};

/** What a legal basis can carry, a sentence for each kind of transfer; an older law book says it of none. */
export function basisInWords(ruleset: Ruleset, { kind, carries = [], assigned }: LegalBasis): string[] {
  if (kind === undefined)
    return ['Das Regelwerk sagt nicht, was sie trägt. Daten über Personen trägt sie deshalb nicht.'];
  const named = (list: Parameters<Ruleset['label']>[0], codes: readonly string[] | undefined): string | null =>
    codes ? codes.map((code) => ruleset.label(list, code)).join(', ') : null;
  return [
    `${KIND[kind]}${assigned ? ` (${ruleset.label('mark', assigned)})` : ''}`,
    ...carries.map((one) =>
      [
        ['für', named('consumer', one.recipients)],
        ['von', named('provider', one.providers)],
        ['Einstufung', named('personalRef', one.personalRef)],
        ['Geheimnis', named('secrecy', one.secrecy)],
        ['Zweck', named('purposes', one.purposes)],
        ['Thema', named('themes', one.themes)],
        ['mit Nachweis', named('evidence', one.evidence)],
        ['nur', one.emergency ? 'solange ein bestätigter Ausnahmezugriff läuft' : null],
      ]
        .flatMap(([word, names]) => (names ? [`${word}: ${names}`] : []))
        .join('; '),
    ),
  ];
}
