import { Decision, Outcome } from './decision';
import { Truth } from '../values/truth';

/** Whether something is allowed, as a truth. */
export const truthOf = ({ outcome }: Decision): Truth => (outcome === 'ALLOWED' ? 'yes' : outcome === 'DENIED' ? 'no' : 'unknown');

/** The decision if all requests are needed: the one that denies, or else the one that is unknown. */
export const weakest = (decisions: readonly [Decision, ...Decision[]]): Decision =>
  decisions.find(({ outcome }) => outcome === 'DENIED') ?? decisions.find(({ outcome }) => outcome === 'UNKNOWN') ?? decisions[0];

/** The decision if one of the requests is enough: the one that allows, or else the one that is unknown. */
export const strongest = (decisions: readonly [Decision, ...Decision[]]): Decision =>
  strongestBy(decisions, ({ outcome }) => outcome)!;

/** The first item that is allowed, or else the first that is unknown, or else the first; undefined if there are none. */
export const strongestBy = <T>(items: readonly T[], outcomeOf: (item: T) => Outcome): T | undefined =>
  items.find((item) => outcomeOf(item) === 'ALLOWED') ?? items.find((item) => outcomeOf(item) === 'UNKNOWN') ?? items[0];

/** The outcome that a truth stands for. */
export const outcomeOf = (truth: Truth): Outcome => ({ yes: 'ALLOWED', no: 'DENIED', unknown: 'UNKNOWN' } as const)[truth];
