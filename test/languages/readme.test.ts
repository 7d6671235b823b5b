import { blocksOf, read } from '../documents';

const unindented = (text: string) => text.replace(/^[ \t]+/gm, '');

const [typescript] = blocksOf('README.md', 'ts');

test.each([
  ['typescript/program.ts', [typescript]],
  ['python/program.py', blocksOf('README.md', 'python')],
  ['java/Program.java', blocksOf('README.md', 'java')],
  ['go/program.go', blocksOf('README.md', 'go')],
])('%s, which runs, has the lines of the README', (program, blocks) => {
  expect(blocks).toHaveLength(1);
  expect(unindented(read(`test/languages/${program}`))).toContain(unindented(blocks[0]));
});
