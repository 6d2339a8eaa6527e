import { constraintsAsProblems, defineProblems } from '#lib/kernel';

export const catalogueProblems = defineProblems('catalogue', {
  product_not_found: {
    status: 404,
    title: 'Datenprodukt nicht gefunden',
    remedy: 'Bitte suchen Sie im Katalog. Vielleicht ist das Produkt nicht für Ihre Stelle bestimmt.',
  },
  version_not_found: {
    status: 404,
    title: 'Datenstand nicht gefunden',
    remedy: 'Bitte öffnen Sie das Produkt noch einmal.',
  },
  upload_not_found: {
    status: 404,
    title: 'Upload nicht gefunden',
    remedy: 'Eine Vorschau gilt einen Tag. Bitte laden Sie die Datei noch einmal hoch.',
  },
  product_not_yours: {
    status: 403,
    title: 'Nicht Ihr Datenprodukt',
    remedy: 'Nur die fachliche Datenbetreuung der bereitstellenden Stelle bearbeitet ein Produkt.',
  },
  release_not_yours: {
    status: 403,
    title: 'Nicht Ihre Freigabe',
    remedy: 'Nur die Datenverantwortlichen der bereitstellenden Stelle geben ein Produkt frei.',
  },
  release_needs_second_person: {
    status: 403,
    title: 'Zwei Personen nötig',
    remedy: 'Wer ein Produkt bearbeitet hat, kann es nicht freigeben. Bitte bitten Sie Ihre Vertretung.',
  },
  statistics_release_not_yours: {
    status: 403,
    title: 'Nicht Ihre Freigabe',
    remedy: 'Was aus der Statistik hinausgeht, gibt nur die Statistikstelle selbst frei.',
  },
  statistics_release_state: {
    status: 409,
    title: 'Diese Freigabe gibt es schon oder nicht mehr',
    remedy: 'Bitte laden Sie die Seite neu.',
  },
  lowered_with_fields: {
    status: 422,
    title: 'Es gibt noch Felder über Menschen',
    remedy:
      'Ein Produkt, das Menschen betraf, hat keinen oder nur zusammengefassten Bezug zu ihnen erst, wenn solche Felder nicht mehr darin stehen. Bitte laden Sie einen Datenstand ohne sie hoch.',
  },
  opinion_missing: {
    status: 409,
    title: 'Eine Stellungnahme fehlt',
    remedy: 'Die Einstufung wird niedriger. Vor der Freigabe müssen die genannten Stellen Stellung nehmen.',
  },
  opinion_not_found: {
    status: 404,
    title: 'Stellungnahme nicht gefunden',
    remedy: 'Bitte öffnen Sie Ihre Aufgaben noch einmal.',
  },
  opinion_not_yours: {
    status: 403,
    title: 'Nicht Ihre Stellungnahme',
    remedy: 'Stellung nehmen nur die Stellen, die gefragt sind, und niemand, der das Produkt bearbeitet hat.',
  },
  opinion_given: {
    status: 409,
    title: 'Diese Stellungnahme ist schon gegeben',
    remedy: 'Bitte laden Sie die Seite neu.',
  },
  statistics_objects: {
    status: 409,
    title: 'Die Statistikstelle widerspricht',
    remedy: 'Gegen die Statistikstelle wird eine Einstufung der Statistik nicht niedriger. Bitte sprechen Sie mit ihr.',
  },
  reasons_missing: {
    status: 422,
    title: 'Bitte begründen Sie die Freigabe',
    remedy: 'Der Datenschutz hat Bedenken. Wer trotzdem freigibt, schreibt die Gründe dafür auf.',
  },
  product_incomplete: {
    status: 422,
    title: 'Angaben fehlen',
    remedy: 'Bitte ergänzen Sie die genannten Angaben und versuchen Sie es dann noch einmal.',
  },
  product_state: {
    status: 409,
    title: 'Dieser Schritt ist jetzt nicht möglich',
    remedy: 'Das Produkt ist in einem anderen Zustand. Bitte laden Sie die Seite neu.',
  },
  product_fixed: {
    status: 409,
    title: 'Diese Angaben sind freigegeben',
    remedy:
      'Bitte nehmen Sie das Produkt zuerst in Überarbeitung. Bis zur neuen Freigabe wird daraus nichts geliefert.',
  },
  product_changed: {
    status: 412,
    title: 'Das Produkt wurde inzwischen geändert',
    remedy: 'Bitte laden Sie die Seite neu und prüfen Sie die Änderungen.',
  },
  product_key_taken: {
    status: 409,
    title: 'Kurzname schon vergeben',
    remedy: 'Bitte wählen Sie einen anderen Kurznamen.',
  },
  field_class_below_scan: {
    status: 422,
    title: 'Feldklasse niedriger als vorgeschlagen',
    remedy: 'Bitte begründen Sie, warum das Feld keine Person erkennen lässt, oder übernehmen Sie den Vorschlag.',
  },
  version_frozen: {
    status: 409,
    title: 'Datenstand ist freigegeben',
    remedy: 'Ein freigegebener Datenstand ändert sich nicht mehr. Bitte laden Sie einen neuen hoch.',
  },
  page_token_malformed: {
    status: 422,
    title: 'Seitenangabe nicht lesbar',
    remedy: 'Bitte beginnen Sie die Suche von vorn.',
  },
});

/** What the database refuses: the second line caught what the first should have, still an answer a person can use. */
export const withProblems = constraintsAsProblems({
  product_key_key: catalogueProblems.product_key_taken,
  product_second_person: catalogueProblems.release_needs_second_person,
  product_visible_musts: catalogueProblems.product_incomplete,
  product_requestable_musts: catalogueProblems.product_incomplete,
  product_accountable: catalogueProblems.product_incomplete,
  product_fields: catalogueProblems.product_incomplete,
  product_ladder: catalogueProblems.product_state,
  statistics_release_once: catalogueProblems.statistics_release_state,
  statistics_release_second_person: catalogueProblems.release_needs_second_person,
  statistics_release_by_statistics: catalogueProblems.statistics_release_not_yours,
});
