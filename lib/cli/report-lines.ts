import { concerning, Said } from './concerning';
import { paint, Style, wrapped } from './style';
import { OUT_OF_SCOPE } from '../verification/internal/out-of-scope';

/** Where a principal is, if there are several clusters. */
export function whoText({ who, cluster }: { readonly who: string; readonly cluster: string }, hasSeveralClusters: boolean): string {
  return hasSeveralClusters && cluster !== '' ? `${who} in cluster ${cluster}` : who;
}

/** The clusters of principals. Whoever a role trusts has none. */
export const clustersOf = (all: ReadonlyArray<{ readonly cluster: string }>): string[] => [...new Set(all.map(({ cluster }) => cluster))].filter((cluster) => cluster !== '');

/**
 * Sentences, each once, below whom they are about.
 *
 * @param titleOf names those.
 */
export function concerningLines(titleOf: (whom: string) => string, all: readonly Said[], style: Style): string[] {
  const everyone = new Set(all.map(({ who }) => who)).size;
  return concerning(all).flatMap(({ who, sentences }) => [
    ...wrapped(titleOf(who.length === everyone && everyone > 1 ? `all ${everyone} of these` : who.join(', ')), style).map((line) => paint('bold', line, style)),
    ...sentences.flatMap((sentence) => wrapped(sentence, style, 2, 4)),
    '',
  ]);
}

/** The end of a report whose lines are wrapped: what is assumed, and what is not considered. */
export const footerLines = (assumed: readonly string[], style: Style): string[] =>
  [...assumed.map((what) => `Assumed: ${what}.`), OUT_OF_SCOPE].flatMap((line) => wrapped(line, style, 0, 2));

/** The lines of a report as text. */
export const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
