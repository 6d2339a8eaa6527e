// The main job as people do it in the portal, told once and run twice: with scripts, and without any.
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { A_PDF } from '../support/evidence';
import { BrowserSuite } from './suite';
import { Visitor, type VisitorOptions } from './visitor';
import { today } from '../support/day';

const suite = new BrowserSuite();

/** A table as an office writes it: a title, German numbers and days, Latin-1. */
const TABLE = [
  'Baustellen der Stadt;;;',
  'Stand 31.12.2025;;;',
  'Nummer;Straße;Beginn;Fläche in m²',
  '1;Rheinstraße;01.03.2026;1.250,5',
  '2;Schulgasse;15.04.2026;80,0',
  '3;Äppelallee;02.05.2026;412,25',
  '',
].join('\r\n');

describe.each([
  ['with scripts', { javaScript: true }],
  ['without scripts', { javaScript: false }],
] as [string, VisitorOptions][])('the main job %s', (how, options) => {
  const title = `Baustellen ${how === 'with scripts' ? 'A' : 'B'}`;
  const as = suite.people(options);
  const places: Record<string, string> = {};
  const here = async (visitor: Visitor): Promise<string> => new URL(visitor.page.url()).pathname;

  test('a visitor reads what the data space is, and signs in', async () => {
    const visitor = await Visitor.arrive(suite.browser, suite.portal, 'gast', options);
    expect(await visitor.open('/')).toBe(200);
    await visitor.look('willkommen');
    await visitor.open('/about');
    await visitor.look('was-ist');
    await visitor.open('/accessibility');
    await visitor.look('barrierefreiheit');
    expect(await visitor.open('/gibt-es-nicht')).toBe(404);
    await visitor.look('nicht-gefunden');
    await visitor.open('/catalogue');
    expect(visitor.page.url()).toContain('/realms/datenraum/');
    await visitor.leave();
  });

  test('the steward drafts a product, uploads a table as offices write it, and sees what was recognised', async () => {
    const clara = await as('clara.linde');
    await clara.look('start-datenpflege');
    await clara.press('Daten veröffentlichen');
    await clara.look('eigene-produkte');
    await clara.press('Neues Datenprodukt anlegen');
    // nothing filled in: the form comes back with a way to each field, and with what was there
    await clara.fill('Kurzbeschreibung', 'Wo in der Stadt gebaut wird.');
    await clara.press('Entwurf anlegen');
    await clara.look('neues-produkt-fehler');
    expect(await clara.page.locator('#errors a').first().getAttribute('href')).toBe('#field-title');
    expect(await clara.page.getByLabel('Kurzbeschreibung').inputValue()).toBe('Wo in der Stadt gebaut wird.');
    await clara.fill('Titel', title);
    await clara.press('Entwurf anlegen');
    expect(await clara.heading()).toBe(title);
    places.product = (await here(clara)).split('/').at(-1) ?? '';
    await clara.look('produkt-entwurf');

    await clara.press('Daten hochladen');
    await clara.look('hochladen');
    await clara.press('Hochladen und Vorschau zeigen');
    await clara.look('hochladen-fehler');
    const file = join(tmpdir(), `baustellen-${process.pid}.csv`);
    writeFileSync(file, Buffer.from(TABLE, 'latin1'));
    await clara.page.getByLabel('CSV-Datei').setInputFiles(file);
    await clara.press('Hochladen und Vorschau zeigen');
    expect(await clara.heading()).toBe('Vorschau prüfen');
    const preview = await clara.text();
    expect(preview).toMatch(/Zeilen\s+3/);
    expect(preview).toContain('Äppelallee');
    expect(preview).toMatch(/in Zeile 3/);
    expect(await clara.page.getByLabel('Art der Spalte Beginn').inputValue()).toBe('DATE');
    expect(await clara.page.getByLabel(/Art der Spalte Fläche/).inputValue()).toBe('DECIMAL');
    await clara.look('vorschau');
    await clara.choose('Art der Spalte Nummer', 'TEXT');
    await clara.press('Datei so noch einmal lesen');
    expect(await clara.page.getByLabel('Art der Spalte Nummer').inputValue()).toBe('TEXT');
    await clara.press('Daten so übernehmen');
  });

  test('she describes the fields and the product, until nothing is missing', async () => {
    const clara = await as('clara.linde');
    expect(await clara.heading()).toBe('Felder von Datenstand Nr. 1');
    for (const [at, meaning] of [
      'Nummer der Baustelle',
      'Straße, in der gebaut wird',
      'Erster Tag',
      'Fläche der Baustelle',
    ].entries()) {
      await clara.page.locator(`[name=meaning-${at}]`).fill(meaning);
      await clara.page.locator(`[name=class-${at}]`).selectOption('NONE');
      const reason = clara.page.locator(`[name=reason-${at}]`);
      if ((await reason.count()) > 0) await reason.fill('Baustellen sind Dinge, keine Menschen.');
    }
    await clara.look('felder');
    await clara.press('Felder speichern');
    await clara.press('Beschreibung bearbeiten');
    await clara.look('beschreibung');
    const yes = (name: string, value: string) => clara.page.locator(`[name=${name}][value="${value}"]`).check();
    const set = (name: string, value: string) => clara.page.locator(`[name=${name}]`).fill(value);
    const pick = (name: string, value: string) => clara.page.locator(`[name=${name}]`).selectOption(value);
    await yes('themes', 'VERKEHR');
    await set('keywords', 'Baustellen\nStraßen');
    await set('domain', 'Verkehr');
    await pick('openness', 'INTERNAL');
    await pick('personalRef', 'NONE');
    await yes('secrecy', '-');
    for (const name of ['protectionC', 'protectionI', 'protectionA']) await pick(name, 'normal');
    await set('reviewBy', today(300));
    await pick('accessRights', 'RESTRICTED');
    await pick('discoverScope', 'ALL');
    await pick('sealedStatistics', 'nein');
    await pick('securityRelevant', 'nein');
    await set('nonPublicReason', 'Noch nicht geprüft.');
    for (const name of ['steward', 'maintainer', 'originator', 'collectedBy'])
      await set(name, 'Grünflächenamt, Sachgebiet Wege');
    await set('contact', 'kein-postfach');
    await pick('leadingSource', 'ja');
    await set('spatial', 'Stadtgebiet');
    await pick('level', 'STADT');
    await set('temporal', 'Stand 31.12.2025');
    await pick('periodicity', 'JAEHRLICH');
    await set('modified', '2025-12-31');
    await yes('allowedPurposes', 'VERKEHRSPLANUNG');
    for (const kind of ['OTHER_OFFICE', 'SAME_OFFICE', 'GESELLSCHAFT']) await yes('recipientKinds', kind);
    await set('maxRetentionDays', '200');
    await set('termsId', 'Nutzung innerhalb der Stadt');
    await yes('detailLevels', 'EINZELFALL');
    await yes('offers', 'ROWLEVEL');
    await set('maxDays', '300');
    await set('slaDays', '10');
    await pick('aiUse', 'NEIN');
    await set('collectionLegalBasis', 'Straßengesetz');
    await set('purpose', 'Planung von Bauarbeiten');
    await set('deletionRule', 'Nach zehn Jahren');
    await set('quality', 'Vollständig');
    await set('provenance', 'Aus dem Fachverfahren');
    await set('linkKeys', 'keine');
    await clara.press('Speichern');
    // one wrong statement: nothing was saved, everything is still there
    expect(await clara.page.locator('#errors').innerText()).toContain('Funktionspostfach');
    await clara.look('beschreibung-fehler');
    expect(await clara.page.locator('[name=domain]').inputValue()).toBe('Verkehr');
    await set('contact', 'wege@gruenflaechenamt.example');
    await clara.press('Speichern');
    const page = await clara.text();
    expect(page).toContain('Für „anfragbar“ ist alles da.');
    await clara.look('produkt-vollstaendig');
    await clara.press('Zur Freigabe geben');
    expect(await clara.text()).toContain('In Prüfung');
  });

  test('the owner, another person, releases and offers it', async () => {
    const anna = await as('anna.ahorn');
    await anna.open(`/publish/${places.product}`);
    await anna.look('produkt-freigeben');
    await anna.press('Freigeben: intern sichtbar machen');
    await anna.press('Anbieten: anfragbar machen');
    expect(await anna.text()).toContain('Anfragbar');
  });

  test('another office finds it, reads what would be decided, checks, and gets the answer at once', async () => {
    const eva = await as('eva.bach');
    await eva.open('/catalogue');
    await eva.look('katalog');
    await eva.fill('Suchwort', title);
    await eva.press('Suchen');
    expect(await eva.text()).toContain('Für Ihr Amt: automatisch, mit Auflagen');
    await eva.press(title);
    await eva.look('produktseite');
    await eva.press('Zugang beantragen');
    await eva.look('antrag-leer');
    await eva.press('Antrag stellen');
    await eva.look('antrag-fehler');
    expect(await eva.page.locator('#errors a[href="#field-project"]').count()).toBe(1);
    await eva.fill('Vorhaben', 'Umleitungen planen');
    await eva.fill('Zweck in einem Satz', 'Wir planen Umleitungen für Rettungswege.');
    await eva.page.locator('[name=declarations-usesAi][value=nein]').check();
    await eva.page.locator('[name=rows-0-column]').selectOption('Beginn');
    await eva.page.locator('[name=rows-0-op]').selectOption('gte');
    await eva.page.locator('[name=rows-0-value]').fill('01.04.2026');
    if (options.javaScript) {
      // beside the form while it is filled in; without scripts the button does the same
      await eva.page.locator('#pre-check-result', { hasText: 'Freigegeben mit Auflagen' }).waitFor();
    }
    await eva.press('Vorprüfung');
    expect(await eva.page.locator('#pre-check-result').innerText()).toContain('Freigegeben mit Auflagen');
    expect(await eva.page.locator('[name=project]').inputValue()).toBe('Umleitungen planen');
    await eva.look('antrag-vorpruefung');
    await eva.press('Antrag stellen');
    expect(await eva.text()).toContain('Freigegeben');
    places.request = await here(eva);
    await eva.until(places.request, 'Vereinbarung lesen und bestätigen');
    await eva.look('antrag-entschieden');
  });

  test('both sides read the same agreement; confirmed, it gives exactly the rows asked for', async () => {
    const [eva, anna] = [await as('eva.bach'), await as('anna.ahorn')];
    await eva.open(places.request!);
    await eva.press('Vereinbarung lesen und bestätigen');
    await eva.look('vereinbarung-angeboten');
    places.agreement = await here(eva);
    const terms = await eva.page.locator('.dr-document').innerText();
    await anna.open(places.agreement);
    expect(await anna.page.locator('.dr-document').innerText()).toBe(terms);
    await eva.press('Vereinbarung bestätigen');
    expect(await eva.text()).toContain('In Kraft');
    const [download] = await Promise.all([
      eva.page.waitForEvent('download'),
      eva.page.getByRole('button', { name: 'Herunterladen' }).click(),
    ]);
    const rows = readFileSync(await download.path(), 'utf8')
      .replace(/^\ufeff/, '')
      .trim()
      .split(/\r?\n/);
    expect(rows).toHaveLength(3);
    expect(rows.join('\n')).toContain('Äppelallee');
    expect(rows.join('\n')).not.toContain('Rheinstraße');
    await eva.until(places.agreement, 'vollständig');
    expect(await eva.page.locator('td code').first().innerText()).toMatch(/^[0-9a-f]{64}$/);
    await eva.look('vereinbarung-geliefert');
  });

  test('what the rules forbid is refused at once, with the rule and its source', async () => {
    const eva = await as('eva.bach');
    await eva.open('/catalogue?q=Rohbilder');
    expect(await eva.text()).toContain('Für Ihr Amt: nicht möglich');
    await eva.press('Rohbilder der Verkehrskameras');
    await eva.press('Zugang beantragen');
    await eva.fill('Vorhaben', 'Verkehr zählen');
    await eva.fill('Zweck in einem Satz', 'Wir wollen den Verkehr an Kreuzungen auswerten.');
    const fields = eva.page.locator('[name=fields]');
    if ((await fields.and(eva.page.locator(':checked')).count()) === 0) await fields.first().check();
    for (const no of await eva.page.locator('[type=radio][value=nein]').all()) await no.check();
    await eva.press('Antrag stellen');
    expect(await eva.text()).toContain('Abgelehnt');
    expect(await eva.text()).toContain('Regel R-VID-01');
    await eva.look('antrag-abgelehnt');
  });

  test('a company’s request goes through its chain: nobody decides on their own, a question is answered, the contract is put on record', async () => {
    const nils = await as('nils.halle');
    await nils.open('/catalogue?q=Gebäudedatenkataster');
    expect(await nils.text()).toContain('mit Genehmigung');
    await nils.press('Gebäudedatenkataster');
    await nils.press('Zugang beantragen');
    await nils.fill('Vorhaben', 'Reinigung planen');
    await nils.fill('Zweck in einem Satz', 'Wir planen die Reinigung der Gebäude der Stadt.');
    await nils.page.locator('[name=declarations-usesAi][value=nein]').check();
    await nils.press('Antrag stellen');
    expect(await nils.text()).toContain('In Prüfung');
    const request = await here(nils);
    await nils.until(request, 'Jetzt ist an der Reihe');
    await nils.look('antrag-in-pruefung');
    const number = (await nils.heading()).replace('Antrag ', '');

    const olga = await as('olga.dach');
    await olga.open('/inbox');
    await olga.look('aufgaben');
    await olga.press(number);
    await olga.look('aufgabe-fachliche-freigabe');
    await olga.page.getByText('Rückfrage stellen').click();
    await olga.fill('Ihre Frage an die anfragende Stelle', 'Welche Gebäude sind gemeint?');
    await olga.press('Rückfrage senden');
    await nils.until(request, 'Auf die Rückfrage antworten');
    await nils.look('rueckfrage');
    await nils.press('Antrag ändern und antworten');
    await nils.page.locator('[name=retentionDays]').fill('20');
    await nils.page.locator('[name=text]').fill('Alle Verwaltungsgebäude.');
    // a document is added on the way, and nothing that was filled in is lost
    await nils.press('Nachweis hochladen');
    await nils.look('nachweis-hochladen');
    await nils.page.locator('[name=kind]').selectOption('DATENSCHUTZKONZEPT');
    for (const name of ['title', 'reference', 'issuer']) await nils.page.locator(`[name=${name}]`).fill('Konzept 4');
    await nils.page
      .locator('[name=file]')
      .setInputFiles({ name: 'konzept.pdf', mimeType: 'application/pdf', buffer: A_PDF });
    await nils.press('Hochladen und zurück zum Antrag');
    expect(await nils.text()).toContain('Ihre Antwort ist noch nicht gesendet.');
    await nils.page.locator('[name=evidenceFiles]:checked').uncheck();
    expect(await nils.page.locator('[name=text]').inputValue()).toBe('Alle Verwaltungsgebäude.');
    await nils.press('Änderungen ansehen');
    await nils.look('antrag-aendern');
    await nils.press('Antwort mit geändertem Antrag senden');
    await olga.open('/inbox');
    await olga.press(number);
    expect(await olga.text()).toContain('Alle Verwaltungsgebäude.');
    const changed = olga.page.getByRole('table', { name: /^Geändert am/ }).getByRole('row', { name: /Löschen nach/ });
    expect(await changed.innerText()).toMatch(/enger.*365 Tagen.*20 Tagen/s);
    await olga.look('aufgabe-geaendert');
    await olga.press('Zustimmen wie beantragt');

    // the first request between the two needs a contract; the second finds it in the register
    await nils.open(request);
    if ((await nils.text()).includes('Rechtsamt / Vertragsprüfung')) {
      const theo = await as('theo.satz');
      await theo.until('/inbox', number);
      await theo.press(number);
      await theo.look('aufgabe-vertrag');
      await theo.choose('Art des Vertrags', 'DUV');
      await theo.fill('Fundstelle', 'Vertragsregister 2026/17');
      await theo.fill('Gültig ab', '2026-01-01');
      // long enough for the second request as well, whatever it asks for at first
      await theo.fill('Letzter Tag', '2030-12-31');
      await theo.press(/Vertrag .*bestätigen/);
    }

    const ida = await as('ida.stein');
    await ida.until('/inbox', number);
    await ida.press(number);
    await ida.look('aufgabe-datenverantwortung');
    places.task = await here(ida);
    await ida.page.getByText('Mit Auflagen zustimmen').first().click();
    await ida.page.locator('[name=fields]').last().uncheck();
    await ida.fill('Weitere Auflage in Worten', 'Nur für die Planung der Reinigung.');
    await ida.press('Mit diesen Auflagen zustimmen');
    await nils.until(request, 'Vereinbarung lesen und bestätigen');
    await nils.look('antrag-freigegeben');
    await nils.press('Vereinbarung lesen und bestätigen');
    expect(await nils.text()).toContain('Nur für die Planung der Reinigung.');
    places.second = await here(nils);
    await nils.open(places.task);
    expect(await nils.text()).toContain('Über den eigenen Antrag entscheidet niemand selbst');
    await nils.look('aufgabe-eigener-antrag');
  });

  test('who answers for the company confirms, not who asked; the owner revokes after seeing what it stops', async () => {
    const [pia, ida] = [await as('pia.flur'), await as('ida.stein')];
    await pia.open(places.second!);
    // the contract asks for what stands nowhere else; without it the agreement stays an offer, and says so
    await pia.press('Vereinbarung bestätigen');
    expect(await pia.text()).toContain('Bitte antworten Sie');
    await pia.look('vereinbarung-frage');
    await pia.fill(
      'Wer hat die Verpflichtung auf den Zweck unterschrieben, und wo liegt sie?',
      'Geschäftsführung, Akte 12-3',
    );
    await pia.press('Vereinbarung bestätigen');
    expect(await pia.text()).toContain('In Kraft');
    expect(await pia.text()).toContain('Geschäftsführung, Akte 12-3');
    await ida.open(places.second!);
    await ida.press('Vereinbarung widerrufen');
    await ida.look('widerruf');
    await ida.press('Jetzt widerrufen');
    await ida.look('widerruf-fehler');
    await ida.fill('Begründung', 'Das Vorhaben wurde beendet.');
    await ida.press('Jetzt widerrufen');
    expect(await ida.text()).toContain('Widerrufen');
    await ida.look('vereinbarung-widerrufen');
  });

  test('who has no part in it is told so in plain words', async () => {
    const zoe = await as('zoe.plan');
    expect(await zoe.open('/audit')).toBe(403);
    await zoe.look('keine-berechtigung');
    expect(await zoe.open(places.request!)).toBe(404);
    await zoe.look('antrag-fremd');
    await zoe.open('/requests');
    await zoe.look('antraege-leer');
  });

  test('the auditor sees every step and checks the log from its first entry', async () => {
    const willi = await as('willi.pruefer');
    await willi.open('/audit');
    await willi.look('protokoll');
    await willi.press(/Protokoll \d{4} jetzt prüfen/);
    expect(await willi.text()).toMatch(/Lückenlos bis Nummer \d/);
    await willi.look('pruefung');
    await willi.open(`/audit?about=${places.request!.split('/').at(-1)}`);
    expect(await willi.text()).toContain('request.submitted.v1');
    await willi.look('vorgang');
    await willi.page.locator('th a').first().click();
    await willi.page.waitForLoadState();
    await willi.look('eintrag');
    await willi.open('/requests');
    await willi.look('antraege');
    await willi.open('/agreements');
    await willi.look('vereinbarungen');
  });

  test('signing out ends the session here and at the identity provider', async () => {
    const eva = await as('eva.bach');
    await eva.open('/');
    await eva.page.getByRole('button', { name: 'Abmelden' }).click();
    if (!options.javaScript) await eva.press('Beim Anmeldedienst abmelden');
    await eva.page.waitForURL(/signed-out|logout/);
    await eva.open('/');
    expect(await eva.text()).toContain('Willkommen');
  });
});

test.each([
  ['dark', { javaScript: true, dark: true }],
  ['at 320 pixels', { javaScript: true, narrow: true }],
] as [string, VisitorOptions][])('pages hold %s', async (_, options) => {
  const eva = await Visitor.signedIn(suite.browser, suite.portal, 'eva.bach', options);
  await eva.look('start');
  await eva.open('/catalogue');
  await eva.look('katalog');
  await eva.press('Baumkataster');
  await eva.look('produktseite');
  await eva.press('Zugang beantragen');
  await eva.look('antrag');
  await eva.open('/requests');
  await eva.look('antraege');
  await eva.leave();
  const ida = await Visitor.signedIn(suite.browser, suite.portal, 'ida.stein', options);
  await ida.open('/publish');
  await ida.press('Gebäudedatenkataster');
  await ida.look('produkt-arbeit');
  await ida.leave();
});

test('the keyboard reaches the content, the form and its button, and always shows where it is', async () => {
  const eva = await Visitor.signedIn(suite.browser, suite.portal, 'eva.bach', { javaScript: true });
  await eva.open('/catalogue');
  await eva.page.keyboard.press('Tab');
  expect(await eva.page.evaluate('document.activeElement.textContent')).toBe('Zum Inhalt springen');
  await eva.page.keyboard.press('Enter');
  expect(await eva.page.evaluate('document.activeElement.id')).toBe('inhalt');
  await eva.page.keyboard.press('Tab');
  expect(await eva.page.evaluate('document.activeElement.name')).toBe('q');
  await eva.page.keyboard.type('Baum');
  await Promise.all([eva.page.waitForEvent('load'), eva.page.keyboard.press('Enter')]);
  expect(await eva.text()).toContain('Baumkataster');
  for (let stops = 0; stops < 12; stops += 1) {
    await eva.page.keyboard.press('Tab');
    const outline = await eva.page.evaluate(
      `getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).boxShadow`,
    );
    expect(outline).not.toBe('nonenone');
  }
  await eva.leave();
});
