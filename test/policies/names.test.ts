import { Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { PLACES } from './place';
import { policiesOf } from './role-policies';
import { policies } from '../../lib';

const POLICIES: { readonly [property: string]: (stack: Stack) => policies.IControllerPolicy } = {
  'FluentBitPolicy: logGroups[1]': (stack) =>
    new policies.FluentBitPolicy({ logGroups: ['/apps/web', '/apps/*'].map((name) => LogGroup.fromLogGroupName(stack, name, name)) }),
  'EcrImageBuilderPolicy: repositories[0]': (stack) => new policies.EcrImageBuilderPolicy({ repositories: [Repository.fromRepositoryName(stack, 'Repository', 'a*')] }),
  'EcrImageBuilderPolicy: baseRepositories[0]': (stack) =>
    new policies.EcrImageBuilderPolicy({ allRepositories: true, baseRepositories: [Repository.fromRepositoryName(stack, 'Repository', 'a*')] }),
  'ExternalSecretsPolicy: secrets[0]': (stack) => new policies.ExternalSecretsPolicy({ secrets: [Secret.fromSecretNameV2(stack, 'Secret', '*')] }),
  'SecretsStoreProviderPolicy: parameters[0]': (stack) =>
    new policies.SecretsStoreProviderPolicy({ parameters: [StringParameter.fromStringParameterName(stack, 'Parameter', '/apps/?')] }),
  'AwsLoadBalancerControllerPolicy: webAclArns[0]': () => new policies.AwsLoadBalancerControllerPolicy({ webAclArns: ['*'] }),
};

test.each(Object.entries(POLICIES))('%s with a wildcard in a name is refused, because it would be access to several resources', (property, policy) => {
  const make = () => policiesOf({ policy }, PLACES[0]);
  expect(make).toThrow(`${property} is "`);
  expect(make).toThrow('", but must be without the wildcards * and ?');
});

test.each<[property: string, policy: () => policies.IControllerPolicy]>([
  ['ClusterAutoscalerPolicy: autoScalingGroups', () => new policies.ClusterAutoscalerPolicy({ autoScalingGroups: [] })],
  ['EbsCsiDriverPolicy: encryptionKeys', () => new policies.EbsCsiDriverPolicy({ encryptionKeys: [] })],
  ['AwsLoadBalancerControllerPolicy: targetGroups', () => new policies.AwsLoadBalancerControllerPolicy({ targetGroups: [] })],
  ['AwsLoadBalancerControllerPolicy: webAclArns', () => new policies.AwsLoadBalancerControllerPolicy({ webAclArns: [] })],
])('%s is refused if it is empty', (property, policy) => {
  expect(policy).toThrow(`${property} must be a list of at least one, or omitted`);
});
