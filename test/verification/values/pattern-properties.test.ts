import * as fc from 'fast-check';
import { equal, Pattern } from '../../../lib/verification/private/values/pattern';
import { Text } from '../../../lib/verification/private/values/text';
import { Unknown } from '../../../lib/verification/private/values/unknown';

const ALPHABET = [...'ab/*?'];
const COUNT = 3;

/** The options of an unknown, and candidates for its value. */
const option = fc.record({
  excludes: fc.oneof(fc.constant('*?/'), fc.subarray(ALPHABET).map((characters) => characters.join(''))),
  isInGroup: fc.nat(2).map((n) => n > 0),
  values: fc.array(fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 3 }), { minLength: 1, maxLength: 6 }),
});

const options = fc.array(option, { minLength: COUNT, maxLength: COUNT });

/** Literals, and the numbers of unknowns. */
const parts = fc.array(fc.oneof(fc.constantFrom(...ALPHABET), fc.nat(COUNT - 1)), { maxLength: 6 });

/** Two of them that are alike, because others are seldom equal. */
const pairs = fc.oneof(
  fc.tuple(parts, parts),
  fc.tuple(parts, parts, parts, parts)
    .map(([start, one, other, end]): [Parts, Parts] => [[...start, ...one.slice(0, 2), ...end], [...start, ...other.slice(0, 2), ...end]]),
);

type Options = typeof options extends fc.Arbitrary<infer T> ? T : never;
type Parts = Array<string | number>;

const unknowns = (all: Options) => all.map(({ excludes, isInGroup }, i) => new Unknown(`U${i}`, { label: `U${i}`, excludes, differsWithin: isInGroup ? 'group' : undefined }));

const textOf = (all: Unknown[], written: Parts) => Text.join(written.map((part) => (typeof part === 'number' ? Text.unknown(all[part]) : Text.of(part))));

/** Values that the unknowns can have, by what is known of them. */
function assignments(all: Options): string[][] {
  const allowed = all.map(({ excludes, values }) => ['', 'a', 'b', 'ab', '*', ...values].filter((value) => [...excludes].every((character) => !value.includes(character))));
  const products = allowed.reduce<string[][]>((sofar, values) => sofar.flatMap((rest) => values.map((value) => [...rest, value])), [[]]);
  return products.filter((values) => {
    const inGroup = values.filter((_, i) => all[i].isInGroup);
    return new Set(inGroup).size === inGroup.length;
  });
}

const completed = (written: Parts, values: string[]) => written.map((part) => (typeof part === 'number' ? values[part] : part)).join('');

/** Follows all positions that a glob can reach in a text, because a regular expression would take too long for many wildcards. */
function globMatches(glob: string, text: string, excludes = ''): boolean {
  let positions = [0];
  for (const character of glob) {
    const accepts = (at: number) => at < text.length && (character === '?' || character === '*' ? !excludes.includes(text[at]) : text[at] === character);
    const next = new Set<number>();
    for (const start of positions) {
      if (character !== '*') {
        next.add(accepts(start) ? start + 1 : -1);
        continue;
      }
      for (let at = start; ; at++) {
        next.add(at);
        if (!accepts(at)) {
          break;
        }
      }
    }
    next.delete(-1);
    positions = [...next];
  }
  return positions.includes(text.length);
}

/** That an answer holds for all values of the unknowns. */
function expectSound(truth: string, outcomes: boolean[]): void {
  if (truth === 'yes') {
    expect(outcomes).not.toContain(false);
  } else if (truth === 'no') {
    expect(outcomes).not.toContain(true);
  }
}

test('whether texts are equal is never contradicted by values of the unknowns', () => {
  fc.assert(fc.property(options, pairs, (all, [one, other]) => {
    const symbols = unknowns(all);
    const truth = equal(textOf(symbols, one), textOf(symbols, other));
    expectSound(truth, assignments(all).map((values) => completed(one, values) === completed(other, values)));
  }), { numRuns: 600 });
});

test('whether a pattern matches is never contradicted by values of the unknowns, even of those with wildcards', () => {
  fc.assert(fc.property(options, pairs, (all, [pattern, text]) => {
    const symbols = unknowns(all);
    const truth = Pattern.glob(textOf(symbols, pattern)).matches(textOf(symbols, text));
    expectSound(truth, assignments(all).map((values) => globMatches(completed(pattern, values), completed(text, values))));
  }), { numRuns: 600 });
});

test('whether a pattern matches whose wildcards exclude a character is never contradicted', () => {
  fc.assert(fc.property(options, pairs, (all, [pattern, text]) => {
    const symbols = unknowns(all);
    const truth = Pattern.glob(textOf(symbols, pattern), '/').matches(textOf(symbols, text));
    expectSound(truth, assignments(all).map((values) => globMatches(completed(pattern, values), completed(text, values), '/')));
  }), { numRuns: 600 });
});

test('patterns and texts without unknowns match as regular expressions do', () => {
  const literals = fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 8 });
  fc.assert(fc.property(literals, literals, fc.constantFrom('', '/'), (pattern, text, excludes) => {
    const one = excludes === '' ? '[^]' : `[^${excludes}]`;
    const source = [...pattern].map((character) => (character === '*' ? `${one}*` : character === '?' ? one : `[${character}]`)).join('');
    const expected = new RegExp(`^${source}$`).test(text);
    expect(globMatches(pattern, text, excludes)).toBe(expected);
    expect(Pattern.glob(Text.of(pattern), excludes).matches(Text.of(text))).toBe(expected ? 'yes' : 'no');
  }), { numRuns: 2000 });
});

test('whether two texts are equal is at least as certain as what the pattern of one of them tells', () => {
  fc.assert(fc.property(options, pairs, (all, [one, other]) => {
    const known = unknowns(all);
    const [first, second] = [textOf(known, one), textOf(unknowns(all), other)];
    const byPattern = Pattern.exact(first).matches(second);
    expect(byPattern === 'unknown' ? ['unknown', 'no'] : [byPattern]).toContain(equal(first, second)); // the test above shows that it is right
  }), { numRuns: 2_000 });
});
