import { blocksOf, read } from '../documents';

const unindented = (text: string) => text.replace(/^[ \t]+/gm, '');

const [typescript] = blocksOf('README.md', 'ts');

test.each([
  ['typescript/program.ts', [typescript]],
  ['python/program.py', blocksOf('docs/languages.md', 'python')],
  ['java/Program.java', blocksOf('docs/languages.md', 'java')],
  ['go/program.go', blocksOf('docs/languages.md', 'go')],
])('%s, which runs, has the lines of the README or of the guide of other languages', (program, blocks) => {
  expect(blocks).toHaveLength(1);
  expect(unindented(read(`test/languages/${program}`))).toContain(unindented(blocks[0]));
});
