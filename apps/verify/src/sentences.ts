import type { LogFault, LogReport } from '#proof';

/** One check and how it ended, in words for people. */
export interface Sentence {
  ok: boolean;
  de: string;
  en: string;
}

const FAULTS: Record<string, { de: string; en: string }> = {
  checkpoint_missing: { de: 'Der Prüfpunkt fehlt.', en: 'The checkpoint is missing.' },
  note_malformed: { de: 'Der Prüfpunkt ist unlesbar.', en: 'The checkpoint is malformed.' },
  checkpoint_malformed: { de: 'Der Prüfpunkt ist unlesbar.', en: 'The checkpoint is malformed.' },
  signature_wrong: {
    de: 'Die Unterschrift passt nicht zum Prüfpunkt.',
    en: 'The signature does not match the checkpoint.',
  },
  signature_missing: {
    de: 'Der Prüfpunkt ist nicht mit diesem Schlüssel unterschrieben.',
    en: 'The checkpoint is not signed with this key.',
  },
  origin_wrong: {
    de: 'Der Prüfpunkt gehört zu einem anderen Protokoll.',
    en: 'The checkpoint belongs to another log.',
  },
  bundle_missing: { de: 'Einträge fehlen.', en: 'Entries are missing.' },
  bundle_malformed: { de: 'Ein Bündel von Einträgen ist beschädigt.', en: 'A bundle of entries is damaged.' },
  entry_changed: { de: 'Ein Eintrag wurde verändert.', en: 'An entry was changed.' },
  tile_missing: { de: 'Eine Hash-Kachel fehlt.', en: 'A hash tile is missing.' },
  tile_malformed: { de: 'Eine Hash-Kachel ist beschädigt.', en: 'A hash tile is damaged.' },
  tile_changed: {
    de: 'Eine Hash-Kachel passt nicht zu ihren Einträgen.',
    en: 'A hash tile does not match its entries.',
  },
  root_wrong: { de: 'Die Einträge sind nicht die unterschriebenen.', en: 'The entries are not the signed ones.' },
  history_rewritten: { de: 'Die Geschichte wurde umgeschrieben.', en: 'History was rewritten.' },
  log_shrunk: { de: 'Das Protokoll ist kürzer als früher.', en: 'The log is shorter than it was.' },
};

/** The report as sentences, the first failure last: nothing behind it was looked at. */
export function sentencesOf({ origin, size, root, checked, grownFrom, fault }: LogReport): Sentence[] {
  const sentences: Sentence[] = [];
  const good = (de: string, en: string) => sentences.push({ ok: true, de, en });
  if (size !== null) {
    good(
      `Die Unterschrift unter dem Prüfpunkt von „${origin}“ ist echt: ${size} Einträge, Wurzel ${root}.`,
      `The checkpoint of "${origin}" is genuinely signed: ${size} entries, root ${root}.`,
    );
    const all = checked === size;
    good(
      all
        ? `Alle ${checked} Einträge passen zu ihren Kacheln.`
        : `Die ersten ${checked} Einträge passen zu ihren Kacheln.`,
      all ? `All ${checked} entries match their tiles.` : `The first ${checked} entries match their tiles.`,
    );
    for (const old of grownFrom) {
      good(
        `Das Protokoll ist aus dem früheren Prüfpunkt mit ${old} Einträgen nur gewachsen.`,
        `The log only grew from the earlier checkpoint with ${old} entries.`,
      );
    }
  }
  if (fault) sentences.push({ ok: false, ...faultSentence(fault) });
  else good('Das Protokoll ist unverändert und vollständig.', 'The log is unchanged and complete.');
  return sentences;
}

function faultSentence({ code, index, until, detail }: LogFault): { de: string; en: string } {
  const { de, en } = FAULTS[code] ?? { de: 'Das Protokoll ist nicht in Ordnung.', en: 'The log is not sound.' };
  if (index === null) return { de: `${de} (${code})`, en: `${en} (${code}: ${detail})` };
  const range = until !== null && until !== index;
  return {
    de: `${de} Erster fehlerhafter Eintrag: ${index}${range ? ` (Schaden zwischen ${index} und ${until})` : ''}. (${code})`,
    en: `${en} First broken entry: ${index}${range ? ` (damage between ${index} and ${until})` : ''}. (${code}: ${detail})`,
  };
}
