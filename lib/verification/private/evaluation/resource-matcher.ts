import { arnParts } from './arn';
import { Match, no, unknown, yes } from './match';
import { like, Piece } from './matches';
import { RequestContext } from './request';
import { substitute } from './variables';
import { Statement } from '../policies/statement';
import { LiteralIndex } from '../values/literal-index';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { Truth } from '../values/truth';

/** Of `arn:partition:service:region:account:resource`. */
const COLONS_BEFORE_RESOURCE = 5;

/**
 * Whether a statement is about a resource.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
 */
export function matchResource(statement: AboutResources, resource: Text, context: RequestContext): Match {
  const { resources, hasVariables } = statement;
  if (!resources) {
    return unknown('its resources are not known', []);
  }
  const { literal } = resource;
  const candidates = literal === undefined ? resources.values : ONE_RESOURCE.candidates(resources.values, [literal]);
  const matches = candidates.map((value): ResourceMatch => ({ value, match: matchOne(value, hasVariables, resource, context) }));
  const [certain] = matches.filter(({ match }) => match.truth === 'yes');
  if (certain) {
    return resources.negated ? no(`NotResource ${certain.match.why} excludes ${resource}`) : certain.match;
  }
  const possible = matches.filter(({ match }) => match.truth === 'unknown');
  if (possible.length === 0) {
    return resources.negated ? yes(`NotResource does not exclude ${resource}`) : no(`${resource} does not match ${shownTexts(resources.values, 'or')}`);
  }
  return resource.unknowns.some(({ isOfPattern }) => isOfPattern) ? matchInPart(statement, possible, resource) : possible[0].match;
}

/** A whole ARN without wildcards and variables is about one resource. */
const ONE_RESOURCE = new LiteralIndex<Text>(({ literal }) => (literal !== undefined && /^[^*?$]+$/.test(literal) && isArn(literal) ? literal : undefined));

const isArn = (literal: string) => literal.split(':').length > COLONS_BEFORE_RESOURCE;

type AboutResources = Pick<Statement, 'effect' | 'resources' | 'hasVariables'>;

const SAYS = { Allow: 'a statement allows it on', Deny: 'a statement denies it on', unknown: 'a statement allows or denies it on' };

interface ResourceMatch { readonly value: Text; readonly match: Match }

/** A request about all resources of a pattern, of which a statement may be about some only. Whether these are really not all is not always known. */
function matchInPart({ effect, resources }: AboutResources, possible: readonly ResourceMatch[], resource: Text): Match {
  const all = resource.toString() === '*' ? 'every resource' : `all of ${resource}`;
  const some = `${resources?.negated ? 'all resources but ' : ''}${shownTexts(possible.map(({ value }) => value), 'and')}`;
  const others = [...new Set(possible.flatMap(({ match: { missing = [] } }) => missing))];
  if (some === resource.toString()) { // it depends on what the variables and wildcards of the pattern match
    return unknown(`it is not certainly about ${all}`, others.length > 0 ? others : [some]);
  }
  return unknown(`it is not certainly about ${all}`, [...others, `${SAYS[effect ?? 'unknown']} ${some}, not certainly on ${all}`]);
}

function matchOne(value: Text, hasVariables: boolean, resource: Text, context: RequestContext): Match {
  const substituted = hasVariables ? substitute(value, context) : { pieces: [{ text: value, isVariable: false }] };
  if ('noValue' in substituted) {
    return no(`${value} matches nothing, because the request has no ${substituted.noValue}`);
  }
  if ('problem' in substituted) {
    return unknown(substituted.problem, [value.toString()]);
  }
  if (hasEarlyVariable(substituted.pieces)) {
    return unknown(`${value} has a variable before the fifth colon, where variables are not supported`, [value.toString()]);
  }
  const truth = matchesResource(substituted.pieces, resource);
  const unknowns = [...resource.unknowns, ...substituted.pieces.flatMap(({ text }) => text.unknowns)];
  return truth === 'yes' ? yes(value.toString()) : truth === 'no' ? no(`${resource} does not match ${value}`)
    : unknown(`${resource} may match ${value}`, unknowns.length > 0 ? unknowns.filter(({ isOfPattern }) => !isOfPattern).map(({ label }) => label) : [value.toString()]);
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-resourceelement */
function hasEarlyVariable(pieces: readonly Piece[]): boolean {
  const first = pieces.findIndex(({ isVariable, isEscaped }) => isVariable && !isEscaped);
  const before = first < 0 ? [] : pieces.slice(0, first).flatMap(({ text }) => text.parts);
  const mayHaveColons = before.some((part) => typeof part !== 'string' && part.mayContain(':'));
  return first >= 0 && !mayHaveColons && before.filter((part) => typeof part === 'string').join('').split(':').length <= COLONS_BEFORE_RESOURCE;
}

/**
 * According to the documentation, a wildcard matches only within its part of the ARN, unless it is a `*` at the end of the part. In practice, some services
 * let other wildcards match beyond their part, so a match that depends on this is unknown.
 */
function matchesResource(pieces: readonly Piece[], resource: Text): Truth {
  const truth = like(pieces, resource);
  if (truth === 'no' && isIncomplete(pieces)) {
    return like([...pieces, { text: Text.of(':*'), isVariable: false }], resource) === 'no' ? 'no' : 'unknown';
  }
  return truth !== 'yes' || !pieces.some(hasInnerWildcard) || withinParts(pieces).matches(resource) === 'yes' ? truth : 'unknown';
}

/** Whether an ARN has fewer parts than it must have. IAM was seen to complete it with wildcards, and to refuse it. */
const isIncomplete = (pieces: readonly Piece[]): boolean => arnParts(pieces) === undefined
  && pieces.every(({ text }) => text.parts.every((part) => typeof part === 'string' || !part.mayContain(':')));

/** Whether a pattern has wildcards other than a `*` at the very end. */
const hasInnerWildcard = ({ text, isVariable }: Piece) =>
  !isVariable && text.parts.some((part) => typeof part === 'string' && /\*.|\?/.test(part));

function withinParts(pieces: readonly Piece[]): Pattern {
  return Pattern.join(pieces.flatMap(({ text, isVariable }, i) => {
    const isLast = (j: number) => i === pieces.length - 1 && j === text.parts.length - 1;
    const patterns = text.parts.flatMap((part, j) => (typeof part === 'string' ? patternsOf(part, isLast(j)) : [Pattern.exact(Text.unknown(part))]));
    return isVariable ? [Pattern.exact(text)] : patterns;
  }));
}

/** A `*` at the end of a part goes beyond it: what the split captures. */
const patternsOf = (literal: string, isLast: boolean): Pattern[] =>
  literal.split(isLast ? /(\*+(?=:|$))/ : /(\*+(?=:))/).map((chunk, i) => Pattern.glob(Text.of(chunk), i % 2 === 1 ? '' : ':'));

const shownTexts = (values: readonly Text[], last: 'and' | 'or') =>
  (values.length > 3 ? `${values.slice(0, 3).join(', ')} ${last} ${values.length - 3} others` : values.join(` ${last} `));
