import { execFileSync } from 'node:child_process';
import { createSourceFile, forEachChild, isArrowFunction, isCallExpression, isOptionalTypeNode, isTupleTypeNode, Node, ScriptTarget, SourceFile } from 'typescript';
import { read, ROOT } from './documents';

/**
 * Functions of `test.each` whose last value is not in every row, and has no default. Jest gives such a test the callback of an asynchronous test instead, and waits
 * for its call. @see https://jestjs.io/docs/api#testeachtablename-fn-timeout
 */
function withCallbacks(file: SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (isCallExpression(node) && isCallExpression(node.expression)) {
      const [[row], test] = [node.expression.typeArguments ?? [], node.arguments[1]];
      const values = row && isTupleTypeNode(row) && row.elements.some(isOptionalTypeNode) ? row.elements.length : undefined;
      const parameters = test && isArrowFunction(test) ? test.parameters : [];
      if (parameters.length === values && parameters.every(({ initializer }) => !initializer)) {
        found.push(`${file.fileName}:${file.getLineAndCharacterOfPosition(node.arguments[1].getStart(file)).line + 1}`);
      }
    }
    forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const parsed = (name: string, text: string) => createSourceFile(name, text, ScriptTarget.Latest, true);

test('no test takes a callback for a value that its row does not have', () => {
  const files = execFileSync('git', ['ls-files', 'test/**.test.ts'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
  expect(files.length).toBeGreaterThan(200);
  expect(files.flatMap((name) => withCallbacks(parsed(name, read(name))))).toEqual([]);
});

test('one that does is found', () => {
  const rows = "test.each<[string, object?]>([['a']])('%s', (name, more";
  expect(withCallbacks(parsed('a.ts', `${rows}) => {});\n${rows} = {}) => {});`))).toEqual(['a.ts:1']);
});
