import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, ROOT } from '../documents';

/** The guide with the values of each chart. */
export const GUIDE = 'docs/controller-charts.md';

const isUpdate = process.env.UPDATE === '1' && !process.env.CI;

const escaped = (heading: string) => heading.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** From a heading to the next one, or to the end. */
const boundsOf = (heading: string) => new RegExp(`(^#{2,3} ${escaped(heading)}\\n\\n)([^]*?)(\\n*(?=\\n#{2,3} )|\\n*$(?![^]))`, 'm');

/**
 * What the guide has under a heading.
 *
 * @throws if there is no such heading.
 */
export function sectionOf(heading: string): string {
  const [, , text] = boundsOf(heading).exec(read(GUIDE)) ?? [];
  if (text === undefined) {
    throw new Error(`${GUIDE} needs the heading ${heading}`);
  }
  return text;
}

/** With `UPDATE=1`, writes what is generated under a heading into the guide. */
export function update(heading: string, generated: string): void {
  if (isUpdate && sectionOf(heading) !== generated) {
    writeFileSync(join(ROOT, GUIDE), read(GUIDE).replace(boundsOf(heading), (_, start, __, end) => start + generated + end));
  }
}
