import { accessAfter, Change } from './app';
import { AccessDiff } from '../../../lib/verification/access-diff';

/** What changed, a line each. */
export const lines = ({ changes }: AccessDiff) => changes.map(({ kind, affected, what }) => `${kind} ${affected.join(' and ')}: ${what}`);

export const gainedBy = (change: Change) => AccessDiff.between(accessAfter(), accessAfter(change));
export const lostBy = (change: Change) => AccessDiff.between(accessAfter(change), accessAfter());
