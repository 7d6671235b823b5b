import { asciiWhere } from '../values/derived';

/** What stands for characters: a class without nested classes and intersections, which JavaScript reads in another way, or one character. */
const CHARACTERS = String.raw`\[(?!\^?\])\^?(?:\\[dswDSW]|\\[^a-zA-Z0-9]|&(?!&)|[^\\\[\]&])+\]|\\[dswDSW]|\\[^a-zA-Z0-9]|[^\\\[\](){}^$.|?*+]`;
/** What stands for no character: groups, alternatives, anchors and quantifiers. */
const STRUCTURE = String.raw`\(\?:|\((?!\?)|[)|^$?*+]|\{\d+(?:,\d*)?\}`;
const DECIDABLE = new RegExp(`^(?:${CHARACTERS}|${STRUCTURE})+$`);

/**
 * The ASCII characters that no value has that a pattern allows: what none of its parts stands for, because CloudFormation compares the pattern with the whole value.
 * None, if the pattern has something else than characters, classes, groups, alternatives and quantifiers.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function excludedByPattern(pattern: string): string {
  const parts = DECIDABLE.test(pattern) && isRegularExpression(pattern) ? pattern.match(new RegExp(`${CHARACTERS}|${STRUCTURE}`, 'g')) ?? [] : undefined;
  const matchers = parts?.filter((part) => new RegExp(`^(?:${CHARACTERS})$`).test(part)).map((part) => new RegExp(`^${part}$`));
  return matchers ? asciiWhere((character) => !matchers.some((matcher) => matcher.test(character))) : '';
}

/** A class such as `[z-a]` is none. */
function isRegularExpression(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}
