import { law } from '../../../../test/support/law';
import { someInputs } from '../../../../test/bench/policy/inputs';
import type { Facts } from '..';
import { wouldCarry } from '../facts/carrying-bases';
import { decide } from './decide';
import { evaluate } from './match';
import { RulesInPlay } from './rules-in-play';

const ruleset = law();
const { variants, law: compiled } = ruleset.engine;
const { model, codes } = compiled;
const index = new RulesInPlay(variants, ({ when }) => when, model.paths);

/** What no list knows, the same word twice, words that hold what separates words, and no answer where there should be one. */
const odd: ((facts: Facts) => object)[] = [
  (facts) => ({ ...facts, form: 'NOWHERE' }),
  ({ product, ...facts }) => ({ ...facts, product: { ...product, secrecy: [...product.secrecy, 'NOWHERE'] } }),
  ({ product, ...facts }) => ({ ...facts, product: { ...product, secrecy: [...product.secrecy, ...product.secrecy] } }),
  ({ product, ...facts }) => ({ ...facts, product: { ...product, secrecy: [product.secrecy.join()] } }),
  ({ purpose, ...facts }) => ({ ...facts, purpose: { ...purpose, code: '\0' } }),
  (facts) => ({ ...facts, thirdCountry: null, phase: undefined }),
  (facts) => facts,
];
const inputs = someInputs(4_000, 31, ruleset, 0.2).map((facts, at) => odd[at % odd.length]!(facts) as Facts);
const all = inputs.map((facts) => model.evaluate(facts, codes));

test('a rule that matches is in play, whatever was asked before', () => {
  for (const evaluated of all) {
    const inPlay = new Set(index.of(evaluated));
    for (const variant of variants)
      if (!inPlay.has(variant) && evaluate(variant.when, evaluated)) expect({ variant, evaluated }).toBeNull();
  }
});

test('rules in play keep their order, and most are ruled out', () => {
  const places = new Map(variants.map((variant, place) => [variant, place]));
  let count = 0;
  for (const evaluated of all) {
    const inPlay = index.of(evaluated).map((variant) => places.get(variant)!);
    expect(inPlay).toEqual([...inPlay].sort((a, b) => a - b));
    count += inPlay.length;
  }
  expect(count / all.length).toBeLessThan(variants.length / 10);
});

test('a refusal names the bases that would carry just this transfer, whatever was refused before', () => {
  let seen = 0;
  for (const facts of someInputs(4_000, 32, ruleset)) {
    const reason = decide(ruleset, facts).because.find(({ code }) => code === 'basis_not_carrying');
    if (!reason) continue;
    seen++;
    const { carriedBy } = wouldCarry(facts, model.evaluate(facts, codes).calc, codes.carrying!);
    const names = carriedBy.slice(0, 8).map((code) => compiled.basisName(code));
    expect(reason.text).toContain(
      names.length > 0 ? `wenn sie zutreffen: ${names.join('; ')}.` : 'kennt das Regelwerk keine',
    );
  }
  expect(seen).toBeGreaterThan(20);
});
