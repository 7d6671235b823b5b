import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CompletedText, stepTo } from '../../private/completed-text';
import { Escapes } from '../../private/escapes';
import { Intrinsic, entriesOf, isIntrinsic } from '../../private/intrinsics';

/** Resolves tokens. References to other stacks are final only at synthesis. */
export interface Tokens {
  /** Resolves data with `allowIntrinsicKeys`. */
  resolve(value: unknown): any;
  /** Whether CloudFormation ensures that a value is a number. */
  isSafeNumber(value: Intrinsic): boolean;
}

export const tokensOf = (scope: Construct, resolve: Tokens['resolve']): Tokens => ({
  resolve,
  isSafeNumber: ({ Ref }) => numberParameters(Stack.of(scope)).includes(Ref),
});

const numberParameters = (stack: Stack) => stack.node.findAll()
  .filter((construct) => construct instanceof CfnParameter && construct.type === 'Number' && construct.stack === stack)
  .map((parameter) => stack.getLogicalId(parameter as CfnParameter));

/** A text that a node reads. */
export class NodeText {
  private readonly text: CompletedText;

  constructor(private readonly tokens: Tokens, escapes: Escapes) {
    this.text = new CompletedText({ escapes, isSafeNumber: (value) => tokens.isSafeNumber(value) });
  }

  /** Data that is ready for `JSON.stringify` or another serializer. */
  public marked(property: string, value: unknown): any {
    return this.text.marked(property, this.tokens.resolve(value));
  }

  /** The text for CloudFormation to complete, from a text that contains `marked` data. */
  public complete(text: string): unknown {
    return this.text.complete(text);
  }
}

/** The paths of tokens in resolved data. */
export function placesOfTokens(place: string, value: unknown): string[] {
  return isIntrinsic(value) ? [place] : childrenOf(value).flatMap(([step, child]) => placesOfTokens(`${place}${step}`, child));
}

function childrenOf(value: unknown): [step: string, child: unknown][] {
  if (Array.isArray(value)) {
    return value.map((item, i) => [`[${i}]`, item]);
  }
  if (typeof value !== 'object' || value === null || isIntrinsic(value)) {
    return [];
  }
  return entriesOf(value).map(([key, child]) => [typeof key === 'string' ? stepTo(key) : '[<token>]', child]);
}
