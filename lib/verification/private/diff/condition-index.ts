import { ConditionPart } from './condition-part';
import { follows } from './covers';
import { Interned } from '../values/interned';

/** Finds out whether one of the parts of a condition follows from a part of another one, without a comparison with each of its values. */
export class ConditionIndex {
  static of(parts: readonly ConditionPart[]): ConditionIndex {
    return indexes.of([parts], () => new ConditionIndex(parts));
  }

  private readonly byValue: ReadonlyMap<string, ConditionPart>;
  private readonly others: readonly ConditionPart[];

  private constructor(private readonly parts: readonly ConditionPart[]) {
    this.byValue = new Map(parts.filter(comparesExactly).map((part) => [valuesOf(part)[0], part]));
    this.others = parts.filter((part) => !comparesExactly(part));
  }

  followsFrom(narrow: ConditionPart): boolean {
    const [value, ...others] = valuesOf(narrow);
    const equal = this.byValue.get(value);
    const candidates = value === undefined || others.length > 0 ? this.parts : [...(equal ? [equal] : []), ...this.others];
    return candidates.some((part) => follows(part, narrow));
  }
}

const indexes = new Interned<ConditionIndex>();

/** Whether a condition holds only for its one value. */
export const comparesExactly = ({ isChoice, operator, values }: ConditionPart): boolean => isChoice && values.length === 1
  && (!operator.operator?.takesWildcards || values.every(({ parts }) => parts.every((part) => typeof part === 'string' && !/[*?]/.test(part))));

/** The values of a condition, with its key. */
export const valuesOf = ({ of, values }: ConditionPart): string[] => values.map(({ key }) => `${of} ${key}`);
