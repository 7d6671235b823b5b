import type { Change, GraphEdge } from '../access-graph';
import { element } from './elements';

export type Outcome = GraphEdge['outcome'];

/** From the weakest to the strongest: a path is as strong as its weakest edge. */
export const OUTCOMES: readonly Outcome[] = ['DENIED', 'UNKNOWN', 'ALLOWED'];

export const isStronger = (one: Outcome, other?: Outcome) => other === undefined || OUTCOMES.indexOf(one) > OUTCOMES.indexOf(other);
export const weaker = (one: Outcome, other: Outcome) => (isStronger(one, other) ? other : one);

/** A word with a shape, so that nobody needs to see its colour. */
export function tag(kind: string, word: string, title?: string): HTMLElement {
  return element('span', { class: `tag ${kind}`, title }, word);
}

const MARKS: { readonly [outcome in Outcome]: string } = { ALLOWED: '✓', UNKNOWN: '?', DENIED: '✕' };

export function outcomeTag(outcome: Outcome): HTMLElement {
  return tag(outcome.toLowerCase(), `${MARKS[outcome]} ${outcome}`);
}

/** In a corner, where it takes no place from a name. */
export function outcomeMark(outcome: Outcome): HTMLElement {
  return element('span', { class: `tag mark ${outcome.toLowerCase()}`, title: outcome }, MARKS[outcome], element('span', { class: 'unseen' }, ` ${outcome}`));
}

export function changeTag(change: Change): HTMLElement {
  return tag(change, change === 'gained' ? '+ gained' : '− lost');
}
