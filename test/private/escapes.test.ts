import { CfnParameter, Lazy } from 'aws-cdk-lib';
import { CompletedText } from '../../lib/private/completed-text';
import { IN_SINGLE_QUOTES } from '../../lib/private/escapes';
import { deployed, OREGON } from '../deployed';
import { newStack } from '../stacks';

const stack = newStack();
const value = new CfnParameter(stack, 'Value').valueAsString;

test.each(['${x}', '${', 'a ${ b', '${a:-${b}}', '{{x}', '${!x}'])('the literal %j stays the same in single quotes, alone and before a value', (literal) => {
  const text = new CompletedText({ escapes: IN_SINGLE_QUOTES });
  const resolved = stack.resolve(Lazy.uncachedAny({ produce: (context) => context.resolve([literal, `${literal} ${value}`], { allowIntrinsicKeys: true }) }));
  const completed = text.complete((text.marked('it', resolved) as string[]).map((item) => `'${item}'`).join(' '));
  const written: string = deployed(stack, completed, { ...OREGON, parameters: { Value: 'known' } });
  expect(written.replaceAll('\'\'{', '{')).toBe(`'${literal}' '${literal} known'`); // two quotes end one quoted part and start the next one
});
