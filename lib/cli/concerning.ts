/** What is said about a principal. */
export interface Said {
  readonly who: string;
  readonly sentences: readonly string[];
}

/** Sentences, and all whom they are about. */
export interface Concerning {
  readonly who: readonly string[];
  readonly sentences: readonly string[];
}

/** Each sentence once, with all whom it is about. Those about the same principals are together. */
export function concerning(all: readonly Said[]): Concerning[] {
  const whoBySentence = new Map<string, Set<string>>();
  for (const { who, sentences } of all) {
    sentences.forEach((sentence) => whoBySentence.set(sentence, (whoBySentence.get(sentence) ?? new Set()).add(who)));
  }
  const groups = new Map<string, { who: string[]; sentences: string[] }>();
  for (const [sentence, principals] of whoBySentence) {
    const who = [...principals];
    const group = groups.get(JSON.stringify(who)) ?? { who, sentences: [] };
    group.sentences.push(sentence);
    groups.set(JSON.stringify(who), group);
  }
  return [...groups.values()];
}
