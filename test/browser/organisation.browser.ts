// Who may what, as people arrange it in the portal: two administrators appoint, an owner passes on and goes away.
import type { Browser } from 'playwright-core';
import { type Stack, startStack } from './stack';
import { startBrowser, Visitor, type VisitorOptions } from './visitor';

let stack: Stack;
let browser: Browser;
beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), startBrowser()]);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await stack?.close();
});

const day = (later: number): string => new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10);

describe.each([
  ['with scripts', { javaScript: true }],
  ['without scripts, on a narrow screen', { javaScript: false, narrow: true }],
] as [string, VisitorOptions][])('the organisation %s', (how, options) => {
  const people = new Map<string, Visitor>();
  const as = async (name: string): Promise<Visitor> => {
    const known = people.get(name) ?? (await Visitor.signedIn(browser, stack.portal, name, options));
    people.set(name, known);
    return known;
  };
  afterAll(async () => {
    for (const visitor of people.values()) await visitor.leave();
  });
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
    await xenia.fill('Letzter Tag', day(300));
    await xenia.press('Rolle vorschlagen');
    expect(await xenia.text()).toContain('Uma Schild ist schon: Datenschutzbeauftragte');
    expect(await xenia.page.getByLabel('Letzter Tag').inputValue()).toBe(day(300));
    await xenia.look('person-abgelehnt');
    await xenia.open('/administration/people?q=Fach');
    await xenia.press('Emil Fach');
    await xenia.page.locator('[name=role]').selectOption('STEWARD');
    await xenia.page.getByLabel('Stelle', { exact: true }).selectOption({ label: 'Grünflächenamt' });
    await xenia.choose('Gilt für', 'UNIT');
    await xenia.press('Rolle vorschlagen');
    expect(await xenia.text()).toContain('Der Vorschlag ist eingetragen');
    await xenia.look('person');
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
    await Promise.all([nina.page.waitForNavigation(), row.getByRole('button', { name: 'Rolle beenden' }).click()]);
    expect(await nina.text()).toContain('Die Rolle ist beendet');
  });

  test('an owner passes the decision on in writing, goes away, comes back and takes it back', async () => {
    const anna = await as('anna.ahorn');
    await anna.open('/my-roles');
    await anna.press('Aufgabe übertragen');
    await anna.look('meine-rollen-fehler');
    await anna.page.getByLabel('Wem übertragen Sie die Aufgabe?').selectOption({ label: 'Clara Linde (Grünflächenamt)' });
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

  if (first) {
    test('all of it is reached with the keyboard alone', async () => {
      const anna = await as('anna.ahorn');
      await anna.open('/my-roles');
      const { page } = anna;
      const reach = async (name: string): Promise<void> => {
        for (let steps = 0; steps < 80; steps += 1) {
          await page.keyboard.press('Tab');
          const here = await page.evaluate<string>(`(() => { const at = document.activeElement; return (at.labels?.[0]?.innerText ?? at.innerText ?? '').trim(); })()`);
          if (here.startsWith(name)) return;
        }
        throw new Error(`${name} was never reached with the tabulator`);
      };
      await reach('Erster Tag');
      await reach('Grund');
      await page.keyboard.press('ArrowDown');
      await reach('Abwesenheit eintragen');
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      // the faults come first, each leads to its field
      expect(await page.evaluate<string>('document.activeElement.id')).toBe('fehler');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.evaluate<string>('document.activeElement.name')).toBe('from');
    });
  }
});
