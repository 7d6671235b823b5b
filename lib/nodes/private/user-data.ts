import { Lazy, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { AmiFamily } from './ami-families/ami-family';
import { Tokens, tokensOf } from './node-text';
import { UserDataProps } from './user-data-props';
import { checkWholeNumber } from './whole-number';
import { refusal, within } from '../../private/errors';

/** Before it is encoded as a whole. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
const MOST_BYTES = 16 * 1024;

/** What the configuration of a node by Amazon EKS is merged with, in the form of its family; undefined where there is nothing to say. */
export function userDataOf(scope: Construct, family: AmiFamily, props: UserDataProps): ec2.UserData | undefined {
  checkWholeNumber('maxPods', props.maxPods, { least: 1 });
  family.checkSettings(scope, props);
  const write = (resolve: Tokens['resolve']) => family.userData(props, tokensOf(scope, resolve));
  // once now, for its errors, and once at synthesis, when references to other stacks are what they will be
  const stack = Stack.of(scope);
  const preliminary = write((value) => resolvedNow(stack, value));
  const bytes = bytesOf(stack.resolve(preliminary) ?? '');
  if (bytes > MOST_BYTES) {
    throw refusal('the size of the user data', bytes, `at most ${MOST_BYTES} bytes`, 'let a command fetch what is large, or bake it into an image');
  }
  return preliminary === undefined ? undefined : ec2.UserData.custom(Token.asString(Lazy.uncachedAny({
    produce: (context) => within(scope, () => write((value) => context.resolve(value, { allowIntrinsicKeys: true }))),
  })));
}

/** In a list, because CDK takes the result of a token for a string. */
const resolvedNow = (stack: Stack, value: unknown): unknown =>
  stack.resolve(Lazy.uncachedAny({ produce: (context) => [context.resolve(value, { allowIntrinsicKeys: true })] }))[0];

/** The size of what is sent. A value that only the deployment knows counts as what stands for it in the template. */
function bytesOf(content: any): number {
  if (typeof content === 'string') {
    return Buffer.byteLength(content);
  }
  const { 'Fn::Join': joined, 'Fn::Base64': encoded, 'Fn::Sub': completed } = content;
  if (joined) {
    return joined[1].reduce((sum: number, part: unknown) => sum + bytesOf(part), 0);
  }
  return encoded === undefined ? bytesOf([completed].flat()[0]) : Math.ceil(bytesOf(encoded) / 3) * 4;
}
