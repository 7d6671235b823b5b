import { blocksOf, documentsIn, elided, read } from './documents';

const SHOWN = 'one\n...\nfour\n';

test.each(['one\ntwo\nfour\n', 'one\ntwo\nthree\nfour\n', 'one\n\nfour\n'])('a line of three dots stands for lines that are left out: %j', (text) => {
  expect(text).toMatch(elided(SHOWN));
});

test.each(['one\nfour\n', 'one\ntwo\nfour\nfive\n', 'zero\none\ntwo\nfour\n', 'one two\nfour\n', 'one\ntwo\nfo.r\n'])('and for nothing else: %j', (text) => {
  expect(text).not.toMatch(elided(SHOWN));
});

/** What a block can be. Anything else, such as `typescript`, would not be compiled. */
const LANGUAGES = ['ts', 'ts nofixture', 'sh', 'text', 'json', 'yaml', 'mermaid'];

/** In the guide of other languages, test/languages/readme.test.ts compares these with programs. The other guides have TypeScript only. */
const OTHER_LANGUAGES = ['python', 'java', 'go'];

test.each(['README.md', ...documentsIn('docs')])('each block of %s is in a language that tests know', (document) => {
  const fences = read(document).split('\n').filter((line) => /^[\s>*+-]*(`{3,}|~{3,})/.test(line));
  const languages = document === 'docs/languages.md' ? [...LANGUAGES, ...OTHER_LANGUAGES] : LANGUAGES;
  const blocks = languages.flatMap((language) => blocksOf(document, language).map(() => `\`\`\`${language}`));
  expect([...fences].sort()).toEqual([...blocks, ...blocks.map(() => '```')].sort());
});
