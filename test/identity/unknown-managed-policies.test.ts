import { Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { existing } from './pod-identity-stacks';
import { ServiceAccountRole, ServiceAccountRoleOptions, ServiceAccountSubject } from '../../lib';
import { newCluster, newStack } from '../stacks';

const subjects = [ServiceAccountSubject.exact('reports', 'reader')];
const named = (name: string) => iam.ManagedPolicy.fromAwsManagedPolicyName(name);
const warningsOf = (stack: Stack) =>
  Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('managed-policy-name')).map(({ id, entry: { data } }) => [id, data]);

function warnings(options: ServiceAccountRoleOptions, region?: string): unknown[] {
  const stack = newStack('Apps', region ? { env: { account: '123456789012', region } } : {});
  new ServiceAccountRole(stack, 'Reader', { cluster: existing(stack), subjects, ...options });
  return warningsOf(stack);
}

const message = (property: string, name: string, hint: string) => `${property} is ${name}, which was not among the managed policies of AWS on 2026-08-26${hint} `
  + 'The deployment fails if it does not exist. If AWS has added it since, acknowledge this warning [ack: cdk-irsa:managed-policy-name]';

describe('a managed policy that AWS does not have gets a warning:', () => {
  test.each<[string, string, string]>([
    ['a misspelled name', 'AmazonS3ReadonlyAcces', ': did you mean AmazonS3ReadOnlyAccess?'],
    ['a name without its path', 'AmazonEBSCSIDriverPolicy', ': did you mean service-role/AmazonEBSCSIDriverPolicy?'],
    ['a name with a path that it does not have', 'service-role/AmazonS3ReadOnlyAccess', ': did you mean AmazonS3ReadOnlyAccess?'],
    ['a name of which no other one is near', 'OurOwnReadersOfReports', '.'],
  ])('%s', (_, name, hint) => {
    expect(warnings({ managedPolicies: [named('AmazonSQSFullAccess'), named(name)] })).toEqual([['/Apps/Reader', message('managedPolicies[1]', name, hint)]]);
    expect(warnings({ managedPolicies: [named(name)] }, 'eu-central-1')).toEqual([['/Apps/Reader', message('managedPolicies[0]', name, hint)]]);
  });

  test('a permissions boundary', () => {
    expect(warnings({ permissionsBoundary: named('ReadOnlyAcess') })).toEqual([['/Apps/Reader', message('permissionsBoundary', 'ReadOnlyAcess', ': did you mean ReadOnlyAccess?')]]);
  });

  test('an ARN', () => {
    const stack = newStack('Apps');
    const policy = iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Policy', 'arn:aws:iam::aws:policy/AmazonSQSFulAccess');
    new ServiceAccountRole(stack, 'Reader', { cluster: existing(stack), subjects, managedPolicies: [policy] });
    expect(warningsOf(stack)).toEqual([['/Apps/Reader', message('managedPolicies[0]', 'AmazonSQSFulAccess', ': did you mean AmazonSQSFullAccess?')]]);
  });

  test('a policy of nodes', () => {
    const stack = newStack('Apps');
    newCluster(stack, { nodegroups: [{ managedPolicies: [named('CloudWatchAgentServerPolice')] }] });
    expect(warningsOf(stack)).toEqual([['/Apps/Cluster/Nodegroup', message('managedPolicies[0]', 'CloudWatchAgentServerPolice', ': did you mean CloudWatchAgentServerPolicy?')]]);
  });
});

describe('no warning for', () => {
  test.each(['AmazonS3ReadOnlyAccess', 'service-role/AmazonEBSCSIDriverPolicy', 'job-function/ViewOnlyAccess'])('%s', (name) => {
    expect(warnings({ managedPolicies: [named(name)] })).toEqual([]);
  });

  test.each(['cn-north-1', 'us-gov-west-1'])('a policy in %s, because those of its partition are not known', (region) => {
    expect(warnings({ managedPolicies: [named('NoSuchPolicy')] }, region)).toEqual([]);
  });

  test('policies of the app and of the AWS account, and one that is known only at synthesis', () => {
    const stack = newStack('Apps');
    const managedPolicies = [
      new iam.ManagedPolicy(stack, 'Own', { statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })] }),
      iam.ManagedPolicy.fromManagedPolicyName(stack, 'Theirs', 'Theirs'),
      { managedPolicyArn: Lazy.string({ produce: () => 'arn:aws:iam::123456789012:policy/Late' }) } as iam.IManagedPolicy,
    ];
    new ServiceAccountRole(stack, 'Reader', { cluster: existing(stack), subjects, managedPolicies });
    expect(warningsOf(stack)).toEqual([]);
  });
});
