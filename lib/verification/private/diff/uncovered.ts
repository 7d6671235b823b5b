import { ConditionIndex } from './condition-index';
import { Rule } from './rule';
import { ELEMENTS, indexOf, RuleIndex } from './rule-index';

/** A rule of which more parts are left is left as a whole. */
const MOST_LEFT = 100;

/** The parts of a rule, of each of its elements and conditions. */
type Parts = ReadonlyArray<readonly unknown[]>;

/** What of some rules no other rule covers: a rule for each group of their parts. */
export function uncovered(rules: readonly Rule[], others: readonly Rule[]): Rule[] {
  const keys = new Set(others.map(({ key }) => key));
  return rules.filter(({ key }) => !keys.has(key)).flatMap((rule) => leftOf(rule, RuleIndex.of(others).candidates(rule)));
}

function leftOf(rule: Rule, others: Iterable<Rule>): Rule[] {
  let left: Parts[] = [partsOf(rule)];
  for (const other of others) {
    for (const covered of coveredBy(other, rule)) {
      left = left.flatMap((parts) => without(parts, covered));
      if (left.length > MOST_LEFT) {
        return [rule];
      }
    }
  }
  return left.map((parts) => withParts(rule, parts));
}

const partsOf = (rule: Rule): Parts => [...ELEMENTS.map((element) => rule[element]), ...rule.conditions];

const withParts = (rule: Rule, [principals, actions, resources, ...conditions]: Parts): Rule =>
  ({ ...rule, principals, actions, resources, conditions }) as Rule;

/** Which parts of a rule another one covers, in every combination: several groups of parts where a condition follows from one or the other. */
function coveredBy(wide: Rule, narrow: Rule): Parts[] {
  const elements: unknown[][] = [];
  for (const element of ELEMENTS) {
    const found = narrow[element].filter((part) => indexOf(wide[element]).covers(part));
    if (found.length === 0) {
      return [];
    }
    elements.push(found);
  }
  let groups: Parts[] = [[...elements, ...narrow.conditions]];
  for (const condition of wide.conditions) {
    const found = narrow.conditions.map((parts) => parts.filter((part) => ConditionIndex.of(condition).followsFrom(part)));
    if (!found.some((parts, i) => parts.length === narrow.conditions[i].length)) {
      groups = groups.flatMap((group) => found.flatMap((parts, i) => (parts.length === 0 ? [] : narrowed(group, ELEMENTS.length + i, parts))));
    }
    if (groups.length > MOST_LEFT) {
      return [];
    }
  }
  return groups;
}

function narrowed(parts: Parts, at: number, to: readonly unknown[]): Parts[] {
  const both = intersection(parts[at], to);
  return both.length === 0 ? [] : [replaced(parts, at, both)];
}

/** The parts without those of a group: what is in each group that is left differs from it in another element. */
function without(parts: Parts, covered: Parts): Parts[] {
  const both = parts.map((each, i) => intersection(each, covered[i]));
  if (both.some(({ length }) => length === 0)) {
    return [parts];
  }
  return parts.flatMap((each, i) => {
    const others = new Set(covered[i]);
    const rest = each.filter((part) => !others.has(part));
    return rest.length === 0 ? [] : [[...both.slice(0, i), rest, ...parts.slice(i + 1)]];
  });
}

function intersection(one: readonly unknown[], other: readonly unknown[]): readonly unknown[] {
  const known = new Set(other);
  return one === other ? one : one.filter((part) => known.has(part));
}

const replaced = (parts: Parts, at: number, by: readonly unknown[]): Parts => parts.map((each, i) => (i === at ? by : each));
