import { printable } from '../../verification/internal/printable';

/** Lines of access that were approved, with the reasons that people wrote; '' for those without. */
export type Baseline = ReadonlyMap<string, string>;

const FORMAT = 1;
const TITLE = '# cdk-irsa access, format';
const HEADER = `${TITLE} ${FORMAT}: all access, one line each. Write this file with --write-baseline. To say why a line is approved, add "  # reason" to it.`;

const KINDS = ['assumed', 'cluster', 'conditions', 'nodes', 'pods', 'policy', 'resource', 'role', 'templates', 'user'];
/** Words with one space between them, of printable ASCII without `#`. What is in quotation marks can have spaces. */
const WORD = '(?:[!$-~]|"(?:[ !$-\\[\\]-~]|\\\\["$-~])*")+';
const LINE = new RegExp(`^(?:${KINDS.join('|')}):?(?: ${WORD})+$`);
/** In characters. Longer reasons could push a report over the limits of those who show it. */
const MOST_OF_REASON = 500;
/** In characters: longer than the name and the values that AWS allows in a statement. */
const MOST_OF_LINE = 100_000;
const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})/;

/**
 * Reads a baseline. The order of its lines does not matter, and lines can end as on Windows.
 *
 * @param name of the file, for messages.
 * @throws if a line is not one that `baselineText` writes, because it would neither be approved nor be kept.
 */
export function parseBaseline(text: string, name: string): Baseline {
  const [title, ...lines] = text.replace(/^\u{feff}/u, '').split(/\r?\n/);
  const [, format] = new RegExp(`^${TITLE} (\\d+)\\b`).exec(title) ?? [];
  if (format === undefined) {
    throw new Error(`${name}, line 1, is not the title of a baseline, "${TITLE} ${FORMAT}": give a file that --write-baseline wrote`);
  }
  if (Number(format) !== FORMAT) {
    throw new Error(`${name}, line 1, has format ${format}, but this version of cdk-irsa reads format ${FORMAT}: use the version that wrote it, or write it again`);
  }
  const found = new Map<string, { readonly reason: string; readonly at: string }>();
  lines.forEach((line, i) => {
    const at = `line ${i + 2}`;
    if (line.trim() === '') {
      return;
    }
    const { access, reason } = parseLine(line, `${name}, ${at},`);
    const before = found.get(access);
    if (before && before.reason !== reason) {
      throw new Error(`${name}, ${at}, repeats ${before.at} with another reason: keep one of the two`);
    }
    found.set(access, before ?? { reason, at });
  });
  return new Map([...found].map(([access, { reason }]) => [access, reason]));
}

function parseLine(line: string, where: string): { access: string; reason: string } {
  if (CONFLICT.test(line)) {
    throw new Error(`${where} is a conflict marker of Git: remove these lines, keep those of both sides, and then write the file again with --write-baseline`);
  }
  const [, before, comment = ''] = /^([^#]*)(?:#(.*))?$/s.exec(line)!;
  const [access, reason] = [before.trimEnd(), comment.trim()];
  if (access === '') {
    throw new Error(`${where} is a comment, which --write-baseline would not keep: write it after a line of access, as its reason`);
  }
  if (access.length > MOST_OF_LINE || !LINE.test(access)) {
    throw new Error(`${where} is not a line that --write-baseline writes: remove it, write the file again, and edit nothing but reasons`);
  }
  if (reason.length > MOST_OF_REASON) {
    throw new Error(`${where} has a reason of ${reason.length} characters: at most ${MOST_OF_REASON} are allowed`);
  }
  if (printable(reason) !== reason) {
    throw new Error(`${where} has a reason with a character that is not shown, such as one that reorders others: ${printable(reason)}`);
  }
  return { access, reason };
}

/** A file that `parseBaseline` reads. Its order depends on its lines only, so that changes of two branches merge. */
export function baselineText(baseline: Baseline, lineEnd: string): string {
  return [HEADER, ...[...baseline.keys()].sort().map((access) => lineText(access, baseline.get(access)))].map((line) => `${line}${lineEnd}`).join('');
}

/** A line of a baseline. */
export const lineText = (access: string, reason = ''): string => `${access}${reason === '' ? '' : `  # ${reason}`}`;
