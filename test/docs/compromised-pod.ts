/** The heading under which the description of a class says what its permissions allow an attacker. It is the same in all classes. */
export const HEADING = '**What a compromised pod can still do**';

/** What is under the heading. */
export interface CompromisedPod {
  /** The first paragraph: all of it in one sentence, or a few. */
  readonly summary: string;
  readonly bullets: readonly string[];
}

/**
 * What the description of a class says about a compromised pod.
 *
 * @param remarks the description as jsii has it.
 * @throws if there is no such heading, no sentence under it, or no list.
 */
export function compromisedPod(remarks: string = ''): CompromisedPod {
  const [, text, ...more] = remarks.split(`${HEADING}\n\n`);
  if (text === undefined || more.length > 0) {
    throw new Error(`the description needs the heading ${HEADING} once`);
  }
  const [summary, list = ''] = text.split('\n\n');
  const bullets = list.split(/^- /m).slice(1).map(joined);
  if (summary.startsWith('- ') || bullets.length === 0) {
    throw new Error(`under ${HEADING}, the description needs a sentence and a list`);
  }
  return { summary: joined(summary), bullets };
}

const joined = (text: string) => text.trim().replace(/\s*\n\s*/g, ' ');
