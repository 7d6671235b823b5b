import { execFileSync } from 'node:child_process';
import { createSourceFile, forEachChild, isConditionalExpression, isSpreadAssignment, isSpreadElement, Node, ScriptTarget, SourceFile } from 'typescript';
import { read, ROOT } from './documents';

/** Choices that are spread without parentheses, which are easily read as the spread of the condition. ESLint does not see parentheses. */
function bareChoices(file: SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if ((isSpreadElement(node) || isSpreadAssignment(node)) && isConditionalExpression(node.expression)) {
      found.push(`${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`);
    }
    forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const parsed = (name: string, text: string) => createSourceFile(name, text, ScriptTarget.Latest);

test('a choice that is spread is in parentheses', () => {
  const files = execFileSync('git', ['ls-files', '*.ts', ':!*.generated.ts'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
  expect(files.length).toBeGreaterThan(500);
  expect(files.flatMap((name) => bareChoices(parsed(name, read(name))))).toEqual([]);
});

test('one without them is found', () => {
  expect(bareChoices(parsed('a.ts', 'f([...a ? [b] : [], ...(a ? [b] : []),\n...[c]], { ...a ? b : c });'))).toEqual(['a.ts:1', 'a.ts:2']);
});
