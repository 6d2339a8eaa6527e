/** German texts of everything that can be wrong in a JSON file; faults name line and member. */
export const JSON_FAULTS = {
  syntax: 'Hier ist kein gültiges JSON.',
  end_missing: 'Die Datei endet mitten in einem Datensatz.',
  after_end: 'Nach dem Ende der Liste steht noch Text.',
  not_an_object: 'Gelesen werden Objekte { … }, als Liste oder eines je Zeile. Hier steht etwas anderes.',
  record_too_long:
    'Der Datensatz ist länger als erlaubt. Steht die Liste der Objekte in einer Angabe eines anderen Objekts?',
  nested_too_deep: 'Die Angabe ist zu tief verschachtelt.',
  member_twice: 'Die Angabe kommt in diesem Datensatz zweimal vor.',
  member_name: 'Der Name der Angabe ist leer, zu lang oder enthält nicht erlaubte Zeichen.',
  list: 'Die Angabe enthält eine Liste. In eine Zelle passt nur ein Wert; Listen lassen sich als Text übernehmen.',
  text_too_long: 'Der Text ist länger als erlaubt.',
  nul_byte: 'Der Text enthält ein NUL-Zeichen.',
  half_sign: 'Der Text enthält ein halbes Zeichen.',
  bytes_unreadable: 'Der Text ist im Zeichensatz der Datei nicht lesbar.',
  too_many_columns: 'Die Tabelle hat mehr Spalten als erlaubt.',
} as const;
export type JsonFaultCode = keyof typeof JSON_FAULTS;

/** A record that can not be read any further; `at` is the offset in its text. */
export class RecordFault extends Error {
  constructor(
    readonly code: JsonFaultCode,
    readonly at: number,
    readonly member?: string,
  ) {
    super(code);
  }
}
