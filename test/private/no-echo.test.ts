import { CfnParameter, Fn, Lazy, NestedStack, SecretValue, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PodCredentials, policies, ServiceAccountRole, ServiceAccountSubject } from '../../lib';
import { containsNoEcho } from '../../lib/private/no-echo';
import { newCluster, newStack } from '../stacks';

const parameters = (stack: Stack) => ({
  secret: new CfnParameter(stack, 'Secret', { noEcho: true }),
  other: new CfnParameter(stack, 'Other'),
});

test.each<[string, (stack: Stack) => unknown]>([
  ['the value', (stack) => parameters(stack).secret.valueAsString],
  ['a text with the value', (stack) => ({ a: [`x${parameters(stack).secret.valueAsString}`] })],
  ['the value of a parent stack', (stack) => new CfnParameter(stack.nestedStackParent!, 'Secret', { noEcho: true }).valueAsString],
  ['a SecretValue', (stack) => SecretValue.cfnParameter(parameters(stack).secret).unsafeUnwrap()],
  ['the value by its name', (stack) => parameters(stack) && Fn.ref('Secret')],
  ['the value by its name in Fn::Sub', (stack) => parameters(stack) && Fn.sub('a-${Secret}')],
  ['the value by its name in Fn::Sub with variables', (stack) => parameters(stack) && Fn.sub('a-${Secret}-${Name}', { Name: 'b' })],
  ['a token with the name', (stack) => parameters(stack) && `a-${Token.asString({ Ref: 'Secret' })}`],
  ['a function with the name', (stack) => parameters(stack) && Token.asString({ 'Fn::Join': ['', ['a-', { Ref: 'Secret' }]] })],
  ['a function with a text with the name', (stack) => parameters(stack) && Token.asString({ 'Fn::Base64': { 'Fn::Sub': ['a-${Secret}', {}] } })],
  ['a value that is determined later', (stack) => parameters(stack) && Lazy.any({ produce: () => ({ a: Fn.ref('Secret') }) })],
])('%s contains a secret', (_, value) => {
  const stack = new NestedStack(newStack(), 'Nested');
  expect(containsNoEcho(stack, value(stack))).toBe(true);
});

test.each<[string, (stack: Stack) => unknown]>([
  ['another parameter', (stack) => parameters(stack).other.valueAsString],
  ['another parameter by its name', (stack) => parameters(stack) && Fn.ref('Other')],
  ['a parameter of another stack with this name', (stack) => new CfnParameter(new Stack(stack.node.root, 'Another'), 'Secret').valueAsString],
  ['data that has the shape of a reference, and more', (stack) => parameters(stack) && Lazy.any({ produce: () => ({ Ref: 'Secret', other: 1 }) })],
  ['a literal in Fn::Sub', (stack) => parameters(stack) && Fn.sub('${!Secret}')],
  ['a literal', (stack) => parameters(stack) && '${Secret}'],
])('%s contains no secret', (_, value) => {
  const stack = newStack();
  expect(containsNoEcho(stack, value(stack))).toBe(false);
});

test.each<[string, string, (stack: Stack, value: string) => unknown]>([
  ['configurationValues', 'everyone who can describe the add-on can see it. Store the secret elsewhere, for example in AWS Secrets Manager',
    (stack, value) => newCluster(stack).addAddon('CoreDns', { addonName: 'coredns', configurationValues: { a: value } })],
  ['sessionPolicy', 'everyone who can describe the association can see it. Use another value', (stack, value) => {
    const statement = new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'], conditions: { StringEquals: { 'aws:PrincipalTag/a': value } } });
    const sessionPolicy = new iam.PolicyDocument({ statements: [statement] });
    const credentials = PodCredentials.podIdentity({ unsafeWithoutSessionTags: true, sessionPolicy });
    new ServiceAccountRole(stack, 'Role', { cluster: newCluster(stack, { podCredentials: PodCredentials.both() }), subjects: [ServiceAccountSubject.exact('a', 'b')], podCredentials: credentials });
  }],
  ['controllerPolicies', 'everyone who can read the managed policy can see it. Use another value', (stack, value) => {
    const statement = new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'], conditions: { StringEquals: { 'aws:PrincipalTag/a': value } } });
    const controllerPolicies = [new policies.CustomControllerPolicy({ statements: [statement] })];
    new ServiceAccountRole(stack, 'Role', { cluster: newCluster(stack), subjects: [ServiceAccountSubject.exact('a', 'b')], controllerPolicies });
  }],
])('%s with a secret gets a warning', (what, consequence, define) => {
  for (const noEcho of [true, false]) {
    const stack = newStack();
    define(stack, new CfnParameter(stack, 'Value', { noEcho }).valueAsString);
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-irsa:no-echo')).map(({ entry }) => entry.data);
    expect(warnings).toEqual(noEcho ? [`${what} contains the value of a NoEcho parameter: ${consequence} [ack: cdk-irsa:no-echo]`] : []);
  }
});
