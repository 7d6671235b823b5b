import { comparesExactly, valuesOf } from './condition-index';
import { Part } from './part';
import { PartIndex } from './part-index';
import { Rule } from './rule';
import { Interned } from '../values/interned';

/** The elements of a statement besides its conditions. */
export type Element = 'principals' | 'actions' | 'resources';

export const ELEMENTS: readonly Element[] = ['principals', 'actions', 'resources'];

/** The parts of an element of a rule. */
export const indexOf = (parts: readonly Part[]): PartIndex<true> =>
  partIndexes.of([parts], () => new PartIndex(parts.map((part) => [part, true])));

const partIndexes = new Interned<PartIndex<true>>();

/** Finds, among many rules, those that can cover a part of a rule, by what tells most of them apart: their principals, actions, resources or conditions. */
export class RuleIndex {
  static of(rules: readonly Rule[]): RuleIndex {
    return ruleIndexes.of([rules], () => new RuleIndex(rules));
  }

  private readonly byElement: ReadonlyArray<readonly [Element, PartIndex<Rule>]>;
  private readonly byCondition = new Map<string, Rule[]>();
  private readonly others: Rule[] = [];

  private constructor(rules: readonly Rule[]) {
    this.byElement = ELEMENTS.map((element) => [element, new PartIndex(rules.flatMap((rule) => rule[element].map((part) => [part, rule] as const)))]);
    for (const rule of rules) {
      const parts = rule.conditions.find((condition) => condition.every(comparesExactly));
      if (!parts) {
        this.others.push(rule);
      }
      for (const value of new Set(parts?.flatMap(valuesOf))) {
        const known = this.byCondition.get(value) ?? [];
        this.byCondition.set(value, known);
        known.push(rule);
      }
    }
  }

  candidates(rule: Rule): Iterable<Rule> {
    const ways = [
      ...this.byElement.map(([element, index]) => ({
        count: rule[element].reduce((sum, part) => sum + index.count(part), 0),
        rules: () => rule[element].flatMap((part) => index.of(part)),
      })),
      this.withConditions([...new Set(rule.conditions.flat().flatMap(valuesOf))]),
    ];
    return new Set(ways.reduce((least, way) => (way.count < least.count ? way : least)).rules());
  }

  private withConditions(values: readonly string[]) {
    const found = values.map((value) => this.byCondition.get(value) ?? []);
    return { count: found.reduce((sum, { length }) => sum + length, this.others.length), rules: () => [...this.others, ...found.flat()] };
  }
}

const ruleIndexes = new Interned<RuleIndex>();
