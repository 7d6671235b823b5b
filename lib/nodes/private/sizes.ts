import { Token } from 'aws-cdk-lib';
import { checkWholeNumber } from './whole-number';
import { refusal } from '../../private/errors';

/** The number of nodes. */
export interface Sizes {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredSize: number;
}

/**
 * The sizes of a nodegroup, with defaults for undefined sizes.
 *
 * @throws if the sizes contradict each other, or if a default would depend on a token.
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
    throw refusal('minSize', minSize, `at most maxSize (${maxSize})`);
  }
  if (isLess(desiredSize, minSize)) {
    throw refusal('desiredSize', desiredSize, `at least minSize (${minSize})`);
  }
  if (isLess(maxSize, desiredSize)) {
    throw refusal('desiredSize', desiredSize, `at most maxSize (${maxSize})`);
  }
  return { minSize, maxSize, desiredSize };
}

/** 1, or 0 if `desiredSize` is 0. */
function defaultMinSize({ desiredSize }: Partial<Sizes>): number {
  if (desiredSize === undefined) {
    return 1;
  }
  checkKnown('minSize', 'desiredSize', desiredSize);
  return Math.min(1, desiredSize);
}

/** `minSize`, or 2 if it is undefined, but at most `maxSize`. */
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

/** `desiredSize`, but at least 1. */
function defaultMaxSize(given: Partial<Sizes>, desiredSize: number): number {
  checkKnown('maxSize', given.desiredSize === undefined ? 'minSize' : 'desiredSize', desiredSize);
  return Math.max(1, desiredSize);
}

/** Refuses a token, because no default can be derived from it. */
function checkKnown(derived: string, source: string, value: number): void {
  if (Token.isUnresolved(value)) {
    throw refusal(derived, undefined, `set if ${source} is a token`, 'no default can be derived from a token');
  }
}

/** Whether one number is less than another, if both are known before the deployment. */
function isLess(one: number, other: number): boolean {
  return !Token.isUnresolved(one) && !Token.isUnresolved(other) && one < other;
}
