import { Token } from 'aws-cdk-lib';
import { refusal } from '../../private/errors';

export interface Sizes {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredSize: number;
}

/**
 * How many nodes, where some is left out; refuses what contradicts itself, and what only the deployment could complete.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupScalingConfig.html
 */
export function sizesOf(given: Partial<Sizes>): Sizes {
  checkWhole('minSize', given.minSize, 0);
  checkWhole('desiredSize', given.desiredSize, 0);
  checkWhole('maxSize', given.maxSize, 1);
  const minSize = given.minSize ?? Math.min(1, literal('minSize', 'desiredSize', given.desiredSize ?? 1));
  const desiredSize = given.desiredSize ?? given.minSize ?? Math.min(2, literal('desiredSize', 'maxSize', given.maxSize ?? 2));
  const maxSize = given.maxSize ?? Math.max(1, literal('maxSize', given.desiredSize === undefined ? 'minSize' : 'desiredSize', desiredSize));
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

/** What `property` is derived from. */
function literal(property: string, source: string, value: number): number {
  if (Token.isUnresolved(value)) {
    throw refusal(property, undefined, `given beside ${source}`, 'that is a token, from which nothing can be derived');
  }
  return value;
}

const exceeds = (small: number, large: number) => !Token.isUnresolved(small) && !Token.isUnresolved(large) && small > large;
