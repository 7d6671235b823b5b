import { Lazy, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { AmiFamily } from './ami-families/ami-family';
import { Tokens, tokensOf } from './node-text';
import { UserDataProps } from './user-data-props';
import { checkWholeNumber } from './whole-number';
import { refusal, within } from '../../private/errors';
import { warnOfNoEcho } from '../../private/no-echo';

/** The limit before the user data is encoded with base64. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
const MOST_BYTES = 16 * 1024;

/**
 * The user data in the format of the family, which Amazon EKS merges with its own configuration; undefined if there is nothing to
 * configure.
 */
export function userDataOf(scope: Construct, family: AmiFamily, props: UserDataProps): ec2.UserData | undefined {
  checkWholeNumber('maxPods', props.maxPods, { least: 1 });
  family.checkSettings(scope, props);
  const write = (resolve: Tokens['resolve']) => family.userData(props, tokensOf(scope, resolve));
  // once now, to throw its errors, and once at synthesis, when references to other stacks are final
  const stack = Stack.of(scope);
  const given: unknown[] = [];
  const preliminary = write((value) => {
    given.push(value);
    return resolvedNow(stack, value);
  });
  warnOfNoEcho(scope, given, 'the user data', 'everyone who can read the launch template, and every process on the node, can see it. '
    + 'Fetch the secret on the node instead, with the permissions of its role');
  const bytes = bytesOf(stack.resolve(preliminary) ?? '');
  if (bytes > MOST_BYTES) {
    throw refusal('the size of the user data', bytes, `at most ${MOST_BYTES} bytes`, 'download large content in a command, or add it to a custom image');
  }
  return preliminary === undefined ? undefined : ec2.UserData.custom(Token.asString(Lazy.uncachedAny({
    produce: (context) => within(scope, () => write((value) => context.resolve(value, { allowIntrinsicKeys: true }))),
  })));
}

/** In a list, because the CDK would otherwise treat the result of the token as a string. */
const resolvedNow = (stack: Stack, value: unknown): unknown =>
  stack.resolve(Lazy.uncachedAny({ produce: (context) => [context.resolve(value, { allowIntrinsicKeys: true })] }))[0];

/** The size of the user data. A value that is known only at deployment counts with the length of its placeholder in the template. */
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
