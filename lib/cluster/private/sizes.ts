import { Token } from 'aws-cdk-lib';
import { refusal } from '../../private/errors';

export interface Sizes {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredSize: number;
}

/**
 * How many nodes, where some is left out; refuses what contradicts itself.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupScalingConfig.html
 */
export function sizesOf(given: Partial<Sizes>): Sizes {
  checkWhole('minSize', given.minSize, 0);
  checkWhole('desiredSize', given.desiredSize, 0);
  checkWhole('maxSize', given.maxSize, 1);
  const minSize = given.minSize ?? Math.min(1, ...known(given.desiredSize));
  const desiredSize = given.desiredSize ?? given.minSize ?? Math.min(2, ...known(given.maxSize));
  const maxSize = given.maxSize ?? Math.max(desiredSize, 1);
  if (exceeds(minSize, maxSize)) {
    throw refusal('minSize', minSize, `at most maxSize, ${maxSize}`);
  }
  if (exceeds(minSize, desiredSize)) {
    throw refusal('desiredSize', desiredSize, `at least minSize, ${minSize}`);
  }
  if (exceeds(desiredSize, maxSize)) {
    throw refusal('desiredSize', desiredSize, `at most maxSize, ${maxSize}`);
  }
  return { minSize, maxSize, desiredSize };
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupUpdateConfig.html */
export function checkUpdateConfig(maxUnavailable?: number, maxUnavailablePercentage?: number): void {
  if (maxUnavailable !== undefined && maxUnavailablePercentage !== undefined) {
    throw refusal('maxUnavailablePercentage', maxUnavailablePercentage, 'left out beside maxUnavailable', 'one of them says how many nodes are replaced at once');
  }
  checkWhole('maxUnavailable', maxUnavailable, 1, 100);
  checkWhole('maxUnavailablePercentage', maxUnavailablePercentage, 1, 100);
}

export function checkWhole(property: string, value: number | undefined, least: number, most = Infinity): void {
  if (value !== undefined && !Token.isUnresolved(value) && !(Number.isInteger(value) && value >= least && value <= most)) {
    throw refusal(property, value, `a whole number ${most === Infinity ? `of ${least} or more` : `from ${least} to ${most}`}`);
  }
}

const exceeds = (small: number, large: number) => !Token.isUnresolved(small) && !Token.isUnresolved(large) && small > large;
const known = (value?: number) => (value === undefined || Token.isUnresolved(value) ? [] : [value]);
