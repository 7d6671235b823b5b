import { Token } from 'aws-cdk-lib';
import { checkWholeNumber } from './whole-number';
import { refusal } from '../../private/errors';

/** How many nodes there are. */
export interface Sizes {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredSize: number;
}

/**
 * The sizes of a nodegroup, of which some may be left out.
 *
 * @throws if they contradict each other, or if one that is left out depends on a token.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupScalingConfig.html
 */
export function sizesOf(given: Partial<Sizes>): Sizes {
  checkWholeNumber('minSize', given.minSize, { least: 0 });
  checkWholeNumber('desiredSize', given.desiredSize, { least: 0 });
  checkWholeNumber('maxSize', given.maxSize, { least: 1 });
  const minSize = given.minSize ?? defaultMinSize(given);
  const desiredSize = given.desiredSize ?? defaultDesiredSize(given);
  const maxSize = given.maxSize ?? defaultMaxSize(given, desiredSize);
  if (isLess(maxSize, minSize)) {
    throw refusal('minSize', minSize, `at most maxSize, ${maxSize}`);
  }
  if (isLess(desiredSize, minSize)) {
    throw refusal('desiredSize', desiredSize, `at least minSize, ${minSize}`);
  }
  if (isLess(maxSize, desiredSize)) {
    throw refusal('desiredSize', desiredSize, `at most maxSize, ${maxSize}`);
  }
  return { minSize, maxSize, desiredSize };
}

/** 1, or 0 where no node is desired. */
function defaultMinSize({ desiredSize }: Partial<Sizes>): number {
  if (desiredSize === undefined) {
    return 1;
  }
  checkKnown('minSize', 'desiredSize', desiredSize);
  return Math.min(1, desiredSize);
}

/** As many as `minSize`, or 2 where the size is not given: at most `maxSize`. */
function defaultDesiredSize({ minSize, maxSize }: Partial<Sizes>): number {
  if (minSize !== undefined) {
    return minSize;
  }
  if (maxSize === undefined) {
    return 2;
  }
  checkKnown('desiredSize', 'maxSize', maxSize);
  return Math.min(2, maxSize);
}

/** As many as `desiredSize`, but at least 1. */
function defaultMaxSize(given: Partial<Sizes>, desiredSize: number): number {
  checkKnown('maxSize', given.desiredSize === undefined ? 'minSize' : 'desiredSize', desiredSize);
  return Math.max(1, desiredSize);
}

/** Refuses a token, from which no default can be derived. */
function checkKnown(derived: string, source: string, value: number): void {
  if (Token.isUnresolved(value)) {
    throw refusal(derived, undefined, `given beside ${source}`, 'that is a token, from which nothing can be derived');
  }
}

/** Whether one number is less than another, as far as that is known before the deployment. */
function isLess(one: number, other: number): boolean {
  return !Token.isUnresolved(one) && !Token.isUnresolved(other) && one < other;
}
