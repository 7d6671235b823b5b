import { CfnElement, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { StackTemplates } from './stack-templates';
import { Resolver } from '../resolution/resolver';
import { Text } from '../values/text';

/**
 * A value of an app, which can have tokens, as templates resolve it.
 *
 * A reference to another stack is resolved in that stack: in its own, it would be an import, which exists only if something else needs it.
 */
export function textOfStack(value: string, stack: Stack, resolver: Resolver, templates: StackTemplates): Text {
  const references = new CrossStackReferences(stack, templates);
  const intrinsic = Tokenization.resolve(value, { scope: stack, resolver: references, preparing: false });
  const text = textIn(stack, intrinsic, resolver, templates);
  return Text.join(text.parts.flatMap((part) => (typeof part === 'string'
    ? part.split(MARK).map((piece, i) => (i % 2 === 0 ? Text.of(piece) : ofOther(references.found[Number(piece)], resolver, templates)))
    : [Text.unknown(part)])));
}

const MARK = '\u0001';

function ofOther(reference: Reference, resolver: Resolver, templates: StackTemplates): Text {
  const stack = Stack.of(reference.target);
  return textIn(stack, stack.resolve(reference), resolver, templates);
}

function textIn(stack: Stack, value: unknown, resolver: Resolver, templates: StackTemplates): Text {
  const template = templates.of(stack);
  if (!template) {
    throw new Error(`${stack.node.path || 'the stack'} is not in the stage of the stack that was read: pass only values of stacks in that stage`);
  }
  const text = resolver.resolve(template, value);
  if (!(text instanceof Text)) {
    throw new Error('the value must be a string, not a list or an object');
  }
  return text;
}

/** Checks that templates have what a value refers to: they were written before the value was. */
export function checkDefined(target: IConstruct, templates: StackTemplates): void {
  const body = templates.of(Stack.of(target))?.body;
  if (body && CfnElement.isCfnElement(target) && !Object.hasOwn({ ...body.Resources, ...body.Parameters }, target.stack.resolve(target.logicalId))) {
    throw new Error(`${target.node.path} is not in the templates that PodAccess.fromStack read: define it before you call PodAccess.fromStack`);
  }
}

/** Leaves marks where a value refers to other stacks. */
class CrossStackReferences extends DefaultTokenResolver {
  readonly found: Reference[] = [];

  constructor(private readonly stack: Stack, private readonly templates: StackTemplates) {
    super(AS_JOIN);
  }

  override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token)) {
      checkDefined(token.target, this.templates);
    }
    if (Reference.isReference(token) && Stack.of(token.target) !== this.stack) {
      return `${MARK}${this.found.push(token) - 1}${MARK}`;
    }
    return super.resolveToken(token, context, postProcessor);
  }
}

const AS_JOIN = { join: (left: unknown, right: unknown) => ({ 'Fn::Join': ['', [left, right].filter((item) => item !== undefined)] }) };

/** Whether a value has tokens. */
export const hasTokens = (value: string): boolean => Token.isUnresolved(value);
