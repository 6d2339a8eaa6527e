import type { Ruleset } from '#lib/policy';

/** JSON Schema (2020-12) of one fact set; every field says in German what it means and which words it may hold. */
export function schemaOf(ruleset: Ruleset): Record<string, unknown> {
  const schema = ruleset.factsSchema((path) => {
    const text = ruleset.meaning(path);
    const kind = ruleset.fact(path);
    if (!text || !kind || !('of' in kind)) return text;
    const values = ruleset.labels(kind.of).map(({ code, name }) => `${code} (${name})`);
    return `${text}. Werte: ${values.join(', ')}`;
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Angaben zu einem Datenaustausch',
    description:
      'Was das Regelwerk über einen Austausch wissen muss. Felder unter `required` müssen angegeben werden, auch die Einstufung des Datenprodukts mit Geheimnissen, verantwortlicher Person und Prüfung: fehlt eines, wird nichts entschieden. Felder mit `default` dürfen fehlen; `explain` nennt, was dann angenommen wird, und warnt, wenn ein anderer Wert das Ergebnis strenger machte. Wahlfreie Felder ohne `default` sagen in ihrer Beschreibung, was ihr Fehlen bedeutet.',
    ...schema,
  };
}
