import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..');

/** The Markdown files of a folder, as paths from the root. API.md is generated. */
export const documentsIn = (folder: string) => readdirSync(join(ROOT, folder), { encoding: 'utf8', recursive: folder !== '.' })
  .filter((file) => file.endsWith('.md') && file !== 'API.md').map((file) => join(folder, file));

export const read = (document: string) => readFileSync(join(ROOT, document), 'utf8');

/** The blocks of a document in a language. */
export const blocksOf = (document: string, language: string) =>
  [...read(document).matchAll(/^```(.*)\n([^]*?)^```$/gm)].filter(([, info]) => info === language).map(([, , block]) => block);

/** The statements in the tables of a document. */
export const statementsInTables = (document: string) => [...read(document).matchAll(/^\|.*? \| `([^`]+;)` \|/gm)].map(([, statement]) => statement);

/** Matches a text of which a document shows a part: a line of three dots stands for lines that are left out. */
export function elided(shown: string): RegExp {
  const parts = shown.split(/^\.\.\.\n/m).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('(?:.*\\n)+?')}$`);
}
