// Who may what, as people arrange it in the portal: two administrators appoint, an owner passes on and goes away.
import { BrowserSuite } from './suite';
import { Visitor, type VisitorOptions } from './visitor';
import { today as day } from '../support/day';

const suite = new BrowserSuite();

describe.each([
  ['with scripts', { javaScript: true }],
  ['without scripts, on a narrow screen', { javaScript: false, narrow: true }],
] as [string, VisitorOptions][])('the organisation %s', (how, options) => {
  const as = suite.people(options);
  const first = how === 'with scripts';

  test('everybody reads units, legal forms, empty seats and the role concept', async () => {
    const anna = await as('anna.ahorn');
    await anna.open('/');
    await anna.press('Organisation');
    expect(await anna.text()).toContain('Schulamt');
    await anna.look('organisation');
    await anna.press('Grünflächenamt');
    expect(await anna.text()).toContain('Benno Buche');
    await anna.look('stelle');
    await anna.open('/organisation/roles');
    await anna.look('rollen');
  });

  test('an administrator proposes; duties that must stay apart are refused with both roles named and the form kept', async () => {
    const xenia = await as('xenia.konto');
    await xenia.open('/administration');
    await xenia.look('administration');
    await xenia.press('Person suchen');
    await xenia.fill('Name', 'Schild');
    await xenia.press('Suchen');
    await xenia.look('personen');
    await xenia.press('Uma Schild');
    await xenia.page.locator('[name=role]').selectOption('OWNER');
    await xenia.page.getByLabel('Stelle', { exact: true }).selectOption({ label: 'Umweltamt' });
    await xenia.choose('Gilt für', 'UNIT');
    await xenia.page.locator('[name=validTo]').fill(day(300));
    await xenia.press('Rolle vorschlagen');
    expect(await xenia.text()).toContain('Uma Schild ist schon: Datenschutzbeauftragte');
    expect(await xenia.page.locator('[name=validTo]').inputValue()).toBe(day(300));
    await xenia.look('person-abgelehnt');
    await xenia.open('/administration/people?q=Fach');
    await xenia.press('Emil Fach');
    await xenia.page.locator('[name=role]').selectOption('STEWARD');
    await xenia.page.getByLabel('Stelle', { exact: true }).selectOption({ label: 'Grünflächenamt' });
    await xenia.choose('Gilt für', 'UNIT');
    await xenia.press('Rolle vorschlagen');
    expect(await xenia.text()).toContain('Der Vorschlag ist eingetragen');
    await xenia.look('person');
    await xenia.press('Weggang oder Wechsel');
    expect(await xenia.text()).toContain('Das endet mit dem Weggang aus der Stadt');
    await xenia.look('weggang');
    await xenia.open('/administration/new-person');
    await xenia.press('Aufnahme vorschlagen');
    await xenia.look('neue-person-fehler');
    await xenia.open('/administration');
    expect(await xenia.page.getByRole('button', { name: 'Bestellung bestätigen' }).count()).toBe(0);
  });

  test('a second administrator confirms, and may take the role away again alone', async () => {
    const nina = await as('nina.notiz');
    await nina.open('/administration');
    await nina.look('vorschlaege');
    await nina.press('Bestellung bestätigen');
    expect(await nina.text()).toContain('Die Bestellung ist bestätigt');
    const nameOfSteward = 'Fachliche Datenbetreuung';
    await nina.open('/administration/people?q=Fach');
    await nina.press('Emil Fach');
    const row = nina.page.locator('li', { hasText: nameOfSteward });
    await Promise.all([nina.page.waitForEvent('load'), row.getByRole('button', { name: 'Rolle beenden' }).click()]);
    expect(await nina.text()).toContain('Die Rolle ist beendet');
  });

  test('an owner passes the decision on in writing, goes away, comes back and takes it back', async () => {
    const anna = await as('anna.ahorn');
    await anna.open('/my-roles');
    await anna.press('Aufgabe übertragen');
    await anna.look('meine-rollen-fehler');
    await anna.page
      .getByLabel('Wem übertragen Sie die Aufgabe?')
      .selectOption({ label: 'Clara Linde (Grünflächenamt)' });
    await anna.fill('Fundstelle', 'Aktenzeichen 10/26');
    await anna.fill('Letzter Tag der Übertragung', day(200));
    await anna.press('Aufgabe übertragen');
    expect(await anna.text()).toContain('Clara Linde');
    await anna.fill('Erster Tag', day(0));
    await anna.fill('Letzter Tag der Abwesenheit', day(4));
    await anna.choose('Grund', 'URLAUB');
    await anna.press('Abwesenheit eintragen');
    await anna.look('meine-rollen');
    const clara = await as('clara.linde');
    await clara.open('/my-roles');
    expect(await clara.text()).toContain('Aktenzeichen 10/26');
    await clara.look('meine-rollen-uebertragen');
    await clara.open('/organisation');
    await clara.press('Grünflächenamt');
    expect(await clara.text()).toContain('zurzeit abwesend');
    expect(await clara.text()).not.toContain('Urlaub');
    await anna.press('Ich bin wieder da');
    await anna.press('Übertragung widerrufen');
    expect(await anna.text()).toContain('Die Übertragung ist widerrufen');
  });

  test('two administrators merge two offices: prepared with a preview, refused while something is open, dropped', async () => {
    const xenia = await as('xenia.konto');
    await xenia.open('/organisation-changes');
    await xenia.press('Änderung vorbereiten');
    await xenia.look('aenderung-art');
    await xenia.open('/organisation-changes/new?kind=SPLIT');
    await xenia.press('Noch eine Stelle');
    await xenia.look('teilung-form');
    await xenia.open('/organisation-changes/new');
    await xenia.page.getByLabel('Zusammenlegung').check();
    await xenia.press('Weiter');
    await xenia.page.getByLabel('Grünflächenamt (Amt)', { exact: true }).first().check();
    await xenia.press('Vorbereiten und Vorschau zeigen');
    await xenia.look('aenderung-fehler');
    expect(await xenia.page.getByLabel('Grünflächenamt (Amt)', { exact: true }).first().isChecked()).toBe(true);
    await xenia.page.getByLabel('Umweltamt (Amt)', { exact: true }).first().check();
    await xenia.fill('Organisationsverfügung', 'OV 12/2026');
    await xenia.fill('Name der neuen Stelle', 'Amt für Umwelt und Grün');
    await xenia.press('Vorbereiten und Vorschau zeigen');
    expect(await xenia.text()).toContain('Noch ist nichts geändert');
    await xenia.look('aenderung-vorbereitet');
    const place = new URL(xenia.page.url()).pathname;
    const nina = await as('nina.notiz');
    await nina.open(place);
    // the new office gets products and has nobody who answers for them yet
    const text = await nina.text();
    expect(text).toContain(
      'In der Stelle Amt für Umwelt und Grün ist an diesem Tag niemand für die Datenprodukte verantwortlich.',
    );
    expect(text).toContain('Bestätigen können Sie, sobald kein Hindernis mehr im Weg steht.');
    await nina.page
      .getByText(/^Datenprodukte \(\d+\)$/)
      .first()
      .click();
    expect(await nina.text()).toContain('Baumkataster');
    await nina.look('aenderung-vorschau');
    await nina.press('Änderung verwerfen');
    expect(await nina.text()).toContain('Die Änderung ist verworfen');
    await nina.open('/organisation-changes');
    await nina.look('aenderungen');
  });

  if (first) {
    test('a session about to end says so, and one press prolongs it without losing what was typed', async () => {
      const visitor = await Visitor.signedIn(suite.browser, suite.portal, 'lars.pfad', options);
      await visitor.page.clock.install();
      await visitor.open('/my-roles');
      await visitor.fill('Fundstelle', 'Noch nicht fertig');
      const warning = visitor.page.locator('#session-warning');
      expect(await warning.isVisible()).toBe(false);
      await visitor.page.clock.fastForward('26:00');
      await warning.waitFor();
      await visitor.look('sitzung-endet');
      // the press asks the server, whose clock did not jump: the page is told the same end again
      const asked = visitor.page.waitForResponse((answer) => answer.url().endsWith('/session'));
      await visitor.page.getByRole('button', { name: 'Angemeldet bleiben' }).click();
      expect((await asked).status()).toBe(200);
      expect(await visitor.page.getByLabel('Fundstelle').inputValue()).toBe('Noch nicht fertig');
      await visitor.page.clock.fastForward('10:00');
      expect(await warning.innerText()).toContain('Ihre Sitzung ist beendet');
      await visitor.leave();
    });

    test('all of it is reached with the keyboard alone', async () => {
      const anna = await as('anna.ahorn');
      await anna.open('/my-roles');
      const { page } = anna;
      const reach = async (name: string): Promise<void> => {
        for (let steps = 0; steps < 80; steps += 1) {
          await page.keyboard.press('Tab');
          const here = await page.evaluate<string>(
            `(() => { const at = document.activeElement; return (at.labels?.[0]?.innerText ?? at.innerText ?? '').trim(); })()`,
          );
          if (here.startsWith(name)) return;
        }
        throw new Error(`${name} was never reached with the tabulator`);
      };
      await reach('Erster Tag');
      await reach('Grund');
      await page.keyboard.press('ArrowDown');
      await reach('Abwesenheit eintragen');
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
      // the faults come first, each leads to its field
      expect(await page.evaluate<string>('document.activeElement.id')).toBe('errors');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.evaluate<string>('document.activeElement.name')).toBe('from');
    });
  }
});
